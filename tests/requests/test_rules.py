"""When an address may be written to, whom silence climbs to, and what an answer says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sightline.plans.rules.rounds import ActionTold, problems_of
from sightline.requests.choices import Answering, Mailed
from sightline.requests.rules import RoundNumbers, answering, climbs_to, may_mail

pytestmark = pytest.mark.library
DAY = date(2026, 6, 15)
NUMBERS = RoundNumbers(7, 14, 21, 92)


def test_an_address_is_written_to_once_a_week_at_most() -> None:
    assert may_mail(None, DAY, NUMBERS)
    told = [may_mail(DAY - timedelta(days=ago), DAY, NUMBERS) for ago in (0, 6, 7)]
    assert told == [False, False, True]


def test_silence_climbs_to_the_lead_and_then_to_the_chair() -> None:
    told = [set(climbs_to(DAY - timedelta(days=ago), DAY, NUMBERS)) for ago in (13, 14, 20, 21)]
    assert told == [set(), {Mailed.LEAD}, {Mailed.LEAD}, {Mailed.LEAD, Mailed.CHAIR}]


@pytest.mark.parametrize(
    ("answered", "ended", "mailed", "back", "found"),
    [
        (True, True, False, True, Answering.ANSWERED),
        (False, True, True, True, Answering.ENDED),
        (False, False, True, True, Answering.RETURNED),
        (False, False, True, False, Answering.SILENT),
        (False, False, False, False, Answering.WAITING),
    ],
)
def test_an_answer_stands_and_whoever_was_not_reached_is_not_silent(
    answered: bool, ended: bool, mailed: bool, back: bool, found: Answering
) -> None:
    assert answering(has_answered=answered, is_ended=ended, was_mailed=mailed, comes_back=back) == found


def test_what_is_told_of_an_action_becomes_the_words_of_one_update() -> None:
    assert ActionTold(why="Because").is_empty
    assert ActionTold(delivery="green").text == "It is on track."
    assert ActionTold(evidence="Ten asked", quarter="data").text == "Evidence was added."
    told = ActionTold("Forms are out.", "red", "Staff left", date(2026, 9, 1), "They wait less.")
    assert told.text == (
        "Forms are out.\n\nWhat it changed for children: They wait less.\n\n"
        "A new date is asked for: 1 September 2026. Why: Staff left"
    )


def test_a_new_date_lies_ahead_with_its_reason_and_evidence_is_of_a_kind() -> None:
    assert set(problems_of(ActionTold(due_on=DAY), DAY)) == {"why", "due_on"}
    assert set(problems_of(ActionTold(evidence="Ten"), DAY)) == {"quarter"}
    assert set(problems_of(ActionTold(quarter="data"), DAY)) == {"evidence"}
    assert problems_of(ActionTold("Done", due_on=DAY + timedelta(days=1), why="Ill"), DAY) == {}
