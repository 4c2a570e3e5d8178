"""The table of states of a challenge, and what is true of waiting."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sightline.challenges.choices import OPEN_STATES, ChallengeState, Chaser, Deed, Side
from sightline.challenges.rules import diagram
from sightline.challenges.rules.states import MOVES, move, moves_from, sides_for
from sightline.challenges.rules.waiting import ages, days_open, is_late, ladder, median_days, middle_of
from sightline.events.choices import ImpossibleMove

PAGE = Path(__file__).resolve().parents[2] / "docs" / "generated" / "challenge-states.md"


def test_the_page_of_states_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == diagram.page()


def test_only_the_challenger_closes_or_the_unit_where_they_have_left() -> None:
    closing = {m.deed: set(m.sides) for m in MOVES if m.to_state == ChallengeState.CLOSED != m.from_state}
    assert closing == {
        Deed.CLOSE: {Side.CHALLENGER},
        Deed.WITHDRAW: {Side.CHALLENGER},
        Deed.CLOSE_FOR: {Side.UNIT},
    }


def test_every_open_state_can_be_left_and_a_closed_one_opened() -> None:
    for state in OPEN_STATES:
        assert {m.to_state for m in moves_from(state)} - {state}
    assert move(ChallengeState.CLOSED, Deed.REOPEN).to_state == ChallengeState.RAISED


def test_what_the_table_does_not_hold_is_refused_with_a_sentence() -> None:
    with pytest.raises(ImpossibleMove) as refused:
        move(ChallengeState.RAISED, Deed.CLOSE)
    assert refused.value.sentence == "It is “waits for an answer” now: this cannot be done from there."


def test_an_answer_is_given_by_the_one_challenged_alone() -> None:
    assert sides_for(Deed.ANSWER) == {Side.CHALLENGED}


def test_an_answer_is_late_from_the_day_after_it_was_asked_for_by_while_it_is_waited_for() -> None:
    due = date(2026, 6, 29)
    assert not is_late(ChallengeState.RAISED, due, due)
    assert is_late(ChallengeState.RAISED, due, date(2026, 6, 30))
    assert not is_late(ChallengeState.ANSWERED, due, date(2027, 1, 1))


def test_what_is_late_climbs_to_the_unit_and_then_back_to_whoever_asked() -> None:
    due = date(2026, 6, 1)
    assert ladder().chasers(due, date(2026, 6, 7)) == frozenset()
    assert ladder().chasers(due, date(2026, 6, 8)) == {Chaser.UNIT}
    assert ladder().chasers(due, date(2026, 6, 22)) == {Chaser.UNIT, Chaser.ASKER}
    assert not ladder().chases_review(due, date(2026, 6, 14))
    assert ladder().chases_review(due, date(2026, 6, 15))


def test_days_are_counted_until_it_was_closed() -> None:
    assert days_open(date(2026, 6, 1), None, date(2026, 6, 11)) == 10
    assert days_open(date(2026, 6, 1), date(2026, 6, 4), date(2026, 6, 11)) == 3


def test_the_median_counts_each_answer_and_says_nothing_of_none() -> None:
    first = date(2026, 6, 1)
    for days, expected in (((), None), ((2, 5, 11), 4), ((2, 5), 2.5), ((2, 4, 6, 9), 4), ((3,), 2)):
        answered = [(first, date(2026, 6, n)) for n in days]
        assert median_days(answered[middle_of(len(days))]) == expected


def test_every_age_falls_under_one_heading() -> None:
    for days in (0, 28, 29, 91, 92, 4000):
        assert len([1 for age in ages() if age.least <= days and (age.most is None or days <= age.most)]) == 1
