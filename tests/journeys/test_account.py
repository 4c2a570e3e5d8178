"""From an invitation to a password, and out again: in this browser and in all others."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.jobs.worker import run_all
from sightline.messages.models import OutgoingMail
from sightline.partners.models import Partnership
from sightline.partners.services import create_agency, create_person
from tests.access.people import PASSWORD, member
from tests.journeys.test_components_page import NARROW, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "ola.owner@wealdshire.example"


def link() -> str:
    """Where the last mail to Ola leads."""
    text = OutgoingMail.objects.filter(to=EMAIL).latest("pk").text
    return re.search(r"http\S+?(/set-password/\S+/)", text)[1]  # type: ignore[index]


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_invitation_a_password_and_signing_out_everywhere(
    new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Any]
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    member("Una Unit", "unit", password=PASSWORD)
    ola = create_person("Ola Owner", agency=create_agency("Police", by=SYSTEM), email=EMAIL, by=SYSTEM)

    unit = new_page()
    sign_in(unit, "una.unit@wealdshire.example", PASSWORD)
    unit.goto(f"/partners/people/{ola.pk}/account/")
    unit.get_by_role("button", name="Open an account and send an invitation").click()
    expect(unit.get_by_text("The account is open, and an invitation is on its way.")).to_be_visible()
    axe(unit)

    telephone = new_page(viewport=NARROW, java_script_enabled=False)
    telephone.goto(link())
    telephone.get_by_label("Your new password").fill("short")
    telephone.get_by_role("button", name="Set the password").click()
    expect(telephone.get_by_role("link", name=re.compile("too short"))).to_be_visible()
    telephone.get_by_label("Your new password").fill(PASSWORD)
    telephone.get_by_role("button", name="Set the password").click()
    expect(telephone.get_by_text("Your password is set. Sign in with it.")).to_be_visible()
    sign_in(telephone, EMAIL, PASSWORD)

    desk = new_page()
    sign_in(desk, EMAIL, PASSWORD)
    desk.get_by_role("link", name="Your account").click()
    expect(desk.get_by_text("This browser.")).to_be_visible()
    axe(desk)
    screenshot(desk, "account")
    desk.get_by_role("button", name="Sign out everywhere else").click()
    expect(desk.get_by_text("Signed out everywhere else (1).")).to_be_visible()
    telephone.goto("/account/")
    expect(telephone.get_by_role("heading", name="Sign in", level=1)).to_be_visible()

    desk.set_viewport_size(NARROW)
    desk.goto("/account/")
    assert no_sideways_scroll(desk)
    screenshot(desk, "account-360")


def test_a_forgotten_password(page: Page, axe: Callable[..., None]) -> None:
    member("Ola Owner", "executive", password="forgotten by its person")
    page.goto("/sign-in/")
    page.get_by_text("I cannot sign in").click()
    page.get_by_role("link", name="Get a link for a new password").click()
    page.get_by_label("E-mail address").fill(EMAIL)
    axe(page)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your e-mail")).to_be_visible()
    axe(page)
    run_all()
    page.goto(link())
    axe(page)
    page.get_by_label("Your new password").fill(PASSWORD)
    page.get_by_role("button", name="Set the password").click()
    sign_in(page, EMAIL, PASSWORD)
    expect(page.get_by_role("link", name="Your account")).to_be_visible()
