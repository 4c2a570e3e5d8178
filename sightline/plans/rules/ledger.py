"""What is true and due of a recommendation's ledger: when progress is owed, and how the embedding ladder is climbed.

Sources: `design.md` 1 (done is not embedded), `domain.md` 5.6 (the ladder), `definitions/ledger.yaml` (the months).
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sightline import definitions
from sightline.plans.choices import IMPACT_STEPS, Acceptance, Step


@dataclass(frozen=True, slots=True)
class LedgerNumbers:
    """Months after publication at which progress is owed, and how many days before it is asked for."""

    progress_months: tuple[int, ...]
    due_soon_days: int


def numbers_from(definition: dict[str, Any]) -> LedgerNumbers:
    """The numbers of a definition, months in order."""
    return LedgerNumbers(tuple(sorted(definition["progress_months"])), definition["due_soon_days"])


@cache
def standard() -> LedgerNumbers:
    """The numbers that ship with Sightline."""
    return numbers_from(definitions.load("ledger"))


@dataclass(frozen=True, slots=True)
class Owed:
    """Progress that is owed: at how many months after publication, and by which day."""

    months: int
    due_on: date


def progress_due_on(published_on: date, months: int) -> date:
    """The day so many calendar months after publication; the month's last day where it has no such day."""
    year, month = divmod(published_on.month - 1 + months, 12)
    year, month = published_on.year + year, month + 1
    return date(year, month, min(published_on.day, calendar.monthrange(year, month)[1]))


def progress_owed(
    published_on: date | None, told: Collection[int], acceptance: str, numbers: LedgerNumbers | None = None
) -> Owed | None:
    """The next progress owed: the first milestone after the last one told of. A milestone that passed untold stays
    untold once a later one is; nothing is owed of what is not published, or not accepted.
    """
    if published_on is None or acceptance == Acceptance.NO:
        return None
    last = max(told, default=0)
    waiting = [months for months in (numbers or standard()).progress_months if months > last]
    return Owed(waiting[0], progress_due_on(published_on, waiting[0])) if waiting else None


def is_progress_overdue(due_on: date | None, on: date) -> bool:
    """Progress is overdue from the day after it was due."""
    return due_on is not None and due_on < on


def is_progress_due_soon(due_on: date | None, on: date, numbers: LedgerNumbers | None = None) -> bool:
    """Whether progress is due within the days in which it is asked for, today included."""
    soon = timedelta(days=(numbers or standard()).due_soon_days)
    return due_on is not None and on <= due_on <= on + soon


def is_impact(step: int) -> bool:
    """Telling and training are not impact: only practice that is seen, and an outcome that is shown, are."""
    return step in IMPACT_STEPS


@dataclass(frozen=True, slots=True)
class Climb:
    """Where a recommendation stands on the ladder, how high it has ever stood, and whether it has fallen back."""

    step: Step = Step.NONE
    highest: Step = Step.NONE

    @property
    def has_fallen(self) -> bool:
        """Whether it stood higher before."""
        return self.step < self.highest


def climb(steps: Sequence[int]) -> Climb:
    """From the steps recorded, in the order of their days: the last one stands; none before it is forgotten."""
    return Climb(Step(steps[-1]), Step(max(steps))) if steps else Climb()


def step_refused(now: int, to: int, shown: Iterable[str], quarter: str) -> dict[str, str]:
    """Why a step cannot be recorded, a sentence per field: each needs words, and impact a kind of evidence."""
    if now == to:
        return {"step": "It stands on that step already. Choose another, or add evidence."}
    if not any(text.strip() for text in shown):
        why = "Say what was found, for it falls back." if to < now else "Say what shows it."
        return {"public": why}
    if is_impact(to) and not quarter:
        return {"quarter": "Say what kind of evidence shows it: this step counts as impact."}
    return {}


def acceptance_refused(value: str, why: Iterable[str]) -> dict[str, str]:
    """A recommendation accepted in part or not at all owes a reason."""
    if value == Acceptance.YES or any(text.strip() for text in why):
        return {}
    return {"public": "Say why it is not accepted whole."}


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text box: lines of their own, blanks inside a line made single, empty lines left out."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
