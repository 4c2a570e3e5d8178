"""The list of accounts: who comes, moves and goes; accounts end with their last role, and are closed by hand."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.access import services as access
from sightline.access.models import User
from sightline.events.choices import SYSTEM, Unacceptable
from sightline.events.models import Entry
from sightline.partners import selectors, services
from sightline.partners.choices import AccountState
from sightline.partners.models import Person
from tests.access.people import PASSWORD, member, person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LIST = "/partners/accounts/"


def day(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


def held(name: str, *spans: tuple[int, int | None], password: str | None = PASSWORD) -> User:
    """An account with a role for each (first day, last day or None), as days from today."""
    user = person(name, password=password)
    for number, (first, last) in enumerate(spans):
        ends_on = None if last is None else day(last)
        access.grant(user, "owner", "agency", f"agency-{number}", day(first), ends_on=ends_on, by=SYSTEM)
    return user


@pytest.fixture
def una(client: Client) -> Client:
    client.force_login(member("Una Unit", "unit", password=PASSWORD))
    User.objects.update(last_login=timezone.now())
    return client


def names(client: Client, state: str = "", **asked: str) -> list[str]:
    listing = client.get(LIST, {"state": state, **asked}).context["page"].listing
    return [row.name for row in listing.rows]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (AccountState.COMING, ["Bo Begins", "Cy Comes"]),
        (AccountState.MOVING, ["Mo Moves"]),
        (AccountState.GOING, ["Go Goes"]),
        (AccountState.INVITED, ["Iv Invited"]),
        (AccountState.QUIET, ["Qi Quiet"]),
        (AccountState.ROLELESS, ["No Role", "Of Ended"]),
        (AccountState.CLOSED, ["Cl Closed"]),
    ],
)
def test_who_comes_moves_and_goes(una: Client, state: AccountState, expected: list[str]) -> None:
    for name, spans in {
        "Bo Begins": [(-30, None)],
        "Cy Comes": [(10, None)],
        "Mo Moves": [(-400, -3), (-2, None)],
        "Go Goes": [(-400, 30)],
        "Stay Put": [(-400, 31)],
        "No Role": [],
        "Of Ended": [(-400, -100)],
        "Cl Closed": [(-400, None)],
        "Qi Quiet": [(-400, None)],
    }.items():
        held(name, *spans)
    held("Iv Invited", (-400, None), password=None)
    User.objects.exclude(name="Iv Invited").update(last_login=timezone.now() - dt.timedelta(days=80))
    User.objects.filter(name="Qi Quiet").update(last_login=timezone.now() - dt.timedelta(days=92))
    User.objects.filter(name="Cl Closed").update(is_active=False)
    assert names(una, state) == expected


def test_a_row_tells_roles_days_and_where_it_leads(una: Client) -> None:
    police = services.create_agency("Wealdshire Police", by=SYSTEM)
    ola = services.create_person("Ola Owner", agency=police, email="ola@wealdshire.example", by=SYSTEM)
    services.open_account(ola, by=SYSTEM, now=timezone.now())
    ola.refresh_from_db()
    services.give_role(ola, "owner", police, day(-5), by=SYSTEM)
    [row] = una.get(LIST, {"words": "police"}).context["page"].listing.rows
    assert (row.href, row.agency, row.roles, row.first_on, row.last_on, row.state) == (
        f"/partners/people/{ola.pk}/account/",
        "Wealdshire Police",
        "Action owner, Wealdshire Police",
        day(-5),
        None,
        "Invited",
    )


def test_the_list_asks_no_more_for_more_accounts(una: Client, django_assert_num_queries: Any) -> None:
    for number in range(12):
        held(f"Person {number}", (-3, None))
        if number in (0, 11):
            with django_assert_num_queries(6):
                assert len(names(una)) == number + 2


def test_the_file_holds_the_rows_that_are_shown_and_is_journalled(una: Client) -> None:
    for number in range(3):
        held(f"=Person {number}", (-400, None))
    answer = una.get(f"{LIST}rows.csv", {"words": "person", "sort": "-name"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][0] == "Name"
    assert [row[0] for row in rows[1:]] == ["'=Person 2", "'=Person 1", "'=Person 0"]
    assert Entry.objects.get(type="partners.accounts_taken").after_values == {"rows": 3, "format": "csv"}


def test_an_account_ends_with_its_last_role_and_not_before() -> None:
    for name, spans in {
        "Ended": [(-400, -1)],
        "Until Today": [(-400, 0)],
        "Again Later": [(-400, -1), (20, None)],
        "Never Had": [],
    }.items():
        held(name, *spans)
    assert access.close_left_accounts(TODAY) == 1
    assert [user.name for user in User.objects.filter(is_active=False)] == ["Ended"]
    entry = Entry.objects.filter(type="access.user_changed").latest("pk")
    assert (entry.actor_kind, entry.reason) == ("system", "The last role has ended.")
    assert access.close_left_accounts(TODAY) == 0


def test_an_account_is_closed_and_opened_again_by_hand(una: Client) -> None:
    user = held("Ola Owner", (-400, None))
    ola = services.create_person("Ola Owner", user=user, email=user.email, by=SYSTEM)
    page, client = f"/partners/people/{ola.pk}/account/", Client()
    client.force_login(user)
    told = una.post(f"{page}close/", {"version": user.version, "reason": "Left"}, follow=True)
    assert "This account is closed: nobody signs in with it." in told.content.decode()
    assert client.get("/account/").status_code == 302
    assert Entry.objects.filter(type="access.user_changed").latest("pk").reason == "Left"
    with pytest.raises(Unacceptable, match="Open it again first"):
        services.give_role(Person.objects.get(pk=ola.pk), "executive", None, TODAY, by=SYSTEM)
    with pytest.raises(Unacceptable, match="Open it again first"):
        services.send_link(Person.objects.get(pk=ola.pk), by=SYSTEM, now=timezone.now())
    stale = una.post(f"{page}reopen/", {"version": user.version}, follow=True).content.decode()
    assert "The account is open again." not in stale
    assert "open again" in una.post(f"{page}reopen/", {"version": 2}, follow=True).content.decode()
    assert User.objects.get(pk=user.pk).is_active


def test_nobody_closes_the_last_account_that_looks_after_accounts(una: Client) -> None:
    user = User.objects.get(name="Una Unit")
    ola = services.create_person("Una Unit", user=user, by=SYSTEM)
    told = una.post(f"/partners/people/{ola.pk}/account/close/", {"version": 1}, follow=True)
    assert "Nobody would be left" in told.content.decode()


def test_nobody_else_reads_accounts() -> None:
    held("Ola Owner", (-400, None))
    assert not selectors.accounts(member("Sue Scrutineer", "scrutineer")).exists()
