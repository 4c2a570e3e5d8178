"""Rules of meetings: quorum, and what follows what."""

import pytest

from sightline.events.choices import ImpossibleMove
from sightline.meetings.choices import MeetingDeed, MeetingState
from sightline.meetings.rules.quorum import QuorumAsked, SeatCounted, in_words, missing
from sightline.meetings.rules.states import MOVES, move, moves_from

pytestmark = pytest.mark.library
PARTNERS = {"icb": "ICB", "police": "Police"}


def seat(
    title: str, *agencies: str, essential: bool = False, vote: bool = True, there: bool = True
) -> SeatCounted:
    return SeatCounted(title, agencies, essential, vote, there)


def test_a_group_that_asks_for_nothing_is_always_quorate() -> None:
    assert missing(QuorumAsked(), [], PARTNERS) == ()
    assert in_words(QuorumAsked()) == ""
    assert not QuorumAsked().asks_something


def test_every_part_of_the_rule_is_missed_by_its_own_sentence() -> None:
    asked = QuorumAsked(least_seats=3, least_agencies=2, all_essential=True, all_partners=True)
    seats = [
        seat("Chair", "icb", essential=True),
        seat("Police", "police", essential=True, there=False),
        seat("Adviser", "health", vote=False),
        seat("Solicitor", essential=True, vote=False, there=False),
    ]
    assert missing(asked, seats, PARTNERS) == (
        "1 seat with a vote there, 3 asked for.",
        "1 agency there, 2 asked for.",
        "Essential and not there: Police and Solicitor.",
        "Safeguarding partner and not there: Police.",
    )
    assert in_words(asked) == (
        "Quorate with at least 3 seats with a vote, at least 2 agencies, every essential seat and every "
        "safeguarding partner."
    )
    assert asked.asks_something


def test_an_agency_is_there_by_any_of_its_seats_and_a_joint_seat_brings_all_of_its_own() -> None:
    asked = QuorumAsked(least_agencies=2, all_partners=True)
    seats = [seat("Joint", "icb", "police"), seat("Other", "police", there=False)]
    assert missing(asked, seats, PARTNERS) == ()


def test_agencies_asked_for_by_name_stand_in_for_all_partners() -> None:
    asked, named = QuorumAsked(by_name=True), {"probation": "Probation", "icb": "ICB"}
    assert missing(asked, [seat("Chair", "icb")], named) == ("Agency asked for and not there: Probation.",)
    assert in_words(asked, ["ICB", "Probation"]) == "Quorate with ICB and Probation."
    assert asked.asks_something


def test_what_follows_what() -> None:
    assert {(each.from_state, each.deed) for each in MOVES} == {
        (MeetingState.PLANNED, MeetingDeed.HOLD),
        (MeetingState.PLANNED, MeetingDeed.CANCEL),
        (MeetingState.CANCELLED, MeetingDeed.REVIVE),
        (MeetingState.HELD, MeetingDeed.UNHOLD),
        (MeetingState.HELD, MeetingDeed.CHECK),
        (MeetingState.CHECKED, MeetingDeed.APPROVE),
        (MeetingState.CHECKED, MeetingDeed.CORRECT),
    }
    assert moves_from(MeetingState.APPROVED) == ()
    with pytest.raises(ImpossibleMove, match="It is “planned” now"):
        move(MeetingState.PLANNED, MeetingDeed.APPROVE)
