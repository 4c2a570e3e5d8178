"""Accessibility, privacy and cookies: open to all, true of the site, and written by the unit."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from sightline.events.models import Entry
from sightline.partners.models import Notice, Partnership
from sightline.statutory.pages import cookies
from tests.access.people import member
from tests.plans.making import make_user
from tests.plans.viewing import signed_in

pytestmark = pytest.mark.django_db
# The headings of the model statement of the Cabinet Office's Decision 2018/1523 and of GOV.UK's sample.
HEADINGS = [
    "How accessible this website is",
    "Feedback and contact information",
    "Reporting accessibility problems with this website",
    "Enforcement procedure",
    "Technical information about this website’s accessibility",
    "Compliance status",
    "Non-accessible content",
    "Non-compliance with the accessibility regulations",
    "Disproportionate burden",
    "Content that’s not within the scope of the accessibility regulations",
    "What we’re doing to improve accessibility",
    "Preparation of this accessibility statement",
]
FILLED = {
    "controller": "The three safeguarding partners of Wealdshire",
    "contact": "1 High Street",
    "officer_name": "Data team",
    "officer_email": "dpo@wealdshire.example",
    "lawful_basis": "Public task",
    "sharing": "The agencies",
    "retention": "Ten years",
    "accessibility_contact": "access@wealdshire.example",
    "answer_days": "10",
    "statement_prepared_on-day": "1",
    "statement_prepared_on-month": "3",
    "statement_prepared_on-year": "2026",
    "statement_reviewed_on-day": "2",
    "statement_reviewed_on-month": "4",
    "statement_reviewed_on-year": "2026",
}


@pytest.fixture
def unit() -> Client:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="W")
    return signed_in(make_user("unit"))


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize("address", ["/accessibility/", "/privacy/", "/cookies/"])
def test_everybody_can_open_them_from_the_foot_of_every_page(address: str) -> None:
    assert Client().get(address).status_code == 200
    assert f'href="{address}"' in Client().get("/sign-in/").content.decode()
    assert f'href="{address}"' in signed_in(make_user()).get("/").content.decode()


def test_the_statement_has_every_heading_of_the_model() -> None:
    html = Client().get("/accessibility/").content.decode()
    found = re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", html)
    assert found == HEADINGS
    assert "version 2.2, level AA" in html


def test_what_is_missing_is_told_to_the_unit_alone(unit: Client) -> None:
    for address in ("/privacy/", "/accessibility/"):
        assert "Still to be filled in" in text(unit.get(address))
        for other in (Client(), signed_in(make_user("executive"))):
            assert "Still to be filled in" not in text(other.get(address))
            assert "Write what your partnership" not in text(other.get(address))


def test_the_unit_writes_what_is_shown(unit: Client) -> None:
    assert unit.post("/privacy/edit/", {**FILLED, "version": "0"}).status_code == 302
    shown = text(Client().get("/privacy/"))
    for words in (
        "The three safeguarding partners", "1 High Street", "Data team,", "dpo@wealdshire.example", "Public task",
        "The agencies", "Ten years", "Last changed on",
    ):  # fmt: skip
        assert words in shown
    statement = text(Client().get("/accessibility/"))
    assert "access@wealdshire.example" in statement
    assert "within 10 working days" in statement
    assert "prepared on 1 March 2026. It was last reviewed on 2 April 2026." in statement
    assert "Still to be filled in" not in text(unit.get("/privacy/")) + text(unit.get("/accessibility/"))
    entry = Entry.objects.get(type="partners.notice_changed")
    assert entry.after_values["retention"] == "Ten years"
    assert "officer_email" not in entry.after_values


def test_what_is_typed_is_shown_as_words(unit: Client) -> None:
    unit.post("/privacy/edit/", {"retention": "<script>alert(1)</script>", "version": "0"})
    assert "<script>alert" not in Client().get("/privacy/").content.decode()


def test_the_second_of_two_is_told(unit: Client) -> None:
    other = signed_in(make_user("unit"))
    assert unit.post("/privacy/edit/", {"retention": "Ten years", "version": "0"}).status_code == 302
    told = other.post("/privacy/edit/", {"retention": "Six years", "version": "0"})
    assert told.status_code == 422
    assert "Somebody else saved this while you were writing" in text(told)
    assert "Ten years" in text(told)
    assert "Six years" in text(told)
    assert other.post("/privacy/edit/", {"retention": "Six years", "version": "1"}).status_code == 302
    assert Notice.objects.get().retention == "Six years"


def test_days_out_of_order_are_refused(unit: Client) -> None:
    reviewed = {name: value for name, value in FILLED.items() if "prepared" not in name}
    told = unit.post("/privacy/edit/", {**reviewed, "version": "0"})
    assert "Give the day the statement was prepared as well." in text(told)
    early = {**FILLED, "statement_reviewed_on-year": "2025", "version": "0"}
    assert "cannot lie before" in text(unit.post("/privacy/edit/", early))
    assert not Notice.objects.exists()


def test_others_may_not_write_it() -> None:
    for user in (make_user("chair", "group", "x"), make_user("executive"), make_user("scrutineer")):
        assert signed_in(user).get("/privacy/edit/").status_code == 403


def test_the_cookies_told_are_the_cookies_set(unit: Client) -> None:
    member("Una Unit", "unit", password="correct horse battery staple")
    client = Client(enforce_csrf_checks=True)
    client.get("/sign-in/")
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    client.post(
        "/sign-in/",
        {
            "email": "una.unit@wealdshire.example",
            "password": "correct horse battery staple",
            "csrfmiddlewaretoken": token,
        },
    )
    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    client.post("/privacy/edit/", {"retention": "Ten", "version": "0", "csrfmiddlewaretoken": token})
    assert set(client.cookies) == {cookie.name for cookie in cookies()}
    shown = text(Client().get("/cookies/"))
    assert all(cookie.name in shown for cookie in cookies())
    assert settings.SESSION_COOKIE_AGE == 12 * 60 * 60
    assert "12 hours" in shown
    assert "1 year" in shown
    assert settings.CSRF_COOKIE_AGE == 60 * 60 * 24 * 7 * 52


def test_pages_without_a_sign_in_set_no_session() -> None:
    client = Client()
    for address in ("/cookies/", "/privacy/", "/accessibility/"):
        client.get(address)
    assert set(client.cookies) == set()
