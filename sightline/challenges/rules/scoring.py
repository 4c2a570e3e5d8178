"""How risks are scored: likelihood times impact, in bands; how a score moved; when a risk is looked at again."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sightline import definitions
from sightline.challenges.choices import RiskDeed, RiskState, Trend


@dataclass(frozen=True, slots=True)
class Score:
    """A likelihood and an impact, each from 1 up to where its scale ends."""

    likelihood: int
    impact: int

    @property
    def number(self) -> int:
        """The score: likelihood times impact."""
        return self.likelihood * self.impact


@dataclass(frozen=True, slots=True)
class Band:
    """A band of scores: from one up to where the next band begins; `most` is None for the last."""

    key: str
    label: str
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale of a definition: labels with their meanings, bands, and how often risks are reviewed."""

    likelihood: tuple[tuple[str, str], ...]
    impact: tuple[tuple[str, str], ...]
    bands: tuple[Band, ...]
    review_months: tuple[int, ...]
    review_soon_days: int

    def holds(self, score: Score) -> bool:
        """Whether the scale has this score."""
        return 1 <= score.likelihood <= len(self.likelihood) and 1 <= score.impact <= len(self.impact)

    def band_of(self, number: int) -> Band:
        """The band of a score; the lowest for what lies under it."""
        return next((band for band in reversed(self.bands) if band.least <= number), self.bands[0])


def scale_from(definition: Any) -> Scale:
    """The scale of a definition that keeps to its schema."""
    told = definition["risk"]
    begun = sorted(told["bands"], key=lambda band: int(band["from"]))
    ends = [band["from"] - 1 for band in begun[1:]] + [None]
    bands = [Band(b["key"], b["label"], b["from"], end) for b, end in zip(begun, ends, strict=True)]
    likelihood, impact = (
        tuple((step["label"], step["meaning"]) for step in told[name]) for name in ("likelihood", "impact")
    )
    months = tuple(sorted(told["review_months"]))
    return Scale(likelihood, impact, tuple(bands), months, told["review_soon_days"])


@cache
def scale() -> Scale:
    """The scale that ships with Sightline."""
    return scale_from(definitions.load("logs"))


def trend(before: int | None, now: int) -> Trend:
    """How a score moved from the one before it; the lower the better."""
    if before is None:
        return Trend.FIRST
    return Trend.SAME if before == now else Trend.WORSE if now > before else Trend.BETTER


def next_review(on: date, months: int) -> date:
    """The day so many calendar months later; the month's last day where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def is_review_late(state: RiskState, review_on: date | None, on: date) -> bool:
    """Whether an open risk was to be reviewed on a day that is past."""
    return state == RiskState.OPEN and review_on is not None and review_on < on


def asks_for_review(state: RiskState, review_on: date | None, on: date, soon_days: int) -> bool:
    """Whether the review is due, or due so soon that its owner should know."""
    return state == RiskState.OPEN and review_on is not None and review_on <= on + timedelta(days=soon_days)


def risk_deeds(state: RiskState) -> tuple[RiskDeed, ...]:
    """What can be done about a risk that stands so, in the order screens offer it."""
    if state == RiskState.CLOSED:
        return (RiskDeed.REOPEN,)
    return tuple(deed for deed in RiskDeed if deed not in (RiskDeed.RAISE, RiskDeed.REOPEN))


def oddities(inherent: int, residual: int, target: int) -> tuple[str, ...]:
    """What does not fit together in a risk's scores, in sentences; nothing is put right in silence."""
    found = {
        "The residual score is above the inherent one: controls cannot make a risk worse.": residual
        > inherent,
        "The target lies above the inherent score.": target > inherent,
    }
    return tuple(sentence for sentence, holds in found.items() if holds)
