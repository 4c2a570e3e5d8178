"""What is true and due of a recommendation's ledger: when progress is owed, and how the embedding ladder is climbed.

Sources: `design.md` 1 (done is not embedded), `domain.md` 5.6 (the ladder), `definitions/ledger.yaml` (the months).
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sightline import definitions
from sightline.plans.choices import IMPACT_STEPS, Acceptance, Step
from sightline.screens.words import count, day, joined

# How many addressees a sentence names.
MOST_NAMES = 3


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


@dataclass(frozen=True, slots=True)
class Due:
    """Progress owed on a recommendation: by a party ("agency:police"), or by printed words that match none.

    Both are empty where nobody is named.
    """

    recommendation: int
    party: str
    raw: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Owing:
    """What somebody owes: the days on which overdue progress was due, and those on which more is soon due."""

    late: tuple[date, ...]
    soon: tuple[date, ...]
    names: str

    @property
    def first_on(self) -> date:
        """The first of all those days."""
        return min(*self.late, *self.soon, date.max)

    @property
    def sentence(self) -> str:
        """ "Progress on 3 recommendations is overdue: the first was due on 1 May 2026. Progress on 1 more is due …"."""
        said = []
        if self.late:
            first = "it was" if len(self.late) == 1 else "the first was"
            on = f"{first} due on {day(min(self.late))}"
            said.append(f"Progress on {count(len(self.late), 'recommendation')} is overdue: {on}.")
        if self.soon:
            more = f"{len(self.soon)} more" if self.late else count(len(self.soon), "recommendation")
            said.append(f"Progress on {more} is due by {day(max(self.soon))}.")
        return " ".join(said)


def owing(due: Iterable[Due], on: date, *, by_party: bool) -> dict[str, Owing]:
    """What is owed now by each party; under "" what only the unit can ask for, which is all where not `by_party`.

    What names nobody is owed by nobody yet: see `wanting_names`.
    """
    found: defaultdict[str, list[Due]] = defaultdict(list)
    for each in due:
        if each.raw or each.party:
            found[each.party if by_party else ""].append(each)
    owed = {party: _owing(rows, on) for party, rows in found.items()}
    return {party: each for party, each in owed.items() if each.late or each.soon}


def _owing(due: Sequence[Due], on: date) -> Owing:
    names = list(dict.fromkeys(each.raw for each in due))
    more = [f"{len(names) - MOST_NAMES} more"] if len(names) > MOST_NAMES else []
    # One recommendation may be owed an answer by several whom only the unit can ask: it counts once, by its first day.
    first: dict[int, date] = {}
    for each in due:
        first[each.recommendation] = min(each.due_on, first.get(each.recommendation, each.due_on))
    return Owing(
        tuple(due_on for due_on in first.values() if is_progress_overdue(due_on, on)),
        tuple(due_on for due_on in first.values() if is_progress_due_soon(due_on, on)),
        joined([*names[:MOST_NAMES], *more]),
    )


def wanting_names(due: Iterable[Due]) -> set[int]:
    """The recommendations of which progress will be owed, and that name nobody to ask for it."""
    return {each.recommendation for each in due if not (each.raw or each.party)}


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


def evidence_refused(shown: Iterable[str], quarter: str) -> dict[str, str]:
    """Evidence owes its kind, and a kind of evidence its words."""
    if any(text.strip() for text in shown):
        return {} if quarter else {"quarter": "Say what kind of evidence it is."}
    return {"public": "Write what shows it, or choose no kind of evidence."} if quarter else {}


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of a text box: lines of their own, blanks inside a line made single, empty lines left out."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
