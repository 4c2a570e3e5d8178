"""Words of the outbox and of notifications."""

from __future__ import annotations

from enum import StrEnum


class MailState(StrEnum):
    """Where a mail stands. None is ever dropped: a mail given up on can be tried again by hand."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    RETURNED = "returned"


MAIL_LABELS: dict[MailState, str] = {
    MailState.WAITING: "Waiting",
    MailState.SENT: "Sent",
    MailState.FAILED: "Not sent",
    MailState.RETURNED: "Came back",
}


class Sort(StrEnum):
    """Why somebody is told: something is asked of them, or something happened that they may want to know."""

    DUTY = "duty"
    NEWS = "news"


SORT_LABELS: dict[Sort, str] = {Sort.DUTY: "Needs you", Sort.NEWS: "News"}


class HowOften(StrEnum):
    """How often a person is written to about one sort of notification."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


DUTY_LABELS: dict[HowOften, str] = {
    HowOften.DAILY: "Once a day, gathered in one e-mail",
    HowOften.WEEKLY: "Once a week, gathered in one e-mail",
    HowOften.AT_ONCE: "Soon after it comes, outside quiet hours",
}
NEWS_LABELS: dict[HowOften, str] = {
    HowOften.DAILY: "Once a day, in the same e-mail",
    HowOften.WEEKLY: "Once a week",
    HowOften.NEVER: "Not by e-mail: I look here",
}
