"""The shell around every page: health, colour, errors, marking, navigation, and no inline script or style."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection
from django.test import Client, RequestFactory

from sightline.partners.models import Partnership
from sightline.site import errors
from tests.access.people import SIGNED_IN, World
from tests.access.people import world as make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def partnership() -> Partnership:
    name = "Wealdshire Safeguarding Children Partnership"
    return Partnership.objects.create(pk=1, name=name, short_name="WSCP", brand_colour="#5a2d82")


def signed_in(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(world.person(role))
    return client


def text(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_health_says_ok_and_nothing_else(client: Client) -> None:
    answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_health_when_the_database_does_not_answer(client: Client) -> None:
    def broken(*_: Any) -> Any:
        raise DatabaseError("secret address")

    with connection.execute_wrapper(broken):
        answer = client.get("/health/")
    assert (answer.status_code, answer.content) == (503, b"the database does not answer\n")


def test_the_colour_of_the_partnership_is_served(client: Client, partnership: Partnership) -> None:
    answer = client.get("/brand.css")
    assert answer["Content-Type"] == "text/css; charset=utf-8"
    assert "--sl-brand:#5a2d82" in answer.content.decode()
    assert 'href="/brand.css?5a2d82"' in client.get("/sign-in/").content.decode()


def test_before_there_is_a_partnership_the_usual_colour_is_served(client: Client) -> None:
    assert "--sl-brand:#1d70b8" in client.get("/brand.css").content.decode()
    assert "Sign in – Sightline" in text(client.get("/sign-in/"))


def test_a_page_carries_the_partnerships_name_and_marking(world: World, partnership: Partnership) -> None:
    shown = text(signed_in(world, "executive").get("/"))
    assert partnership.name in shown
    assert shown.count("OFFICIAL") == 2


def test_a_page_that_is_open_to_all_carries_no_marking(client: Client, partnership: Partnership) -> None:
    assert "OFFICIAL" not in text(client.get("/sign-in/"))


def test_the_demonstration_says_so_on_every_page(client: Client, partnership: Partnership) -> None:
    assert "Wealdshire is invented" in text(client.get("/sign-in/"))


def test_a_real_partnership_is_no_demonstration(client: Client, partnership: Partnership) -> None:
    Partnership.objects.update(name="Northfold Safeguarding Children Partnership")
    assert "invented" not in text(client.get("/sign-in/"))


def test_the_accessibility_statement_is_there_for_all(client: Client, partnership: Partnership) -> None:
    shown = text(client.get("/accessibility/"))
    assert "tell the business unit of Wealdshire Safeguarding Children Partnership." in shown
    Partnership.objects.update(website="https://wealdshire.example/")
    assert "its own pages" in text(client.get("/accessibility/"))
    assert 'href="/accessibility/"' in client.get("/sign-in/").content.decode()


def test_a_refusal_says_who_can_help(world: World) -> None:
    answer = signed_in(world, "owner").get("/jobs/")
    assert answer.status_code == 403
    assert "Background work is looked after by the business unit." in text(answer)


def test_a_refusal_without_words_has_words_all_the_same() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    answer = errors.forbidden(request, PermissionError("internals"))
    assert answer.status_code == 403
    assert "this page is for others" in text(answer)
    assert "internals" not in text(answer)


def test_a_page_that_is_not_there(world: World) -> None:
    answer = signed_in(world, "owner").get("/no/such/page/")
    assert (answer.status_code, "Page not found" in text(answer)) == (404, True)


def test_the_address_of_a_form_says_so_where_nothing_was_sent(world: World) -> None:
    response = signed_in(world, "unit").get("/support/mark/")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "There is nothing to show at this address It takes what a form sends" in text(response)


def test_a_request_that_cannot_be_read(client: Client) -> None:
    answer = client.get("/sign-in/", headers={"host": "evil.example"})
    assert (answer.status_code, "could not be read" in text(answer)) == (400, True)
    assert "evil.example" not in text(answer)


def test_a_fault_of_ours_asks_the_database_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = errors.server_error(RequestFactory().get("/"))
    assert (answer.status_code, "The fault is ours" in text(answer)) == (500, True)


def test_a_form_that_was_open_too_long() -> None:
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "a@example.org"})
    assert (answer.status_code, "was open too long" in text(answer)) == (403, True)


INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", re.IGNORECASE)


@pytest.mark.parametrize("address", ["/components/", "/", "/no/such/page/", "/partners/", "/jobs/"])
def test_no_inline_script_or_style_in_any_page(world: World, address: str) -> None:
    html = signed_in(world, "unit").get(address).content.decode()
    assert INLINE.findall(html) == []
    assert html.startswith("<!DOCTYPE html>")


def test_no_inline_script_or_style_on_the_way_in(client: Client) -> None:
    assert INLINE.findall(client.get("/sign-in/").content.decode()) == []


def test_the_security_policy_allows_our_own_files_alone(client: Client) -> None:
    policy = client.get("/sign-in/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("role", SIGNED_IN)
def test_the_navigation_shows_only_what_opens(world: World, role: str) -> None:
    client = signed_in(world, role)
    page = client.get("/").content.decode()
    links = re.findall(r'class="govuk-service-navigation__link" href="([^"]+)"', page)
    assert links[0] == "/"
    assert {client.get(link).status_code for link in links} == {200}


def test_somebody_not_signed_in_has_no_navigation(client: Client) -> None:
    assert "govuk-service-navigation" not in client.get("/sign-in/").content.decode()
