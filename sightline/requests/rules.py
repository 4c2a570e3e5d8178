"""When an address may be written to, and whom silence climbs to. Source: the numbers of `definitions/rounds.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from sightline import definitions
from sightline.requests.choices import Answering, Mailed


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


def answering(*, has_answered: bool, is_ended: bool, was_mailed: bool) -> Answering:
    """How far somebody has come; an answer stands, whatever became of the link."""
    if has_answered:
        return Answering.ANSWERED
    if is_ended:
        return Answering.ENDED
    return Answering.SILENT if was_mailed else Answering.WAITING
