"""What the journal records about mail."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class MailEntry(StrEnum):
    """Entry types of the outbox."""

    MAIL_QUEUED = "mail_queued"
    MAIL_SENT = "mail_sent"
    MAIL_GIVEN_UP = "mail_given_up"
    MAIL_RETRIED = "mail_retried"


declare(
    "outbox",
    MailEntry,
    {
        MailEntry.MAIL_QUEUED: "Mail put in the outbox",
        MailEntry.MAIL_SENT: "Mail sent",
        MailEntry.MAIL_GIVEN_UP: "Mail not sent after many tries",
        MailEntry.MAIL_RETRIED: "Mail to be tried again",
    },
    # Whom a mail went to, and its subject line, can name people.
    personal={member: ("subject", "to", "title") for member in MailEntry},
)
