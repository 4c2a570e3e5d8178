"""Who can see a record, and what a person can see: everybody it holds for, nobody else, each with why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.access import services
from sightline.access.choices import PERMISSION_LABELS, Permission
from sightline.access.explaining import allowed, opened
from sightline.access.models import Membership, User
from sightline.access.roles import role, roles
from sightline.access.scope import Scope
from sightline.access.seeing import kinds, scope_with, who_sees
from sightline.access.selectors import current_memberships
from sightline.events.choices import SYSTEM, Tier
from sightline.events.models import Entry
from sightline.partners.services import create_person
from sightline.plans.models import Action, Source
from sightline.plans.permissions import can_view_action
from sightline.plans.services import create_recommendation
from tests.access.people import LONG_AGO, World, member, today, world
from tests.plans.making import BY, NOW, make_action, make_person, make_plan
from tests.plans.seen import records_of_each_tier

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def made() -> World:
    """Somebody of every role, a deputy, somebody whose role has ended and one whose account is closed."""
    found = world()
    for key in (
        "analyst",
        "member",
        "practitioner",
        "data_protection",
        "system_administrator",
        "administrator",
    ):
        found.person(key)
    member("Lay Member", "lay_member")
    dee = member("Dee Deputy", "practitioner", "agency", "elsewhere")
    chair = found.people["chair"]
    services.lend(chair.memberships.get(), dee.email, today(), today() + DAY, today=today(), by=chair.actor)
    gone = member("Gus Gone", "executive")
    services.end_membership(gone.memberships.get(), today() - DAY, version=1, by=SYSTEM)
    closed = member("Cla Closed", "executive")
    services.let_sign_in(closed, False, version=1, reason="Left", by=SYSTEM)
    return found


@pytest.fixture
def hidden(made: World) -> Action:
    """A confidential action of the group's plan, which the agency owns, and somebody by name."""
    named = make_person(None, member("Nia Named", "owner", "agency", "elsewhere"))
    return make_action(make_plan(made.group, tier=Tier.T2), made.agency, named, tier=Tier.T2)


def told(client: Client, record: Any) -> dict[str, list[str]]:
    """Whom the page names, with why."""
    address = f"/who-sees/plans/{record._meta.model_name}/{record.pk}/"
    return {
        row.name: [str(r) for r in row.reasons] for row in client.get(address).context["page"].listing.rows
    }


@pytest.fixture
def una(client: Client, made: World) -> Client:
    client.force_login(made.people["unit"])
    return client


def test_everybody_who_can_see_a_record_is_named_with_why_and_nobody_else(
    una: Client, hidden: Action
) -> None:
    named = told(una, hidden)
    can = {user.name for user in User.objects.all() if can_view_action(user.scope, hidden)}
    assert set(named) == can
    whole = "the whole partnership: reads what is confidential of the whole partnership"
    until = f"{(today() + DAY).day} {today() + DAY:%B %Y}"
    assert named == {
        "A administrator": [f"Administrator, {whole}"],
        "A analyst": [f"Analyst, {whole}"],
        "A data protection": [f"Data protection and Caldicott, {whole}"],
        "A member": ["Group member, Neglect sub-group: it stands in a plan of their group"],
        "Cy Chair": ["Group chair, Neglect sub-group: it stands in a plan of their group"],
        "Dee Deputy": [
            f"Group chair on behalf of Cy Chair, Neglect sub-group: it stands in a plan of their group, until {until}"
        ],
        "Ed Executive": [f"Executive, {whole}"],
        "Nia Named": ["Action owner, elsewhere: is named as an owner"],
        "Ola Owner": ["Action owner, Wealdshire Police: their agency owns it, or one of its people does"],
        "Sue Scrutineer": [f"Independent scrutineer, {whole}"],
        "Una Unit": [f"Business manager, {whole}"],
    }


def test_what_every_member_reads_is_read_by_every_role_that_reads_plans(una: Client, made: World) -> None:
    named = told(una, make_action(make_plan()))
    assert {"Lay Member", "A member", "Dee Deputy"} <= set(named)
    assert not {"A practitioner", "A system administrator", "Gus Gone", "Cla Closed"} & set(named)
    assert named["Lay Member"] == ["Lay member, the whole partnership: every member reads it"]


@pytest.mark.parametrize("key", ["plan", "source", "recommendation"])
def test_other_records_say_why_too(una: Client, hidden: Action, key: str) -> None:
    source = Source.objects.create(key="s", title="Review", kind="review", tier=Tier.T2)
    asked = create_recommendation(source, number="1", text="Meet fathers", by=BY, now=NOW)
    named = told(una, {"plan": hidden.plan, "source": source, "recommendation": asked}[key])
    assert ("Cy Chair" in named) == (key == "plan")
    assert named["Una Unit"] == [
        "Business manager, the whole partnership: reads what is confidential of the whole partnership"
    ]


def test_for_every_record_those_named_are_those_who_may(made: World) -> None:
    records_of_each_tier()
    for source in Source.objects.all():
        create_recommendation(source, number="1", text="Meet fathers", by=BY, now=NOW)
    services.grant(made.people["chair"], "chair", "group", "g-one", LONG_AGO, by=SYSTEM)
    services.grant(made.people["owner"], "owner", "agency", "a-two", LONG_AGO, by=SYSTEM)
    held = list(current_memberships(today()))
    scopes = {user.pk: user.scope for user in User.objects.all()}
    for seen in kinds().values():
        for number in seen.model._default_manager.order_by("?").values_list("pk", flat=True)[:20]:
            record = seen.load(number)
            found = {seer.user.pk: seer for seer in who_sees(seen, record, held)}
            assert set(found) == {pk for pk, scope in scopes.items() if seen.can_view(scope, record)}
            assert all(reason.because for seer in found.values() for reason in seer.reasons)


def test_where_no_role_is_enough_alone_all_are_named() -> None:
    """A practitioner of the agency reads no plans, a member elsewhere does not concern it: nobody by both."""
    seen = kinds()["plans", "action"]
    user = member("Mix Ed", "member", "group", "elsewhere")
    services.grant(user, "practitioner", "agency", "police", LONG_AGO, by=SYSTEM)
    held = list(current_memberships(today()))
    record = make_action(make_plan())
    needs_two = type(seen)(
        seen.app, seen.model, seen.load, lambda scope, _: len(scope.held) == 2, lambda scope, _: "two roles"
    )
    [seer] = who_sees(needs_two, record, held)
    assert [(r.membership.role, r.because) for r in seer.reasons] == [
        ("member", "two roles"),
        ("practitioner", "two roles"),
    ]


def test_whoever_may_not_see_the_record_is_not_told_who_may(
    client: Client, made: World, hidden: Action
) -> None:
    address = f"/who-sees/plans/action/{hidden.pk}/"
    for key, status in {"system_administrator": 404, "chair": 403, "data_protection": 200}.items():
        client.force_login(made.person(key))
        assert client.get(address).status_code == status
    assert client.get("/who-sees/plans/action/99999/").status_code == 404
    assert client.get("/who-sees/partners/group/1/").status_code == 404
    assert "OFFICIAL-SENSITIVE" in client.get(address).content.decode()
    for page, link in (
        (f"/actions/{hidden.reference}/", address),
        (f"/plans/{hidden.plan.key}/", "/who-sees/plans/plan/"),
    ):
        assert link in client.get(page).content.decode()
        client.force_login(made.people["executive"])
        assert "/who-sees/" not in client.get(page).content.decode()
        client.force_login(made.person("data_protection"))


def test_the_list_is_taken_away_as_csv_and_journalled(una: Client, hidden: Action) -> None:
    response = una.get(f"/who-sees/plans/action/{hidden.pk}/rows.csv")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert len(text.splitlines()) == 12
    assert 'Nia Named,nia.named@wealdshire.example,"Action owner, elsewhere: is named as an owner"' in text
    entry = Entry.objects.get(type="partners.seers_taken")
    assert (entry.tier, entry.subject_id, entry.after) == ("T2", str(hidden.pk), '{"format":"csv","rows":11}')


def test_the_page_asks_no_more_for_three_hundred_people(una: Client, hidden: Action) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert una.get(f"/who-sees/plans/action/{hidden.pk}/").status_code == 200
        return len(found)

    before = asked()
    people = User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"P {n}") for n in range(300))
    Membership.objects.bulk_create(
        Membership(user=user, role="executive", scope_kind="partnership", starts_on=LONG_AGO)
        for user in people
    )
    assert asked() == before <= 12
    page = una.get(f"/who-sees/plans/action/{hidden.pk}/?page=2").context["page"]
    assert (len(page.listing.rows), page.listing.count.number) == (50, 311)


def sees(client: Client, address: str) -> dict[str, list[tuple[str, str]]]:
    """What a page says may be seen and done: over what, and until when."""
    page, found = client.get(address).context["page"], {}
    for line in (*page.tiers, *page.permissions):
        found.setdefault(line.what, []).append((line.over, line.until))
    return found


def test_what_a_person_can_see_and_why(una: Client, made: World) -> None:
    dee = User.objects.get(name="Dee Deputy")
    person = create_person("Dee Deputy", user=dee, by=SYSTEM)
    found = sees(una, f"/partners/people/{person.pk}/account/sees/")
    until = f"{(today() + DAY).day} {today() + DAY:%B %Y}"
    assert found["Partnership records (T1)"] == [("The whole partnership", until)]
    assert found["Agency-confidential records (T2)"] == [("What belongs to Neglect sub-group", until)]
    assert found["Confirm that an action is done"] == [("Neglect sub-group", until)]
    assert found["Look up agencies, groups and people"] == [
        ("The whole partnership", ""),
        ("The whole partnership", until),
    ]
    page = una.get(f"/partners/people/{person.pk}/account/sees/").content.decode()
    assert "Group chair on behalf of Cy Chair, Neglect sub-group" in page
    rows = una.get(f"/partners/people/{person.pk}/account/sees/rows.csv")
    text = b"".join(rows.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Confirm that an action is done,Neglect sub-group" in text
    assert Entry.objects.filter(type="partners.sight_taken").count() == 1


def test_restricted_records_ask_for_their_case_list(client: Client) -> None:
    client.force_login(member("Cass Case", "case_review_officer"))
    found = sees(client, "/account/what-i-see/")
    assert found["Restricted records (T4)"] == [("Only those on whose case list they stand", "")]
    assert found["Agency-confidential records (T2)"] == [("The whole partnership", "")]


def test_somebody_without_a_role_sees_nothing_and_is_told_so(client: Client, made: World) -> None:
    client.force_login(User.objects.get(name="Gus Gone"))
    assert "You hold no role today" in client.get("/account/what-i-see/").content.decode()
    client.force_login(made.person("practitioner"))
    assert "No role opens plans, actions or sources." in client.get("/account/what-i-see/").content.decode()


def test_somebody_who_has_no_account_has_no_such_page(una: Client) -> None:
    person = create_person("Nobody Yet", by=SYSTEM)
    assert una.get(f"/partners/people/{person.pk}/account/sees/").status_code == 404
    assert "What they can see" not in una.get(f"/partners/people/{person.pk}/").content.decode()


def test_every_permission_has_words() -> None:
    assert set(PERMISSION_LABELS) == set(Permission)


@pytest.mark.parametrize("key", sorted(roles()))
def test_what_is_explained_is_what_is_held(key: str) -> None:
    """Permission by permission: over everything, or over what the membership names and nothing else."""
    kind = sorted(role(key).scopes)[0].value
    one = Membership(
        pk=1, user_id=1, role=key, scope_kind=kind, scope_key="" if kind == "partnership" else "k"
    )
    scope: Scope = scope_with(1, [one])
    lines = {each.permission: each.everywhere for each in allowed([one])}
    over = {"groups": ["k"]} if kind == "group" else {"agencies": ["k"]}
    for permission in Permission:
        assert (permission in lines) == scope.holds_anywhere(permission) == scope.holds(permission, **over)
        assert lines.get(permission, False) == scope.holds(permission)
    of_all = {each.tier for each in opened([one]) if each.of_all}
    assert (Tier.T2 in of_all) == scope.reads_all_tiers
    assert {each.tier for each in opened([one]) if each.asks_case_list} == {
        tier for tier in (Tier.T3, Tier.T4) if tier <= scope.reads and scope.holds(Permission.PLANS_VIEW)
    }
