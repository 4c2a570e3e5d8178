"""Support sessions: whoever supplies Sightline is let in for some hours, and all of it is written down."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from sightline.access.choices import CannotBeLent, NotTogether, Permission
from sightline.access.models import Membership, Session, User
from sightline.access.reviewing import kinds
from sightline.access.services import close_left_accounts, grant, mark_supplier
from sightline.access.services.lending import lend
from sightline.events.choices import SYSTEM, StaleRecord, Tier
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.oversight.choices import NotYet
from sightline.oversight.models import SupportSession
from sightline.oversight.rules.support import support_numbers, why_not
from sightline.oversight.services.support import end_session, end_what_is_over, open_session
from sightline.partners.services import found_partnership
from tests.access.people import LONG_AGO, World, person, world
from tests.oversight.making import make_supplier, make_support

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> World:
    found_partnership("Wealdshire", short_name="W", areas=["W"], brand_colour="#0b5351", by=SYSTEM)
    return world()


def fresh(account: User) -> User:
    return User.objects.get(pk=account.pk)


def later(session: SupportSession, hours: int) -> None:
    """The session as if it had been opened so many hours before."""
    before = dt.timedelta(hours=hours)
    times = {"opened_at": session.opened_at - before, "until": session.until - before}
    SupportSession.objects.filter(pk=session.pk).update(**times)
    Membership.objects.filter(pk=session.membership_id).update(until=session.until - before)


@pytest.mark.parametrize(
    ("role", "hours", "ticked", "why"),
    [
        ("lay_member", 4, False, ""),
        ("analyst", 1, True, ""),
        ("analyst", 1, False, "opens confidential records"),
        ("lay_member", 0, False, "one hour at least"),
        ("lay_member", 5, False, "4 at most"),
        ("case_review_officer", 1, True, "Choose one of the roles"),
        ("system_administrator", 1, True, "Choose one of the roles"),
    ],
)
def test_a_session_is_timed_and_of_few_roles(role: str, hours: int, ticked: bool, why: str) -> None:
    refusal = why_not(role, hours, ticked)
    assert why in refusal
    assert bool(why) == bool(refusal)


def test_no_role_of_support_opens_t3_or_keeps_access() -> None:
    roles = support_numbers().roles
    assert all(role.reads <= Tier.T2 and Permission.ACCESS_MANAGE not in role.allows for role in roles)


def test_the_suppliers_account_holds_no_standing_role(people: World) -> None:
    supplier = make_supplier()
    with pytest.raises(NotTogether, match="open a support session"):
        grant(supplier, "lay_member", "partnership", "", LONG_AGO, by=SYSTEM)
    with pytest.raises(NotTogether, match="End it first"):
        mark_supplier(people.people["owner"], True, on=timezone.localdate(), reason="No", by=SYSTEM)
    until = timezone.now() + dt.timedelta(hours=1)
    with pytest.raises(ValueError, match="supplier"):
        grant(people.people["owner"], "lay_member", "partnership", "", LONG_AGO, until=until, by=SYSTEM)


def test_a_session_lets_in_until_its_moment_and_not_after(people: World) -> None:
    session = make_support(people.people["unit"])
    supplier = session.account
    assert fresh(supplier).scope.role_keys == {"lay_member"}
    later(session, 2)
    assert fresh(supplier).scope.role_keys == frozenset()
    assert SupportSession.objects.get().ended_at is None  # the role is gone before anybody notes it
    assert end_what_is_over(timezone.now()) == 1
    assert end_what_is_over(timezone.now()) == 0
    ended = SupportSession.objects.get()
    assert (ended.ended_at, ended.ended_by_label) == (ended.until, "Sightline")
    assert close_left_accounts(timezone.localdate() + dt.timedelta(days=9)) == 0


def test_a_browser_that_is_signed_in_sees_nothing_once_the_time_is_over(
    people: World, client: Client
) -> None:
    session = make_support(people.people["unit"])
    client.force_login(session.account)
    assert client.get("/plans/").status_code == 200
    later(session, 2)
    assert client.get("/plans/").status_code == 403


def test_the_form_is_for_whoever_gives_a_role_that_support_may_have(people: World, client: Client) -> None:
    for role, offered in (("unit", True), ("system_administrator", False)):
        client.force_login(people.person(role) if role not in people.people else people.people[role])
        page = client.get("/support/").content.decode()
        assert ("Open the session" in page, "Ask the business unit" in page) == (offered, not offered)


def test_a_click_ends_it_and_signs_them_out(people: World, client: Client) -> None:
    session = make_support(people.people["unit"])
    theirs = Client()
    theirs.force_login(session.account)
    client.force_login(people.people["unit"])
    assert "End the session now" in client.get(f"/support/{session.pk}/").content.decode()
    for _ in range(2):
        assert client.post(f"/support/{session.pk}/end/").status_code == 302
    assert not Session.objects.filter(user=session.account).exists()
    assert fresh(session.account).scope.role_keys == frozenset()
    assert not WorkItem.objects.filter(kind="support session").exists()
    with pytest.raises(StaleRecord):
        end_session(session, by=SYSTEM, now=timezone.now())
    assert theirs.get("/plans/").status_code == 302
    assert "End the session now" not in client.get(f"/support/{session.pk}/").content.decode()
    # The same account may be let in again on the same day.
    again = open_session(
        fresh(session.account),
        "lay_member",
        1,
        "Once more",
        opens_confidential=False,
        by=SYSTEM,
        now=timezone.now(),
    )
    assert fresh(again.account).scope.role_keys == {"lay_member"}


def test_all_that_is_opened_is_journalled_under_the_session_and_told_on_every_page(
    people: World, client: Client
) -> None:
    unit = people.people["unit"]
    session = make_support(unit, "analyst", opens_confidential=True)
    client.force_login(session.account)
    shown = client.get("/plans/?q=secret").content.decode()
    assert "Support session until" in shown
    assert "The import stands still" in shown
    assert client.get("/jobs/").status_code == 403  # refused by the guard, which has an entry of its own
    used = Entry.objects.filter(type="oversight.support_used")
    assert [(e.after_values["page"], e.tier, e.subject_id) for e in used] == [
        ("/plans/", "T2", str(session.pk))
    ]
    client.force_login(unit)
    rows = client.get(f"/support/{session.pk}/").context["page"].listing.rows
    assert {row.what for row in rows} == {"Page opened in a support session", "Page refused"}
    assert "Support session until" not in client.get("/plans/").content.decode()
    assert Entry.objects.filter(type="oversight.support_used").count() == 1


def test_the_unit_sees_a_running_session_on_its_first_page(people: World, client: Client) -> None:
    make_support(people.people["unit"])
    client.force_login(people.people["unit"])
    assert "A support session is running" in client.get("/").content.decode()


def test_one_session_at_once_for_a_reason_by_who_may_give_the_role(people: World) -> None:
    session = make_support(people.people["unit"])
    who: dict[str, Any] = {"opens_confidential": False, "by": SYSTEM, "now": timezone.now()}
    supplier = fresh(session.account)
    with pytest.raises(NotYet, match="running already"), transaction.atomic():
        open_session(supplier, "lay_member", 1, "Again", **who)
    end_session(session, by=SYSTEM, now=timezone.now())
    with pytest.raises(NotYet, match="what for"):
        open_session(supplier, "lay_member", 1, " ", **who)
    with pytest.raises(NotYet, match="not marked"):
        open_session(person("Ann Other"), "lay_member", 1, "In", **who)
    who["by"] = people.people["owner"].actor
    with pytest.raises(PermissionDenied):
        open_session(supplier, "lay_member", 1, "In", **who)
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportSession.objects.update(reason="")


def test_the_next_session_opens_though_nobody_noted_that_the_last_is_over(people: World) -> None:
    session = make_support(people.people["unit"])
    later(session, 2)
    who: dict[str, Any] = {"opens_confidential": False, "by": SYSTEM, "now": timezone.now()}
    again = open_session(fresh(session.account), "lay_member", 1, "Again", **who)
    assert list(SupportSession.objects.filter(ended_at=None)) == [again]


@pytest.mark.parametrize("address", ["/set-password/{}/", "/return/{}/"])
def test_a_link_that_lets_in_is_written_down_without_its_secret(
    people: World, client: Client, address: str
) -> None:
    session = make_support(people.people["unit"])
    client.force_login(session.account)
    client.get(address.format("sorrel-secret"))
    entry = Entry.objects.filter(type="oversight.support_used").earliest("pk")
    assert entry.after_values["page"] == address.format("…")


def test_what_a_session_gave_is_lent_to_nobody_and_reviewed_by_nobody(people: World) -> None:
    session = make_support(people.people["unit"], "analyst", opens_confidential=True)
    own, today = session.membership, timezone.localdate()
    with pytest.raises(CannotBeLent):
        lend(own, people.people["owner"].email, today, today, by=session.account.actor, today=today)
    assert own.pk not in {grant.number for grant in kinds()["membership"].held(today, Tier.T2)}


def test_the_page_lets_in_and_says_what_is_wrong(people: World, client: Client) -> None:
    account = person("Sid Supplier")
    client.force_login(people.people["unit"])
    assert client.post("/support/mark/", {"account": account.pk}).status_code == 302
    # Whoever holds a role is not offered.
    assert client.post("/support/mark/", {"account": people.people["owner"].pk}).status_code == 422
    sent = {"account": account.pk, "role": "analyst", "hours": 2, "reason": "The import stands still"}
    wrong = client.post("/support/", sent)
    assert (wrong.status_code, "opens confidential records" in wrong.content.decode()) == (422, True)
    nothing = client.post("/support/", sent | {"role": "lay_member", "opens_confidential": "on"})
    assert (nothing.status_code, "opens nothing confidential" in nothing.content.decode()) == (422, True)
    done = client.post("/support/", sent | {"opens_confidential": "on"})
    assert (done.status_code, SupportSession.objects.get().opened_by_label) == (302, "Una Unit")
    again = client.post("/support/", sent | {"opens_confidential": "on"})
    assert (again.status_code, "running already" in again.content.decode()) == (422, True)
    session = SupportSession.objects.get().pk
    assert "As soon as they open a page" in client.get(f"/support/{session}/").content.decode()
    client.force_login(people.person("system_administrator"))
    assert "your role does not read" in client.get(f"/support/{session}/").content.decode()
    client.force_login(people.person("data_protection"))
    assert client.get("/support/").status_code == 200
    assert client.post("/support/", sent).status_code == 403
