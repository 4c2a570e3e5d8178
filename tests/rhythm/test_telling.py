"""What is asked back about the words of a return, and when what is owed is due."""

from __future__ import annotations

from datetime import date

import pytest

from sightline.requests.choices import OwedState
from sightline.requests.rules import Term, months_on, owed_state, terms
from sightline.rhythm.rules.telling import headings, is_empty, lines_of, only_activity, questions
from tests.rhythm.making import WORDS

pytestmark = pytest.mark.library


def keys(**words: str) -> list[str]:
    return [each.key for each in questions(WORDS | words)]


def test_there_are_five_headings() -> None:
    assert [each.key for each in headings()] == [
        "achievements", "impact", "voice", "challenges", "next_steps",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "  ", "None.", "N/A", "Nothing to report"])
def test_words_that_say_nothing_are_empty_and_asked_about(text: str) -> None:
    assert is_empty(text)
    assert keys(impact=text) == ["impact"]
    assert keys(voice=text) == ["voice"]
    assert keys(challenges=text) == []


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("We held four workshops and published a toolkit.", True),
        ("We held four workshops; fewer children waited.", False),
        ("Training was delivered. It made no difference yet.", False),
        ("Children feel listened to.", False),
        # "remore" and "metal" are no words of the lists.
        ("We met the metalwork tutors", True),
        # More, better and increased are of children only where a sentence says so.
        ("We delivered more training.", True),
        ("We published a better leaflet for children.", True),
        ("We increased the number of workshops about children.", True),
        ("More training was delivered to children’s services and for child protection.", True),
        ("The audit was held. Staff felt better.", True),
        ("The audit was held. Children wait less since, by 2.5 days: better than last year.", False),
        ("- Training for schools\n- More children attended school", False),
        ("We met with schools; children were there. They felt safer.", False),
        ("We trained nurses, and so\nmore children were seen.\nGood", False),
        ("It was published. We do not know yet what it did.", False),
    ],
)
def test_activity_without_any_difference_is_asked_about(text: str, only: bool) -> None:
    assert only_activity(text) is only
    assert (keys(impact=text) == ["impact"]) is only


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("We held a workshop and developed a leaflet", True),
        ("We delivered more training about the child’s voice", True),
        ("Young people attended the workshop", True),
        ("Staff told us at the workshop that the leaflet was good", True),
        ("We held a workshop. Pupils asked for shorter letters", False),
        ("We met twelve young people. They told us that nobody had asked", False),
        ("We reviewed the views of children in care, and changed the leaflet", False),
    ],
)
def test_what_was_done_about_voice_is_not_what_children_said(text: str, only: bool) -> None:
    assert only_activity(text, "voice") is only
    asked = [each.words for each in questions(WORDS | {"voice": text})]
    assert [words[:49] for words in asked] == (
        ["This tells what was done. What did children say, "] if only else []
    )


def test_activity_is_no_question_where_no_difference_is_asked_for() -> None:
    assert keys(achievements="We held four workshops") == []


def test_a_step_without_an_answer_is_asked_about_as_a_whole() -> None:
    assert [each.key for each in questions(WORDS, 2)] == [""]


def test_next_steps_are_lines_without_their_marks() -> None:
    assert lines_of("- Write to schools\n\n• Repeat the audit \n1. Third\n b) Fourth\nAdd one") == [
        "Write to schools", "Repeat the audit", "Third", "Fourth", "Add one",
    ]  # fmt: skip


def test_a_cycle_tells_of_whole_times_and_keeps_the_ends_of_months() -> None:
    found = list(terms(date(2026, 7, 31), date(2026, 6, 30), 3, date(2027, 3, 1)))
    assert found == [
        Term(date(2026, 7, 31), date(2026, 4, 1), date(2026, 6, 30)),
        Term(date(2026, 10, 31), date(2026, 7, 1), date(2026, 9, 30)),
        Term(date(2027, 1, 31), date(2026, 10, 1), date(2026, 12, 31)),
    ]
    assert months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_on(date(2028, 1, 30), 1) == date(2028, 2, 29)


def test_what_has_not_come_is_a_gap_from_the_day_after() -> None:
    due = date(2026, 7, 10)
    assert owed_state(due, due, came_on=None, off=False) == OwedState.WAITING
    assert owed_state(due, date(2026, 7, 11), came_on=None, off=False) == OwedState.GAP
    assert owed_state(due, date(2026, 7, 11), came_on=due, off=False) == OwedState.CAME
    assert owed_state(due, due, came_on=date(2026, 7, 11), off=False) == OwedState.CAME_LATE
    assert owed_state(due, date(2026, 7, 11), came_on=None, off=True) == OwedState.CALLED_OFF
