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
    MAIL_RETURNED = "mail_returned"
    ADDRESS_FAILING = "address_failing"
    ADDRESS_TRIED = "address_tried"
    PREFERENCES_CHOSEN = "preferences_chosen"
    NEWS_STOPPED = "news_stopped"


declare(
    "outbox",
    MailEntry,
    {
        MailEntry.MAIL_QUEUED: "Mail put in the outbox",
        MailEntry.MAIL_SENT: "Mail sent",
        MailEntry.MAIL_GIVEN_UP: "Mail not sent after many tries",
        MailEntry.MAIL_RETRIED: "Mail to be tried again",
        MailEntry.MAIL_RETURNED: "Mail came back",
        MailEntry.ADDRESS_FAILING: "E-mail address does not work",
        MailEntry.ADDRESS_TRIED: "E-mail address to be tried again",
        MailEntry.PREFERENCES_CHOSEN: "How often somebody is written to was chosen",
        MailEntry.NEWS_STOPPED: "News by e-mail stopped by the link in an e-mail",
    },
    # Whom a mail went to, and its subject line, can name people.
    personal={member: ("subject", "to", "title") for member in MailEntry},
)
