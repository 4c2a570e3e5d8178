"""One click, and one is somebody of Wealdshire: in the demonstration, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sightline.demo.selectors import player_of, players
from sightline.events.models import Entry
from sightline.partners.models import Partnership
from tests.access.people import member, person

pytestmark = pytest.mark.django_db
NAME = "Wealdshire Safeguarding Children Partnership"


def found(name: str = NAME) -> None:
    Partnership.objects.create(pk=1, name=name, short_name="WSCP", brand_colour="#0b5351")


def test_the_first_who_holds_a_role_stands_for_it() -> None:
    first, _second = member("Una Unit", "unit"), member("Umar Unit", "unit")
    chair = member("Cy Chair", "chair", "group", "neglect")
    person("Nobody Much")
    assert [(player.role, player.role_name, player.user) for player in players()] == [
        ("unit", "Business manager", first),
        ("chair", "Group chair", chair),
    ]
    assert player_of("owner") is None


def test_whose_account_is_closed_stands_for_nothing() -> None:
    user = member("Una Unit", "unit")
    type(user).objects.filter(pk=user.pk).update(is_active=False)
    assert players() == []


def test_a_click_signs_one_in_and_the_journal_says_how() -> None:
    found()
    chair = member("Cy Chair", "chair", "group", "neglect")
    client = Client()
    response = client.post("/demo/sign-in/chair/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(chair.pk)
    assert Entry.objects.filter(actor_user_id=chair.pk).latest("pk").after == '{"how":"demo"}'


def test_the_sign_in_page_offers_everybody() -> None:
    found()
    member("Cy Chair", "chair", "group", "neglect")
    page = Client().get("/sign-in/").content.decode()
    assert ("/demo/sign-in/chair/" in page, "Cy Chair" in page) == (True, True)


@pytest.mark.parametrize(("name", "is_on"), [("Elsewhere Safeguarding Partnership", True), (NAME, False)])
def test_elsewhere_it_is_not_there(settings: Any, name: str, is_on: bool) -> None:
    address = reverse("demo:sign_in", args=["unit"])  # the addresses are read once, under the usual settings
    settings.DEMO_SIGN_IN = is_on
    found(name)
    member("Una Unit", "unit")
    client = Client()
    assert client.post(address).status_code == 404
    assert "/demo/sign-in/" not in client.get("/sign-in/").content.decode()
    assert "_auth_user_id" not in client.session


def test_a_role_nobody_holds_and_a_mere_look_open_nothing() -> None:
    found()
    member("Una Unit", "unit")
    assert Client().post("/demo/sign-in/owner/").status_code == 404
    assert Client().get("/demo/sign-in/unit/").status_code == 405
