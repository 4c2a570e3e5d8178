"""Words of the outbox."""

from __future__ import annotations

from enum import StrEnum


class MailState(StrEnum):
    """Where a mail stands. None is ever dropped: a mail given up on can be tried again by hand."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


MAIL_LABELS: dict[MailState, str] = {
    MailState.WAITING: "Waiting",
    MailState.SENT: "Sent",
    MailState.FAILED: "Not sent",
}
