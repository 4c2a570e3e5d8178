"""Seats on groups: who holds them on a day, which role comes with one, and what goes with it."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sightline.access.models import Membership
from sightline.access.permissions import Refused
from sightline.access.services import end_membership, grant
from sightline.events.choices import SYSTEM, Actor, StaleRecord, Unacceptable
from sightline.partners import selectors, services
from sightline.partners.choices import HoldingKind, Position
from sightline.partners.models import Agency, Group, Holding, Person, Seat
from sightline.partners.rules.seats import free_place, meets, role_with
from sightline.screens.words import joined
from tests.access.people import LONG_AGO, member, person
from tests.partners.making import BEGAN, fill, make_seat

pytestmark = pytest.mark.django_db
DEPUTY = HoldingKind.DEPUTY


def today() -> dt.date:
    return timezone.localdate()


def day(month: int, number: int = 1) -> dt.date:
    return dt.date(2026, month, number)


@pytest.fixture
def neglect() -> Group:
    return services.create_group("Neglect Group", by=SYSTEM)


@pytest.fixture
def police() -> Agency:
    return services.create_agency("Wealdshire Police", by=SYSTEM)


@pytest.fixture
def una(client: Client) -> Client:
    client.force_login(member("Una Unit", "unit"))
    return client


def somebody(name: str = "Ola Owner", *, account: bool = False, **given: Any) -> Person:
    user = person(name) if account else None
    return services.create_person(name, user=user, by=SYSTEM, **given)


def leave(held: Holding, on: dt.date, by: Actor = SYSTEM, **given: Any) -> Holding:
    return services.leave_seat(held, on, version=held.version, by=by, now=timezone.now(), **given)


def acting(user: Any) -> Actor:
    return Actor("user", str(user.pk), user.name, user_id=user.pk)


def there(group: Group, on: dt.date) -> list[tuple[str, list[str], list[str]]]:
    scope = member(f"Reader {timezone.now().timestamp()}", "executive")
    return [
        (each.title, [h.person.name for h in each.holders], [d.person.name for d in each.deputies])
        for each in selectors.seats_of_group(scope, group, on)
    ]


def test_a_seat_is_told_as_it_was_held_on_each_day(neglect: Group, police: Agency) -> None:
    seat = make_seat(neglect, police, starts_on=day(1))
    first, second, deputy = somebody("Ann First"), somebody("Bea Second"), somebody("Cas Deputy")
    fill(seat, first, day(2), day(4, 30))
    fill(seat, second, day(6))
    fill(seat, deputy, day(3), kind=DEPUTY)
    name = "Wealdshire Police"
    assert there(neglect, dt.date(2025, 12, 31)) == []
    assert there(neglect, day(1)) == [(name, [], [])]
    assert there(neglect, day(2)) == [(name, ["Ann First"], [])]
    assert there(neglect, day(4, 30)) == [(name, ["Ann First"], ["Cas Deputy"])]
    assert there(neglect, day(5)) == [(name, [], ["Cas Deputy"])]
    assert there(neglect, day(6)) == [(name, ["Bea Second"], ["Cas Deputy"])]


def test_one_person_holds_a_seat_at_a_time_unless_it_says_more(neglect: Group, police: Agency) -> None:
    seat = make_seat(neglect, police)
    fill(seat, somebody("Ann First"), day(2), day(4, 30))
    with pytest.raises(Unacceptable, match="held on these days by: Ann First"):
        fill(seat, somebody("Bea Second"), day(4, 30))
    fill(seat, somebody("Cas Third"), day(5))
    pair = make_seat(neglect, words="Young advisers", places=2)
    for name in ("Dee One", "Eli Two"):
        fill(pair, somebody(name), day(2))
    with pytest.raises(Unacceptable, match="Dee One, Eli Two"):
        fill(pair, somebody("Fay Three"), day(3))
    assert [h.place for h in pair.holdings.order_by("place")] == [1, 2]


def test_nobody_is_in_a_seat_twice_at_a_time(neglect: Group) -> None:
    seat, ola = make_seat(neglect, places=3), somebody()
    fill(seat, ola, day(2))
    with pytest.raises(Unacceptable, match="Ola Owner is in this seat already"):
        fill(seat, ola, day(3), kind=DEPUTY)


def test_the_database_itself_keeps_two_open_holders_apart(neglect: Group) -> None:
    held = fill(make_seat(neglect), somebody("Ann First"))
    for changed in (
        {"person": somebody("Bea Second")},
        {"place": 2},
        {"starts_on": day(2), "ends_on": day(1)},
    ):
        copy = Holding.objects.get(pk=held.pk)
        copy.pk = None
        for name, value in changed.items():
            setattr(copy, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            copy.save(force_insert=True)


def test_a_seat_is_for_somebody_and_stands_while_it_is_filled(neglect: Group) -> None:
    with pytest.raises(Unacceptable, match="Choose the agencies"):
        make_seat(neglect, words=" ")
    with pytest.raises(Unacceptable, match="from 1 to 20"):
        make_seat(neglect, places=21)
    seat = make_seat(neglect, starts_on=day(3))
    for days in ((day(2), None), (day(4), day(3, 31))):
        with pytest.raises(Unacceptable):
            fill(seat, somebody(), *days)


def test_the_role_comes_with_the_seat_and_goes_with_it(neglect: Group) -> None:
    chair, ola = make_seat(neglect, position="chair", words="Chair"), somebody(account=True)
    held = fill(chair, ola)
    given = Membership.objects.get()
    assert (given.user, given.role, given.scope_key) == (ola.user, "chair", neglect.key)
    assert (given.starts_on, given.ends_on, held.membership) == (today(), None, given)
    left = leave(held, today() + dt.timedelta(days=10), reason="Moved to another county")
    given.refresh_from_db()
    assert given.ends_on == left.ends_on == today() + dt.timedelta(days=10)
    assert left.end_reason == "Moved to another county"
    with pytest.raises(Unacceptable, match="on that day or before"):
        leave(left, today() + dt.timedelta(days=11))


def test_who_is_entered_by_mistake_loses_the_role_at_once_and_the_row_stays(neglect: Group) -> None:
    seat = make_seat(neglect)
    held = fill(seat, somebody(account=True))
    leave(held, today(), is_mistake=True)
    assert there(neglect, today()) == [("Lay member", [], [])]
    assert Membership.objects.get(role="member").ends_on == today()
    assert Holding.objects.get().is_mistake
    fill(seat, somebody("Right One"))


def test_a_deputy_and_an_observer_are_members_and_past_time_gives_nothing(neglect: Group) -> None:
    chair = make_seat(neglect, position="chair")
    fill(chair, somebody(account=True), kind=DEPUTY)
    fill(make_seat(neglect, position="observer"), somebody("Bea Past", account=True), day(1), day(2))
    fill(make_seat(neglect), somebody("No Account"))
    assert [each.role for each in Membership.objects.all()] == ["member"]


def test_a_role_that_is_held_anyway_is_neither_given_twice_nor_taken_away(neglect: Group) -> None:
    ola = somebody(account=True)
    own = grant(ola.user, "member", "group", neglect.key, LONG_AGO, by=SYSTEM)
    held = fill(make_seat(neglect), ola)
    assert held.membership is None
    leave(held, today())
    own.refresh_from_db()
    assert own.ends_on is None
    end_membership(own, today(), version=own.version, by=SYSTEM)
    again = fill(make_seat(neglect), ola)
    assert again.membership.starts_on == today() + dt.timedelta(days=1)


def test_the_role_goes_over_to_another_seat_of_the_same_person(neglect: Group) -> None:
    ola = somebody(account=True)
    first, second = (fill(make_seat(neglect), ola) for _ in range(2))
    leave(first, today())
    second.refresh_from_db()
    given = Membership.objects.get()
    assert (second.membership, given.ends_on) == (given, None)
    leave(second, today())
    assert Membership.objects.get().ends_on == today()


def test_filling_gives_nothing_that_the_filler_may_not_give(neglect: Group) -> None:
    quinn, ola = member("Quinn Officer", "qa_officer"), somebody(account=True)
    filled = services.fill_seat(
        make_seat(neglect).pk, ola, "holder", BEGAN, by=acting(quinn), now=timezone.now()
    )
    assert filled.sentence.startswith("No role was given with it.")
    assert not Membership.objects.filter(user=ola.user).exists()
    sue = member("Sue Scrutineer", "scrutineer")
    chair = make_seat(neglect, position="chair")
    theirs = services.create_person("Sue Scrutineer", user=sue, by=SYSTEM)
    told = services.fill_seat(chair.pk, theirs, "holder", BEGAN, by=SYSTEM, now=timezone.now()).sentence
    assert "are not held by one person" in told
    una = member("Una Unit", "unit")
    own = services.create_person("Una Unit", user=una, by=SYSTEM)
    assert services.fill_seat(
        make_seat(neglect).pk, own, "holder", BEGAN, by=acting(una), now=timezone.now()
    ).sentence


def test_a_seat_and_its_role_are_left_together_or_not_at_all(neglect: Group) -> None:
    held = fill(make_seat(neglect), somebody(account=True))
    with pytest.raises(Refused):
        leave(held, today(), by=acting(member("Quinn Officer", "qa_officer")))
    held.refresh_from_db()
    assert held.ends_on is None


def test_a_closed_account_is_given_nothing(neglect: Group) -> None:
    closed = services.create_person("Cal Closed", user=person("Cal Closed", active=False), by=SYSTEM)
    made = services.fill_seat(make_seat(neglect).pk, closed, "holder", BEGAN, by=SYSTEM, now=timezone.now())
    assert (made.sentence, made.holding.membership) == (
        "Their account is closed, so no role was given.",
        None,
    )


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(neglect: Group, police: Agency) -> None:
    seat = make_seat(neglect, police)
    given = services.SeatGiven(
        words="Police lead", position="adviser", is_essential=True, has_vote=False, places=2
    )
    services.change_seat(seat, given, version=1, by=SYSTEM, now=timezone.now())
    with pytest.raises(StaleRecord):
        services.change_seat(seat, given, version=1, by=SYSTEM, now=timezone.now())
    with pytest.raises(StaleRecord):
        services.end_seat(seat.pk, today(), version=1, by=SYSTEM, now=timezone.now())
    changed = services.change_seat(seat, given, version=2, by=SYSTEM, now=timezone.now())
    assert (changed.version, list(changed.for_agencies.all())) == (2, [])
    for name in ("Ann First", "Bea Second"):
        fill(seat, somebody(name))
    with pytest.raises(Unacceptable, match="More people hold it now"):
        services.change_seat(seat, replace(given, places=1), version=2, by=SYSTEM, now=timezone.now())


def test_no_place_is_taken_away_nor_day_put_off_under_somebody_in_the_seat(neglect: Group) -> None:
    seat = make_seat(neglect, words="Lay members", places=2)
    fill(seat, somebody("Ann First"))
    second = fill(seat, somebody("Bea Second"))
    leave(second, today() + dt.timedelta(days=30))

    def change(places: int, starts_on: dt.date | None) -> None:
        given = services.SeatGiven(words="Lay members", places=places, starts_on=starts_on)
        services.change_seat(seat, given, version=seat.version, by=SYSTEM, now=timezone.now())

    with pytest.raises(Unacceptable, match="More people hold it now"):
        change(1, None)
    with pytest.raises(Unacceptable, match="Somebody was in it before this day"):
        change(2, BEGAN + dt.timedelta(days=1))
    change(2, BEGAN)


def test_who_is_in_a_seat_leaves_it_as_it_ends(neglect: Group) -> None:
    seat = make_seat(neglect, starts_on=day(1))
    fill(seat, somebody(account=True))
    with pytest.raises(Unacceptable):
        services.end_seat(seat.pk, dt.date(2025, 1, 1), version=1, by=SYSTEM, now=timezone.now())
    services.end_seat(seat.pk, today(), version=1, by=SYSTEM, now=timezone.now())
    assert Holding.objects.get().ends_on == Seat.objects.get().ends_on == Membership.objects.get().ends_on
    later = make_seat(neglect)
    fill(later, somebody("Bea Later"), today() + dt.timedelta(days=9))
    with pytest.raises(Unacceptable, match="from a later day"):
        services.end_seat(later.pk, today(), version=1, by=SYSTEM, now=timezone.now())


def test_the_unit_reads_of_vacancies_first_and_others_of_the_chair(
    una: Client, neglect: Group, police: Agency
) -> None:
    chair = make_seat(neglect, position="chair", words="Chair")
    fill(chair, somebody())
    make_seat(neglect, police)
    address = f"/partners/groups/{neglect.pk}/"
    titles = [row.title for row in una.get(address).context["page"].seats.rows]
    assert titles == ["Wealdshire Police", "Chair"]
    una.force_login(member("Ed Executive", "executive"))
    part = una.get(address).context["page"].seats
    assert [row.title for row in part.rows] == ["Chair", "Wealdshire Police"]
    assert (part.vacant, part.new_href) == (1, "")


def test_a_groups_page_looks_back_and_nothing_is_changed_there(una: Client, neglect: Group) -> None:
    seat = make_seat(neglect)
    fill(seat, somebody("Ann First"), day(2), day(4, 30))
    then = una.get(f"/partners/groups/{neglect.pk}/?as_at=2026-03-01").content.decode()
    assert "As it stood on 1 March 2026" in then
    assert "as they are known today" in then
    assert "Ann First" in then
    assert "Add a seat" not in then
    assert "Ann First" not in una.get(f"/partners/groups/{neglect.pk}/").content.decode()
    assert "has not come yet" in una.get(f"/partners/groups/{neglect.pk}/?as_at=2120-01-01").content.decode()


def test_a_person_and_an_agency_tell_of_their_seats(una: Client, neglect: Group, police: Agency) -> None:
    health = services.create_agency("Wealdshire ICB", by=SYSTEM)
    joint, ola = make_seat(neglect, police, health), somebody(agency=police)
    fill(joint, ola)
    own = una.get(f"/partners/people/{ola.pk}/").content.decode()
    assert "Neglect Group: Member" in own
    assert "Wealdshire ICB and Wealdshire Police" in own
    for agency in (police, health):
        told = una.get(f"/partners/agencies/{agency.pk}/").content.decode()
        assert "Joint seat" in told
        assert "Ola Owner" in told
    assert selectors.agencies_by_seat(Seat.objects.all()) == {joint.pk: (health, police)}


def test_a_seat_is_added_filled_and_left_on_the_screens(una: Client, neglect: Group, police: Agency) -> None:
    new = f"/partners/groups/{neglect.pk}/seats/new/"
    given = {"position": "member", "agencies": [police.pk], "words": "", "has_vote": "on", "places": "1"}
    assert una.post(new, given | {"agencies": []}).status_code == 422
    assert una.post(new, given).status_code == 302
    seat, ola = Seat.objects.get(), somebody()
    page = f"/partners/seats/{seat.pk}/"
    assert "Nobody holds it today." in una.get(page).content.decode()
    first = {"starts_on-day": "5", "starts_on-month": "1", "starts_on-year": "2026"}
    assert una.post(f"{page}fill/", {"person": ola.pk, "kind": "holder", **first}).status_code == 302
    twice = una.post(f"{page}fill/", {"person": ola.pk, "kind": "deputy", **first})
    assert "is in this seat already" in twice.content.decode()
    held = Holding.objects.get()
    away = f"{page}people/{held.pk}/"
    assert "Enter the last day" in una.post(away, {"version": "1"}).content.decode()
    last = {"ends_on-day": "6", "ends_on-month": "3", "ends_on-year": "2026", "reason": "New post"}
    stale = una.post(away, {**last, "version": "7"})
    assert stale.status_code == 422
    assert 'name="version" value="1"' in stale.content.decode()
    assert una.post(away, {**last, "version": "1"}).status_code == 302
    assert "New post" in una.get(page).content.decode()
    assert una.post(f"{page}edit/", given | {"version": "1", "words": "Police lead"}).status_code == 302
    assert una.post(f"{page}end/", {"version": "2", **last}).status_code == 302
    assert "Put somebody into this seat" not in una.get(page).content.decode()


@pytest.mark.parametrize("format", ["csv", "xlsx", "docx"])
def test_the_membership_of_a_day_is_taken_away(
    una: Client, neglect: Group, police: Agency, format: str
) -> None:
    fill(make_seat(neglect, police), somebody(agency=police, post="Lead"), day(2), day(4, 30))
    marked = " (OFFICIAL)" if format == "csv" else ""  # the others bear it on every page
    taken = una.get(f"/partners/groups/{neglect.pk}/members/{format}/?as_at=2026-03-01")
    assert (
        taken["Content-Disposition"]
        == f'attachment; filename="neglect-group-membership-2026-03-01{marked}.{format}"'
    )
    if format == "csv":
        lines = b"".join(taken.streaming_content).decode("utf-8-sig").splitlines()
        assert (
            lines[1]
            == "Owner,Ola,Wealdshire Police,Lead,Wealdshire Police,Member,Holder of the seat,1 February 2026,,Yes"
        )
        today_ = b"".join(una.get(f"/partners/groups/{neglect.pk}/members/csv/").streaming_content).decode(
            "utf-8-sig"
        )
        assert today_.splitlines()[1] == ",,Wealdshire Police,,Wealdshire Police,Member,Vacant,,,Yes"
    assert una.get(f"/partners/groups/{neglect.pk}/members/pdf/").status_code == 404


def test_the_structure_of_a_day_is_drawn_and_told(una: Client, neglect: Group) -> None:
    board = services.create_group("Executive", kind="executive", by=SYSTEM)
    services.create_group("Old panel", parent=board, ends_on=day(1), by=SYSTEM)
    services.create_group("Audit group", parent=board, starts_on=day(2), by=SYSTEM)
    fill(make_seat(board, position="chair", words="Chair"), somebody("Ann Chair"))
    now = una.get("/partners/structure/").content.decode()
    assert now.count("Audit group") >= 2
    assert "Old panel" not in now
    assert "Executive, chair: Ann Chair" in now
    assert "<svg" in now
    then = una.get("/partners/structure/?as_at=2026-01-01").content.decode()
    assert "Old panel" in then
    assert "Audit group" not in then
    Group.objects.update(starts_on=None, ends_on=day(1))
    assert "No group stood on this day" in una.get("/partners/structure/").content.decode()


@pytest.mark.parametrize("count", [1, 3, 300])
def test_pages_of_seats_take_the_same_queries_however_many(
    una: Client, neglect: Group, police: Agency, count: int, django_assert_max_num_queries: Any
) -> None:
    ola = somebody(agency=police)
    moment = timezone.now()
    made = Seat.objects.bulk_create(
        [
            Seat(group=neglect, words=f"Role {n}", recorded_at=moment, entered_by_label="x")
            for n in range(count)
        ]
    )
    for seat in made:
        seat.for_agencies.model.objects.create(seat=seat, agency=police)
    Holding.objects.bulk_create(
        [
            Holding(seat=s, person=ola, kind="holder", place=1, starts_on=BEGAN, recorded_at=moment)
            for s in made
        ]
    )
    for address in (
        f"/partners/groups/{neglect.pk}/",
        f"/partners/agencies/{police.pk}/",
        f"/partners/people/{ola.pk}/",
        f"/partners/seats/{made[0].pk}/",
        "/partners/structure/",
    ):
        with django_assert_max_num_queries(12):
            assert una.get(address).status_code == 200


def test_seats_with_their_people_and_agencies_take_two_queries(
    neglect: Group, police: Agency, django_assert_num_queries: Any
) -> None:
    scope = member("Ed Executive", "executive").scope
    for number in range(3):
        fill(make_seat(neglect, police, words=f"Role {number}"), somebody(f"Person {number}", agency=police))
    with django_assert_num_queries(2):
        told = selectors.seats_of_group(scope, neglect, today())
        assert [h.person.agency.name for each in told for h in each.holders] == ["Wealdshire Police"] * 3


def test_role_with_meets_and_the_small_rules() -> None:
    assert role_with(Position.VICE_CHAIR, HoldingKind.HOLDER) == "chair"
    assert role_with(Position.CHAIR, HoldingKind.DEPUTY) == "member"
    assert meets(None, None, day(1), day(1))
    assert meets(day(1), day(2), day(2), None)
    assert not meets(day(1), day(2), day(3), None)
    assert not meets(day(4), None, day(1), day(3))
    assert free_place(2, [1]) == 2
    assert free_place(1, [1]) is None
    assert [joined(list(names)) for names in ((), ("A",), ("A", "B"), ("A", "B", "C"))] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
