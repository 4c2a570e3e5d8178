"""What a membership list would change (rules/lists.py): nothing is guessed, every row is taken or left out."""

import pytest

from sightline.governance.choices import NEW, NOBODY, Fate
from sightline.governance.rules.lists import (
    DEPUTY,
    VACANT,
    Decision,
    Known,
    KnownSeat,
    Leaving,
    Printed,
    Proposal,
    propose,
)
from sightline.partners.choices import PartyKind
from sightline.partners.rules import PartyName

pytestmark = pytest.mark.library
POLICE, COUNCIL = 1, 2
ANN, BEN, CY = 11, 12, 13
NAMES = [
    PartyName("Wealdshire Police", PartyKind.AGENCY, POLICE, "Wealdshire Police"),
    PartyName("Weald Council", PartyKind.AGENCY, COUNCIL, "Weald Council"),
    PartyName("Ann Archer", PartyKind.PERSON, ANN, "Ann Archer", str(POLICE)),
    PartyName("Ben Brook", PartyKind.PERSON, BEN, "Ben Brook", str(COUNCIL)),
    PartyName("Cy Cole", PartyKind.PERSON, CY, "Cy Cole"),
]
SEATS = [
    KnownSeat(21, "Wealdshire Police", "Member", frozenset({POLICE}), holders=frozenset({ANN})),
    KnownSeat(22, "Weald Council", "Member", frozenset({COUNCIL})),
    KnownSeat(23, "Lay member", "Member", holders=frozenset({CY})),
]
KNOWN = Known(NAMES, frozenset({"wscp"}), SEATS)


def row(name: str, organisation: str = "", post: str = "", index: int = 0, **more: str) -> Printed:
    return Printed(index, name, organisation, post, **more)


def proposed(*rows: Printed, known: Known = KNOWN, said: Decision | None = None) -> list[Proposal]:
    return propose(rows, known, {0: said} if said else {})[0]


def test_somebody_in_their_seat_stays() -> None:
    (each,) = proposed(row("Ann Archer", "Wealdshire Police"))
    assert (each.fate, each.seat, each.doubts) == (Fate.STAYS, 21, ())


def test_a_free_seat_of_the_agency_is_filled() -> None:
    (each,) = proposed(row("Ben Brook", "Weald Council"))
    assert (each.fate, each.seat, each.person) == (Fate.FILLS, 22, BEN)


def test_somebody_new_follows_whoever_is_not_on_the_list() -> None:
    (each,), gone = propose([row("Dee Dale", "Wealdshire Police")], KNOWN, {})
    assert (each.fate, each.seat, each.new_person) == (Fate.FOLLOWS, 21, True)
    assert gone == [Leaving(21, ANN), Leaving(23, CY)]


def test_a_role_without_an_agency_goes_by_its_words() -> None:
    (each,) = proposed(row("Dee Dale", post="lay  member"))
    assert (each.seat, each.fate) == (23, Fate.FOLLOWS)


def test_an_agency_nobody_knows_waits_for_somebody_to_say_which() -> None:
    (each,) = proposed(row("Dee Dale", "Wealdshire Polise"))
    assert (each.fate, each.reason) == (Fate.OUT, "No agency is known as “Wealdshire Polise”.")
    assert [s.id for s in each.likely][:1] == [POLICE]
    (each,) = proposed(row("Dee Dale", "Wealdshire Polise"), said=Decision(agency=str(POLICE)))
    assert (each.fate, each.seat) == (Fate.FOLLOWS, 21)
    (each,) = proposed(row("Dee Dale", "Faith Forum", "Imam"), said=Decision(agency=NEW))
    assert (each.fate, each.new_agency, each.new_seat) == (Fate.ADDS, True, True)
    (each,) = proposed(row("Dee Dale", "A forum", "Lay member"), said=Decision(agency=NOBODY))
    assert (each.seat, each.agency) == (23, None)


def test_the_partnership_itself_is_no_agency_and_is_said_so() -> None:
    (each,) = proposed(row("Dee Dale", "WSCP", "Manager"))
    assert (each.fate, each.doubts) == (
        Fate.ADDS,
        ("“WSCP” is the partnership itself: taken as a role of no agency.",),
    )


def test_a_namesake_at_another_agency_waits_for_somebody_to_say_who_it_is() -> None:
    printed = row("Ann Archer", "Weald Council")
    proposals, gone = propose([printed], KNOWN, {})
    assert proposals[0].reason.startswith("Ann Archer is known at another agency")
    assert Leaving(21, ANN) not in gone  # she may be meant
    (each,) = proposed(printed, said=Decision(person=NEW))
    assert (each.fate, each.seat, each.new_person) == (Fate.FILLS, 22, True)
    (each,) = proposed(printed, said=Decision(person=str(ANN)))
    assert each.person == ANN


def test_two_of_one_name_wait_for_somebody_to_say_who_it_is() -> None:
    twice = Known([*NAMES, PartyName("Cy Cole", PartyKind.PERSON, 14, "Cy Cole")], seats=SEATS)
    (each,) = proposed(row("Cy Cole", post="Lay member"), known=twice)
    assert each.reason == "2 people are called Cy Cole: say which of them it is."


def test_more_rows_than_places_wait_for_somebody_to_say_who_has_the_seat() -> None:
    each, _ = proposed(row("Dee Dale", "Weald Council"), row("Eve East", "Weald Council", index=1))
    assert each.reason == "2 rows could be for the seat “Weald Council”: say which of them is."
    each, other = proposed(
        row("Dee Dale", "Weald Council"), row("Eve East", "Weald Council", index=1), said=Decision(seat="22")
    )
    assert (each.seat, each.fate) == (22, Fate.FILLS)
    assert (other.new_seat, other.fate) == (True, Fate.ADDS)


def test_two_seats_of_an_agency_are_told_apart_by_the_role() -> None:
    seats = [*SEATS, KnownSeat(24, "Director", "Member", frozenset({COUNCIL}))]
    known = Known(NAMES, seats=seats)
    (each,) = proposed(row("Dee Dale", "Weald Council", "Director"), known=known)
    assert each.seat == 24
    (each,) = proposed(row("Dee Dale", "Weald Council", "Clerk"), known=known)
    assert each.reason == "More than one seat could be theirs: say which."


def test_deputies_and_vacant_seats_of_a_list_of_ours() -> None:
    seats = [*SEATS, KnownSeat(24, "Nurse", "Adviser", deputies=frozenset({CY}))]
    deputy, vacant, held, new = proposed(
        row("Cy Cole", seat="Nurse", position="Adviser", held_as=DEPUTY),
        row("", seat="Weald Council", position="Member", held_as=VACANT, index=1),
        row("", seat="Wealdshire Police", position="Member", held_as=VACANT, index=2),
        row("", seat="Imam", position="Member", held_as=VACANT, index=3),
        known=Known(NAMES, seats=seats),
    )
    assert (deputy.seat, deputy.fate) == (24, Fate.STAYS)
    assert (vacant.seat, vacant.fate, vacant.doubts) == (22, Fate.VACANT, ())
    assert held.doubts == ("The list says that this seat is vacant, and somebody is in it.",)
    assert (new.new_seat, new.fate) == (True, Fate.VACANT)


def test_the_same_row_twice_is_taken_once_and_one_left_out_says_so() -> None:
    first, second = proposed(
        row("Ann Archer", "Wealdshire Police"), row("Ann Archer", "Wealdshire Police", index=1)
    )
    assert (first.fate, second.reason) == (Fate.STAYS, "The list names them twice.")
    (each,) = proposed(row("Ann Archer", "Wealdshire Police"), said=Decision(out=True))
    assert (each.is_taken, each.reason) == (False, "Left out by whoever looked it over.")
    (each,) = proposed(row("Ann Archer", "Wealdshire Police"), said=Decision(seat="99"))
    assert each.reason == "The seat that was chosen does not stand on this day."
    (each,) = proposed(row("", "Wealdshire Police"))
    assert each.reason == "The row names nobody."
