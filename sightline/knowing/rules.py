"""When a child-level or restricted record opens to somebody (design.md 5; domain.md 12.1). Plain values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sightline import definitions
from sightline.events.choices import Tier


@dataclass(frozen=True)
class Numbers:
    """The numbers that a partnership may decide otherwise (sightline/definitions/knowing.yaml)."""

    list_days: int
    list_most_days: int
    list_told_days: int
    glass_open: timedelta
    glass_proof: timedelta
    glass_wrong: int
    glass_window: timedelta
    glass_wait: timedelta
    glass_review_days: int


@cache
def numbers() -> Numbers:
    """The numbers as they are set."""
    said = definitions.load("knowing")
    lists, glass = said["case_lists"], said["break_glass"]
    return Numbers(
        list_days=lists["usual_days"],
        list_most_days=lists["most_days"],
        list_told_days=lists["told_days"],
        glass_open=timedelta(minutes=glass["open_minutes"]),
        glass_proof=timedelta(minutes=glass["proof_minutes"]),
        glass_wrong=glass["wrong_before_waiting"],
        glass_window=timedelta(minutes=glass["window_minutes"]),
        glass_wait=timedelta(minutes=glass["wait_minutes"]),
        glass_review_days=glass["review_days"],
    )


@dataclass(frozen=True)
class Ways:
    """How somebody stands to a record: named on its list today, with the glass broken, with a conflict of interest."""

    listed: bool = False
    glass: bool = False
    conflict: bool = False


def opens(reads: Tier, tier: Tier, ways: Ways) -> bool:
    """Whether a record opens: the role reads its tier, and the person is named or broke the glass; no conflict."""
    return reads >= tier and (ways.listed or ways.glass) and not ways.conflict


def stands(starts_on: date, ends_on: date, ended: bool, on: date) -> bool:
    """Whether a line of a case list holds on the day: both its days count, unless it was ended before."""
    return not ended and starts_on <= on <= ends_on


# What references are kept as: what `normal_reference` leaves as it stands, whatever database compares it.
NORMAL_REFERENCE = r"^[A-Z0-9./_-]+( [A-Z0-9./_-]+)*\Z"


def normal_reference(text: str) -> str:
    """The one form in which references are kept and compared, whatever blanks and case they are typed with."""
    return " ".join(text.split()).upper()


def wait_left(wrong: Sequence[datetime], now: datetime, set_to: Numbers) -> timedelta:
    """How long somebody must wait before another reference is looked at; zero where they need not."""
    recent = [moment for moment in wrong if now - moment < set_to.glass_window]
    if len(recent) < set_to.glass_wrong:
        return timedelta(0)
    return max(max(recent) + set_to.glass_wait - now, timedelta(0))
