"""When somebody is written to, and in which words. Plain values only: the moment is given, in the time of the place.

Source: the numbers and kinds of `definitions/notices.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sightline import definitions, identifying
from sightline.messages.choices import HowOften, Sort

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class NoticeNumbers:
    """What notifications count with; each is explained in the definition file. Times are those of the place."""

    digest_at: time
    weekly_on: str
    quiet_from: time
    quiet_until: time
    quiet_days: frozenset[str]
    most_apart: int
    most_in_mail: int
    mail_within_days: int
    news_within_days: int
    soft_failures: int
    soft_within_days: int


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notification: its sort, and what it says where its title may not stand, of one and of several."""

    key: str
    sort: Sort
    one: str
    many: str


@cache
def numbers() -> NoticeNumbers:
    """The numbers that ship with Sightline."""
    given: dict[str, Any] = dict(definitions.load("notices")["numbers"])
    clock: dict[str, Any] = {
        name: time.fromisoformat(given.pop(name)) for name in ("digest_at", "quiet_from", "quiet_until")
    }
    return NoticeNumbers(quiet_days=frozenset(given.pop("quiet_days")), **clock, **given)


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its key."""
    given = definitions.load("notices")["kinds"]
    return {row["key"]: Kind(row["key"], Sort(row["sort"]), row["one"], row["many"]) for row in given}


def kind_named(key: str) -> Kind:
    """The kind of this key. One that the definitions do not know is a duty, in general words: never left unsaid."""
    return kinds().get(key) or Kind(key, Sort.DUTY, "Something needs you", "things need you")


def is_news(on: date, today: date) -> bool:
    """Whether what happened on a day is still told as news today: records are also entered long afterwards."""
    return (today - on).days <= numbers().news_within_days


def is_quiet(now: datetime, counted: NoticeNumbers) -> bool:
    """Whether nobody is written to at this moment: a quiet day, or between two times that may lie around midnight."""
    if DAYS[now.weekday()] in counted.quiet_days:
        return True
    begins, ends, at = counted.quiet_from, counted.quiet_until, now.time()
    return begins <= at < ends if begins <= ends else at >= begins or at < ends


def gathered_until(how: HowOften, now: datetime, counted: NoticeNumbers) -> datetime:
    """What was told before this moment goes out now: the last moment of gathering, a day's or a week's."""
    if how == HowOften.AT_ONCE:
        return now
    last = now.replace(
        hour=counted.digest_at.hour, minute=counted.digest_at.minute, second=0, microsecond=0, fold=0
    )
    if last > now:
        last -= timedelta(days=1)
    if how == HowOften.WEEKLY:
        last -= timedelta(days=(last.weekday() - DAYS.index(counted.weekly_on)) % 7)
    return last


def is_due(how: HowOften, oldest: datetime | None, now: datetime, counted: NoticeNumbers) -> bool:
    """Whether an e-mail goes out, where the oldest that nobody was written to about was told at that moment."""
    if oldest is None or how == HowOften.NEVER or is_quiet(now, counted):
        return False
    return oldest <= gathered_until(how, now, counted)


def may_be_named(tier: str, title: str, year: int) -> bool:
    """Whether a title may stand in an e-mail and in a list: of what every member reads, and nothing in it tells who a
    child is. Source: domain.md 12.2 (what may go by e-mail); design.md 4.7.
    """
    return tier in {"T0", "T1"} and not identifying.found(title, year)


def said(kind: Kind, title: str, number: int) -> str:
    """A notification in words: what is asked or happened, and of what, where that may be named; or of how many."""
    if number > 1:
        return f"{number:,} {kind.many}"
    return f"{kind.one}: {title}" if title else kind.one
