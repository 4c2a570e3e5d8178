"""Deputies: who hands what to whom, what it allows, when it ends, and what is told of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from sightline.access import services
from sightline.access.choices import CannotBeLent, Permission
from sightline.access.models import Membership, User
from sightline.access.permissions import Refused
from sightline.access.rules import most_days_lent, why_not_lent
from sightline.access.selectors import memberships_with
from sightline.events.choices import SYSTEM, StaleRecord
from sightline.events.models import Entry
from sightline.messages.models import OutgoingMail
from sightline.partners.services import create_group, create_person
from tests.access.people import PASSWORD, member, person, today

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cy() -> User:
    return member("Cy Chair", "chair", "group", "neglect")


@pytest.fixture
def dee() -> User:
    return member("Dee Deputy", "owner", "agency", "police")


def own(user: User) -> Membership:
    return user.memberships.get(lent_from=None)


def lent(cy: User, dee: User, begin: int = 0, end: int = 6) -> Membership:
    days = today() + begin * DAY, today() + end * DAY
    return services.lend(own(cy), dee.email, *days, today=today(), by=cy.actor)


def refused(
    cy: User, to: str, begin: int = 0, end: int = 6, membership: Membership | None = None
) -> dict[str, str]:
    days = today() + begin * DAY, today() + end * DAY
    with pytest.raises(CannotBeLent) as told:
        services.lend(membership or own(cy), to, *days, today=today(), by=cy.actor)
    return told.value.problems


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_a_deputy_may_what_the_role_allows_on_its_days_and_says_on_whose_behalf(cy: User, dee: User) -> None:
    assert not dee.scope.holds(Permission.ACTION_CONFIRM, groups=["neglect"])
    made = lent(cy, dee)
    scope = again(dee).scope
    assert scope.holds(Permission.ACTION_CONFIRM, groups=["neglect"])
    assert not scope.holds(Permission.ACTION_CONFIRM, groups=["other"])
    assert scope.needs_second_step
    assert again(dee).actor.role == "Action owner, Group chair on behalf of Cy Chair"
    assert {held.user for held in memberships_with(Permission.ACTION_CONFIRM, today())} == {cy, dee}
    assert {held.user for held in memberships_with(Permission.ACTION_CONFIRM, today() + 7 * DAY)} == {cy}
    entry = Entry.objects.get(type="access.membership_lent")
    assert (entry.actor_user_id, entry.subject_id) == (cy.pk, str(made.pk))
    assert f'"lent_from":{own(cy).pk}' in entry.after
    [mail] = OutgoingMail.objects.filter(to=dee.email)
    assert "Cy Chair has handed you a role" in mail.text


def test_what_begins_later_is_not_held_yet(cy: User, dee: User) -> None:
    lent(cy, dee, begin=1)
    assert again(dee).scope.role_keys == {"owner"}


def test_session_and_lent_roles_are_read_together(
    client: Client, cy: User, dee: User, django_assert_num_queries: Any
) -> None:
    lent(cy, dee)
    client.force_login(dee)
    with django_assert_num_queries(3):
        user = client.get("/accessibility/").wsgi_request.user
    assert user.scope == again(dee).scope
    assert [held.on_behalf_of for held in user.scope.held] == ["", "Cy Chair"]


def test_only_ones_own_is_handed_on_and_never_further(cy: User, dee: User) -> None:
    made, third = lent(cy, dee), member("Tia Third", "member", "group", "other")
    assert refused(dee, third.email, membership=made) == {
        "": "This role was handed to you by somebody else, so you cannot hand it on."
    }
    assert refused(dee, third.email, membership=own(cy)) == {
        "": "A role is handed on by the person who holds it."
    }


def test_a_role_that_manages_access_or_has_ended_is_not_handed_on(cy: User, dee: User) -> None:
    una = member("Una Unit", "unit")
    assert "Business manager is a role that is not handed on" in refused(una, dee.email)[""]
    Membership.objects.filter(user=cy).update(ends_on=today() - DAY)
    assert refused(cy, dee.email) == {"": "This role has ended, so it cannot be handed on."}


def test_to_whom_a_role_is_refused(cy: User, dee: User) -> None:
    assert "no open account" in refused(cy, "nobody@wealdshire.example")["to"]
    person("Cla Closed", active=False)
    assert "no open account" in refused(cy, "cla.closed@wealdshire.example")["to"]
    assert "your own address" in refused(cy, " CY.Chair@wealdshire.example")["to"]
    person("Nia New")
    assert "Nia New holds no role of their own" in refused(cy, "nia.new@wealdshire.example")["to"]
    member("Vic Vice", "chair", "group", "neglect")
    assert "Vic Vice holds this role already" in refused(cy, "vic.vice@wealdshire.example")["to"]
    member("Sue Scrutineer", "scrutineer")
    assert "not held by one person" in refused(cy, "sue.scrutineer@wealdshire.example")["to"]
    lent(cy, dee)
    assert "Dee Deputy holds this role already" in refused(cy, dee.email, begin=6, end=9)["to"]
    lent(cy, dee, begin=7, end=9)


def test_somebody_whose_only_roles_are_lent_gets_no_more(cy: User, dee: User) -> None:
    nia = member("Nia New", "member", "group", "other")
    services.lend(own(cy), nia.email, today(), today(), today=today(), by=cy.actor)
    services.end_membership(own(nia), today() - DAY, version=1, by=SYSTEM)
    assert "no role of their own" in refused(dee, nia.email)["to"]


@pytest.mark.parametrize(
    ("begin", "end", "own_end", "told"),
    [
        (-1, 3, None, {"starts_on": "The first day must be today or later"}),
        (3, 2, None, {"ends_on": "The last day must not lie before the first"}),
        (0, 91, None, {}),
        (0, 92, None, {"ends_on": "A role is handed on for 92 days at most, first and last day counted"}),
        (0, 5, 5, {}),
        (0, 6, 5, {"ends_on": "Your own role ends on 15 June 2026: the last day cannot be later"}),
    ],
)
def test_the_days_of_a_deputy(begin: int, end: int, own_end: int | None, told: dict[str, str]) -> None:
    day = dt.date(2026, 6, 10)
    last = None if own_end is None else day + own_end * DAY
    assert most_days_lent() == 92
    assert why_not_lent(day + begin * DAY, day + end * DAY, last, day) == told


def test_it_ends_with_the_role_it_came_from(cy: User, dee: User) -> None:
    first, later = lent(cy, dee), lent(cy, dee, begin=7, end=9)
    services.end_membership(own(cy), today() - DAY, version=1, by=SYSTEM)
    assert again(dee).scope.role_keys == {"owner"}
    for made in (first, later):
        made.refresh_from_db()
        assert (made.ends_on, made.version) == (today() - DAY, 2)
    told = Entry.objects.filter(type="access.lending_ended")
    assert {entry.reason for entry in told} == {"The role that it was handed on from has ended."}
    assert told.count() == 2


def test_a_role_that_ends_later_cuts_short_what_was_lent_of_it(cy: User, dee: User) -> None:
    made = lent(cy, dee)
    services.end_membership(own(cy), today() + DAY, version=1, by=SYSTEM)
    made.refresh_from_db()
    assert made.ends_on == today() + DAY
    assert again(dee).scope.role_keys == {"owner", "chair"}


def test_it_ends_when_the_lenders_account_is_closed(cy: User, dee: User) -> None:
    lent(cy, dee)
    services.let_sign_in(cy, False, version=1, reason="Left", by=SYSTEM)
    assert again(dee).scope.role_keys == {"owner"}


@pytest.mark.parametrize("who", ["cy", "dee", "una"])
def test_either_and_the_unit_end_it_at_once(cy: User, dee: User, who: str) -> None:
    people = {"cy": cy, "dee": dee, "una": member("Una Unit", "unit")}
    made = lent(cy, dee)
    OutgoingMail.objects.all().delete()
    services.end_lending(made, version=1, today=today(), by=people[who].actor)
    assert again(dee).scope.role_keys == {"owner"}
    told = {user.email for key, user in people.items() if key not in {who, "una"}}
    assert set(OutgoingMail.objects.values_list("to", flat=True)) == told
    services.end_lending(made, version=2, today=today(), by=people[who].actor)
    assert Entry.objects.filter(type="access.lending_ended").count() == 1
    lent(cy, dee)


def test_nobody_else_ends_it_and_nobody_overwrites(cy: User, dee: User) -> None:
    made, other = lent(cy, dee), member("Oz Other", "chair", "group", "other")
    with pytest.raises(Refused):
        services.end_lending(made, version=1, today=today(), by=other.actor)
    with pytest.raises(StaleRecord):
        services.end_lending(made, version=9, today=today(), by=cy.actor)
    with pytest.raises(CannotBeLent):
        services.end_lending(own(cy), version=1, today=today(), by=cy.actor)


def test_whoever_stands_in_is_told_when_it_ends_with_the_lender_s_own_role(cy: User, dee: User) -> None:
    lent(cy, dee)
    services.end_membership(own(cy), today(), version=1, by=SYSTEM)
    told = OutgoingMail.objects.latest("pk")
    assert (told.to, told.subject) == (dee.email, "A role that was handed on has ended")
    assert f"no more after {today().day} {today():%B %Y}: Group chair on behalf of Cy Chair" in told.text


def test_the_database_keeps_what_is_lent_within_days(cy: User, dee: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            user=dee,
            role="chair",
            scope_kind="group",
            scope_key="neglect",
            starts_on=today(),
            lent_from=own(cy),
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(pk=own(cy).pk).update(ends_on=dt.date(2019, 1, 1))


def posted(day: dt.date, name: str) -> dict[str, int]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def test_pages_of_both_and_of_the_unit_tell_of_it(client: Client) -> None:
    group = create_group("Neglect sub-group", by=SYSTEM)
    cy, dee = (
        member("Cy Chair", "chair", "group", group.key),
        member("Dee Deputy", "owner", "agency", "police"),
    )
    cys, dees = (create_person(user.name, user=user, by=SYSTEM) for user in (cy, dee))
    client.force_login(cy)
    address = f"/account/deputies/{own(cy).pk}/"
    assert address in client.get("/account/deputies/").content.decode()
    assert "Neglect sub-group" in client.get(address).content.decode()
    last = today() + 6 * DAY
    data = {"to": "nobody@wealdshire.example"} | posted(today(), "starts_on") | posted(last, "ends_on")
    wrong = client.post(address, data)
    assert (wrong.status_code, "no open account" in wrong.content.decode()) == (422, True)
    assert (
        "Dee Deputy holds it for you"
        in client.post(address, data | {"to": dee.email}, follow=True).content.decode()
    )
    [line] = client.get("/account/deputies/").context["page"].lent
    assert (line.name, line.over, line.deputy) == ("Group chair", "Neglect sub-group", "Dee Deputy")
    client.force_login(dee)
    [borrowed] = client.get("/account/deputies/").context["page"].borrowed
    assert borrowed.name == "Group chair on behalf of Cy Chair"
    assert client.get(f"/account/deputies/{own(cy).pk}/").status_code == 404
    client.force_login(member("Una Unit", "unit"))
    [seen] = client.get(f"/partners/people/{cys.pk}/account/").context["page"].lent
    assert seen.deputy == "Dee Deputy"
    roles = client.get(f"/partners/people/{dees.pk}/account/").context["page"].roles
    assert "Group chair on behalf of Cy Chair" in [role.name for role in roles]
    assert (
        "Group chair on behalf of Cy Chair, Neglect sub-group"
        in client.get("/partners/accounts/").content.decode()
    )
    ended = client.post(seen.end_href, {"version": seen.version}, follow=True)
    assert "It has ended" in ended.content.decode()
    assert (
        client.post(seen.end_href, {"version": 1}, follow=True).content.decode().count("Somebody else saved")
        == 1
    )


def test_a_stranger_finds_no_lending(client: Client, cy: User, dee: User) -> None:
    made = lent(cy, dee)
    client.force_login(member("Oz Other", "chair", "group", "other", password=PASSWORD))
    assert client.post(f"/account/deputies/{made.pk}/end/", {"version": 1}).status_code == 404
