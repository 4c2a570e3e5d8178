"""Things told, and what mail servers send back, for tests."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sightline.events.choices import Subject, Tier
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.services import put_work_item

PLACE = ZoneInfo("Europe/London")
# Friday 27 November 2026, half past nine.
MORNING = dt.datetime(2026, 11, 27, 9, 30, tzinfo=PLACE)


def asked_of(scope: str, title: str = "1.1 Meet fathers", number: int = 1, **given: object) -> WorkItem:
    """Something asked of somebody since long ago."""
    said = {"kind": "overdue", "tier": Tier.T1, "url": f"/actions/SL-{number}/"} | given
    item = put_work_item(
        scope,
        str(said["kind"]),
        Subject("plans", "action", str(number), title),
        title,
        "It is late.",
        str(said["url"]),
        tier=Tier(str(said["tier"])),
    )
    WorkItem.objects.filter(pk=item.pk).update(created_at=MORNING - dt.timedelta(days=1))
    return item


def report_on(
    mail: OutgoingMail,
    status: str = "5.1.1",
    action: str = "failed",
    said: str = "smtp; 550 5.1.1 <hana@wealdshire.example>: Recipient address rejected: User unknown",
) -> bytes:
    """A delivery report as mail servers send them (RFC 3464), with the head of the mail that came back."""
    return f"""Return-Path: <>
Received: by mx.wealdshire.example (Postfix); Fri, 27 Nov 2026 09:31:07 +0000 (GMT)
Date: Fri, 27 Nov 2026 09:31:07 +0000 (GMT)
From: MAILER-DAEMON@mx.wealdshire.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: sightline@wealdshire.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4F1c2.1764235867/mx.wealdshire.example"
Message-Id: <20261127093107.4F1c2@mx.wealdshire.example>

This is a MIME-encapsulated message.

--4F1c2.1764235867/mx.wealdshire.example
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.wealdshire.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

--4F1c2.1764235867/mx.wealdshire.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.wealdshire.example
X-Postfix-Queue-ID: 4F1c2
X-Postfix-Sender: rfc822; sightline@wealdshire.example
Arrival-Date: Fri, 27 Nov 2026 09:31:05 +0000 (GMT)

Final-Recipient: rfc822; {mail.to}
Original-Recipient: rfc822;{mail.to}
Action: {action}
Status: {status}
Remote-MTA: dns; inbound.wealdshire.example
Diagnostic-Code: {said}

--4F1c2.1764235867/mx.wealdshire.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: sightline@wealdshire.example
To: {mail.to}
Subject: {mail.subject}
Message-ID: {mail.message_id}

--4F1c2.1764235867/mx.wealdshire.example--
""".encode()
