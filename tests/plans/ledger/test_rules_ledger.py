"""When progress is owed, and how the embedding ladder is climbed."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.plans.choices import Acceptance, Step
from sightline.plans.rules import ledger
from sightline.plans.rules.ledger import Climb, Due, LedgerNumbers, Owed

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


def due(on: date, party: str = "agency:police", raw: str = "Police", number: int = 1) -> Due:
    return Due(number, party, raw, on)


class TestWhatIsOwed:
    ON = date(2026, 2, 28)

    def test_overdue_and_soon_due_are_told_apart_and_later_is_not_told(self) -> None:
        days = (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1), date(2026, 9, 1))
        rows = [due(on, number=number) for number, on in enumerate(days)]
        owed = ledger.owing(rows, self.ON, by_party=True)["agency:police"]
        assert owed.first_on == date(2026, 1, 1)
        assert owed.sentence == (
            "Progress on 2 recommendations is overdue: the first was due on 1 January 2026. "
            "Progress on 1 more is due by 1 March 2026."
        )
        assert ledger.owing(rows[3:], self.ON, by_party=True) == {}

    def test_one_is_said_as_one(self) -> None:
        late = ledger.owing([due(date(2026, 1, 1))], self.ON, by_party=True)["agency:police"]
        soon = ledger.owing([due(date(2026, 3, 1))], self.ON, by_party=True)["agency:police"]
        assert late.sentence == "Progress on 1 recommendation is overdue: it was due on 1 January 2026."
        assert soon.sentence == "Progress on 1 recommendation is due by 1 March 2026."

    def test_what_agencies_may_not_be_asked_is_owed_together(self) -> None:
        rows = [
            due(self.ON),
            due(self.ON, "group:board", "Board"),
            due(self.ON, "", "Parishes"),
            due(self.ON, "", ""),
        ]
        assert set(ledger.owing(rows, self.ON, by_party=True)) == {"agency:police", "group:board", ""}
        assert ledger.owing(rows, self.ON, by_party=False)[""].names == "Police, Board and Parishes"

    def test_a_sentence_names_three_at_most(self) -> None:
        rows = [due(self.ON, "", name) for name in "ABCDEA"]
        assert ledger.owing(rows, self.ON, by_party=True)[""].names == "A, B, C and 2 more"

    def test_who_wants_a_name_is_counted_once(self) -> None:
        rows = [
            due(self.ON, "", "", 1),
            due(self.ON, "", "", 1),
            due(self.ON, "", "", 2),
            due(self.ON, number=3),
        ]
        assert ledger.wanting_names(rows) == {1, 2}


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
