"""When an address may be written to, whom silence climbs to, and when what is owed is due.

Source: the numbers of `definitions/rounds.yaml` and `definitions/owed.yaml`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sightline import definitions
from sightline.requests.choices import Answering, Mailed, OwedState


@dataclass(frozen=True, slots=True)
class RoundNumbers:
    """What rounds count with, in calendar days; each is explained in the definition file."""

    days_between_mails: int
    agency_lead_after_days: int
    chair_after_days: int
    most_days_open: int


@cache
def numbers() -> RoundNumbers:
    """The numbers that ship with Sightline."""
    return RoundNumbers(**definitions.load("rounds")["numbers"])


def may_mail(last: date | None, on: date, counted: RoundNumbers) -> bool:
    """Whether an address that had its last e-mail on that day may have another: never more than one in a week."""
    return last is None or (on - last).days >= counted.days_between_mails


def climbs_to(asked_on: date, on: date, counted: RoundNumbers) -> frozenset[Mailed]:
    """Who besides the silent person is told of the silence, so many days after the first e-mail."""
    waited = (on - asked_on).days
    rungs = {Mailed.LEAD: counted.agency_lead_after_days, Mailed.CHAIR: counted.chair_after_days}
    return frozenset(rung for rung, days in rungs.items() if waited >= days)


def answering(*, has_answered: bool, is_ended: bool, was_mailed: bool, comes_back: bool) -> Answering:
    """How far somebody has come; an answer stands, whatever became of the link.

    Nobody is silent whose e-mails come back: they were not reached.
    """
    if has_answered:
        return Answering.ANSWERED
    if is_ended:
        return Answering.ENDED
    if comes_back:
        return Answering.RETURNED
    return Answering.SILENT if was_mailed else Answering.WAITING


@dataclass(frozen=True, slots=True)
class OwedKind:
    """A kind of thing that is owed: how often by default, and whether a return answers it."""

    key: str
    label: str
    months: int
    is_return: bool


@dataclass(frozen=True, slots=True)
class Term:
    """One time of a cycle: when it is due, and the first and last day that it tells of."""

    due_on: date
    period_from: date
    period_until: date


@cache
def owed_kinds() -> dict[str, OwedKind]:
    """The kinds that ship with Sightline, by key."""
    return {row["key"]: OwedKind(**row) for row in definitions.load("owed")["kinds"]}


@cache
def owed_numbers() -> dict[str, int]:
    """`ask_days_before` and `remind_days` in calendar days, `ahead_months` in months."""
    found: dict[str, int] = definitions.load("owed")["numbers"]
    return found


def owed_state(due_on: date, on: date, *, came_on: date | None, off: bool) -> OwedState:
    """Where something owed stands: a gap from the day after it was due, and late if it comes from then on."""
    if came_on:
        return OwedState.CAME_LATE if came_on > due_on else OwedState.CAME
    if off:
        return OwedState.CALLED_OFF
    return OwedState.GAP if on > due_on else OwedState.WAITING


def months_on(start: date, months: int) -> date:
    """The same day so many months later; the last day of a month leads to the last day of a month."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    is_last = start.day == monthrange(start.year, start.month)[1]
    return date(year, month + 1, last if is_last else min(start.day, last))


def terms(first_due: date, first_until: date, months: int, until: date) -> Iterator[Term]:
    """Every time of a cycle that is due by the day: each tells of the months since the one before."""
    number = 0
    while (due := months_on(first_due, months * number)) <= until:
        last = months_on(first_until, months * number)
        yield Term(due, months_on(first_until, months * (number - 1)) + timedelta(days=1), last)
        number += 1
