"""Interests declared at a meeting: by seat, about an item, what was done; a nil return; who reads what."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import Part
from sightline.meetings.models import Interest
from sightline.meetings.reports_of_packs import front
from sightline.meetings.selectors.papers import fingerprint, pack_agenda
from sightline.meetings.services import ItemGiven, edit_item
from sightline.meetings.services.interests import (
    InterestGiven,
    declare_interest,
    declare_none,
    take_interest_back,
)
from sightline.partners.choices import Signed
from sightline.partners.models import Declaration, Person
from sightline.partners.services import create_person
from tests.access.people import World, enter, world
from tests.meetings.making import MET, make_interest, make_item, make_meeting, seat_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> World:
    return world()


def test_a_declaration_is_minuted_by_seat_and_takes_the_place_of_a_nil_return(made: World) -> None:
    item, seat = make_item(make_meeting(made.group)), seat_of(made.group, made.agency, "Ann Archer")
    unit, page = enter(Client(), made.person("unit")), f"/meetings/{item.meeting_id}/"
    assert "Nobody has said yet" in unit.get(page).content.decode()
    unit.post(f"{page}interests/", {"who": "nobody"})
    assert "nobody declared an interest" in unit.get(page).content.decode()
    sent = {"who": f"{seat.pk}-1", "item": item.pk, "text": "My firm bids for it."}
    refused = unit.post(f"{page}interests/", sent)
    assert (refused.status_code, "Choose what was done" in refused.content.decode()) == (422, True)
    unit.post(f"{page}interests/", sent | {"part": "left"})
    nil, told = Interest.objects.order_by("pk")
    assert (nil.is_nil, nil.mistake) == (True, "Somebody declared an interest afterwards.")
    assert (told.who, told.item, told.part_label) == ("Wealdshire Police", item, "Left the room")
    for address in (page, f"{page}minutes/"):
        shown = unit.get(address).content.decode()
        assert "item 1. Neglect" in shown
        assert "My firm bids for it." in shown
        assert "nobody declared" not in shown
    with pytest.raises(Unacceptable, match="An interest was declared"):
        declare_none(item.meeting, by=SYSTEM, now=timezone.now())
    take_interest_back(told, "Said at another meeting", by=SYSTEM)
    with pytest.raises(Unacceptable, match="taken back already"):
        take_interest_back(told, "Again", by=SYSTEM)
    assert "My firm" not in unit.get(page).content.decode()
    assert Interest.objects.count() == 2


def test_what_is_declared_about_a_confidential_item_is_as_confidential_wherever_it_stands(
    made: World,
) -> None:
    item = make_item(make_meeting(made.group), "Contract", tier=Tier.T2)
    make_interest(item, "My sister runs it.")
    page = f"/meetings/{item.meeting_id}/"
    assert "My sister" in enter(Client(), made.person("unit")).get(page).content.decode()
    owner = enter(Client(), made.person("owner"))
    assert "My sister" not in owner.get(page).content.decode()
    assert owner.get(f"/meetings/interests/{Interest.objects.get().pk}/mistake/").status_code == 404
    assert Entry.objects.get(type="meetings.interest_declared").tier == "T2"
    for tier, stands in ((Tier.T1, False), (Tier.T2, True)):
        agenda = pack_agenda(item.meeting, tier)
        assert ("My sister" in str(front(item.meeting, agenda, (), (), tier))) is stands
    before = fingerprint(item.meeting, pack_agenda(item.meeting, Tier.T2))
    edit_item(item, item.version, ItemGiven("Contract"), item.order, by=SYSTEM)
    assert "My sister" in owner.get(page).content.decode()
    make_interest(item)
    assert fingerprint(item.meeting, pack_agenda(item.meeting, Tier.T2)) != before


def test_the_declarations_of_the_year_remind_those_alone_who_may_read_them(made: World) -> None:
    meeting = make_meeting(made.group)
    seat_of(made.group, made.agency, "Ann Archer")
    common = {"person": Person.objects.get(name="Ann Archer"), "wording": "1", "words": "I say so."}
    stamp = {"recorded_at": timezone.now(), "expires_on": MET.replace(year=2027), "how": Signed.PAPER}
    for on, words in ((1, "Shares in Acorn Care"), (2, "A post at Oak House")):
        Declaration.objects.create(
            has_interests=True, interests=words, signed_on=MET.replace(day=on), **common, **stamp
        )
    address = f"/meetings/{meeting.pk}/interests/"
    shown = enter(Client(), made.person("unit")).get(address).content.decode()
    assert "Wealdshire Police: Ann Archer" in shown
    assert "A post at Oak House" in shown
    assert "Acorn" not in shown
    assert "OFFICIAL-SENSITIVE" in shown
    person = common["person"]
    assert f"/partners/declarations/{person.pk}/" in shown
    chair = enter(Client(), made.person("chair")).get(address).content.decode()
    assert "Oak House" not in chair
    Declaration.objects.create(has_interests=False, signed_on=MET.replace(day=3), **common, **stamp)
    assert "Oak House" not in enter(Client(), made.person("unit")).get(address).content.decode()


def test_who_reads_a_declaration_finds_what_was_declared_from_the_seat_and_nobody_else_does(
    made: World,
) -> None:
    meeting = make_meeting(made.group)
    seat = seat_of(made.group, made.agency, "Ann Archer")
    given = InterestGiven("Wealdshire Police", "My sister runs it.", Part.LEFT, seat)
    declare_interest(meeting, given, by=SYSTEM, now=timezone.now())
    person = Person.objects.get(name="Ann Archer")
    other = create_person("Bo Bell", agency=made.agency, by=SYSTEM)
    way, page = f"/meetings/{meeting.pk}/#interests", "/partners/people/{}/"
    unit, chair = (enter(Client(), made.person(role)) for role in ("unit", "chair"))
    assert way in unit.get(page.format(person.pk)).content.decode()
    assert way not in unit.get(page.format(other.pk)).content.decode()
    assert "Declared at meetings" not in chair.get(page.format(person.pk)).content.decode()
    declared = unit.get(f"/partners/declarations/{person.pk}/").content.decode()
    assert page.format(person.pk) in declared
    assert "/conflicts/all/" in declared
    assert "/partners/declarations/" in unit.get("/conflicts/all/").content.decode()


def test_nobody_was_asked_before_the_meeting_and_nothing_is_added_to_minutes_that_stand(made: World) -> None:
    ahead = make_meeting(made.group, MET.replace(year=2090))
    with pytest.raises(Unacceptable, match="nobody was asked yet"):
        declare_none(ahead, by=SYSTEM, now=timezone.now())
    item = make_item(make_meeting(made.group))
    type(item.meeting).objects.filter(pk=item.meeting_id).update(state="checked")
    with pytest.raises(Unacceptable, match="Take them back to draft"):
        make_interest(item)
