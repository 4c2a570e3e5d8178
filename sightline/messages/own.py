"""What the outbox and the work items hold about a person."""

from __future__ import annotations

from typing import Any

from sightline.events.held import Held
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.rules import FORGOTTEN
from sightline.messages.selectors import work_items


def _mails(user: Any) -> Any:
    return OutgoingMail.objects.filter(to__iexact=user.email).order_by("-pk")


def _mail(mail: OutgoingMail) -> list[Any]:
    return [
        mail.created_at,
        mail.subject,
        FORGOTTEN if mail.is_secret else mail.text,
        mail.state_label,
        mail.sent_at,
    ]


def _items(user: Any) -> Any:
    return work_items([f"user:{user.pk}"])


def _item(item: WorkItem) -> list[Any]:
    return [item.title, item.sentence, item.due_on, item.created_at]


own = [
    Held(
        "waiting",
        "What waits for you",
        "So that your first page can say what needs you.",
        ("What", "Why", "Due", "Since"),
        _items,
        _item,
        60,
    ),
    Held(
        "mails",
        "E-mails to you",
        "Sightline keeps each e-mail it sends, so that none is lost.",
        ("Written", "Subject", "Text", "State", "Sent"),
        _mails,
        _mail,
        61,
    ),
]
