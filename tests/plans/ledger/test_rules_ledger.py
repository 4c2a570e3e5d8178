"""When progress is owed, and how the embedding ladder is climbed."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.plans.choices import Acceptance, Step
from sightline.plans.rules import ledger
from sightline.plans.rules.ledger import Climb, LedgerNumbers, Owed

NUMBERS = LedgerNumbers((6, 12, 24), 28)
PUBLISHED = date(2025, 8, 31)


def test_the_months_that_ship_are_six_twelve_and_twenty_four() -> None:
    assert ledger.standard() == NUMBERS
    assert ledger.numbers_from({"progress_months": [12, 6], "due_soon_days": 1}).progress_months == (6, 12)


@pytest.mark.parametrize(
    ("months", "due"),
    [(6, date(2026, 2, 28)), (12, date(2026, 8, 31)), (24, date(2027, 8, 31)), (4, date(2025, 12, 31))],
)
def test_progress_due_on(months: int, due: date) -> None:
    assert ledger.progress_due_on(PUBLISHED, months) == due


@pytest.mark.parametrize(
    ("told", "acceptance", "owed"),
    [
        (set(), "", Owed(6, date(2026, 2, 28))),
        ({6}, Acceptance.YES, Owed(12, date(2026, 8, 31))),
        ({12}, Acceptance.PARTLY, Owed(24, date(2027, 8, 31))),
        ({24}, Acceptance.YES, None),
        (set(), Acceptance.NO, None),
    ],
)
def test_progress_owed(told: set[int], acceptance: str, owed: Owed | None) -> None:
    assert ledger.progress_owed(PUBLISHED, told, acceptance, NUMBERS) == owed


def test_nothing_is_owed_of_what_is_not_published() -> None:
    assert ledger.progress_owed(None, set(), "", NUMBERS) is None


def test_is_progress_overdue() -> None:
    due = date(2026, 2, 28)
    assert [ledger.is_progress_overdue(due, d) for d in (due, date(2026, 3, 1))] == [False, True]
    assert ledger.is_progress_overdue(None, due) is False


def test_is_progress_due_soon() -> None:
    due = date(2026, 2, 28)
    days = (date(2026, 1, 30), date(2026, 1, 31), due, date(2026, 3, 1))
    assert [ledger.is_progress_due_soon(due, day, NUMBERS) for day in days] == [False, True, True, False]
    assert ledger.is_progress_due_soon(None, due) is False


def test_only_what_is_seen_and_shown_is_impact() -> None:
    assert [step for step in Step if ledger.is_impact(step)] == [Step.SEEN, Step.SHOWN]


def test_climb() -> None:
    assert ledger.climb([]) == Climb(Step.NONE, Step.NONE)
    fallen = ledger.climb([1, 3, 2])
    assert (fallen, fallen.has_fallen) == (Climb(Step.CHANGED, Step.SEEN), True)
    assert ledger.climb([1, 4]).has_fallen is False


@pytest.mark.parametrize(
    ("now", "to", "words", "quarter", "field"),
    [
        (0, 1, ["Briefed"], "", ""),
        (1, 1, ["Briefed"], "", "step"),
        (0, 1, [" "], "", "public"),
        (3, 2, [], "", "public"),
        (2, 3, ["Audit"], "", "quarter"),
        (2, 3, ["Audit"], "audit", ""),
        (3, 2, ["Re-audit"], "", ""),
    ],
)
def test_step_refused(now: int, to: int, words: list[str], quarter: str, field: str) -> None:
    assert list(ledger.step_refused(now, to, words, quarter)) == ([field] if field else [])


def test_a_fall_asks_what_was_found() -> None:
    assert ledger.step_refused(3, 2, [], "") == {"public": "Say what was found, for it falls back."}


@pytest.mark.parametrize(
    ("value", "why", "refused"),
    [("yes", [], False), ("partly", [""], True), ("no", ["Not ours to do"], False), ("no", [], True)],
)
def test_acceptance_refused(value: str, why: list[str], refused: bool) -> None:
    assert bool(ledger.acceptance_refused(value, why)) is refused


def test_paragraphs_of() -> None:
    assert ledger.paragraphs_of(" One  two \r\n\n\tThree\n ") == ["One two", "Three"]
