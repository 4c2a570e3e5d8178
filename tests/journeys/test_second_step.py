"""An authenticator app and a passkey, set up and used in a real browser with an authenticator of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from tests.access.people import PASSWORD, member
from tests.journeys.test_account import sign_in
from tests.journeys.test_components_page import NARROW, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "una.unit@wealdshire.example"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def una(settings: Any) -> None:
    settings.SECOND_STEP_REQUIRED = True
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    member("Una Unit", "unit", password=PASSWORD)


def code(secret: str, ahead: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead)))


def give_password_again(page: Page) -> None:
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def test_an_authenticator_app(
    una: None, new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Any]
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, EMAIL, PASSWORD)
    expect(page.get_by_text("a password alone is too little")).to_be_visible()
    page.get_by_role("link", name="Set up an authenticator app").click()
    give_password_again(page)
    secret = page.locator("code").inner_text()
    screenshot(page, "second-step-app")
    page.get_by_label("Code that the app shows now").fill(code(secret))
    page.get_by_role("button", name="Set it up").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()
    page.goto("/plans/")
    expect(page.get_by_role("heading", name="Plans", level=1)).to_be_visible()

    other = new_page(viewport=NARROW)
    sign_in(other, EMAIL, PASSWORD)
    expect(other.get_by_role("heading", name="Second step", level=1)).to_be_visible()
    axe(other)
    assert no_sideways_scroll(other)
    screenshot(other, "second-step-360")
    other.get_by_label("Code", exact=True).fill(code(secret, 1))
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.goto("/account/steps/")
    expect(other.get_by_text("It gives a new code every 30 seconds.")).to_be_visible()
    axe(other)
    screenshot(other, "second-step-own-360")


def test_a_passkey_signs_in_by_itself(
    una: None, new_page: Callable[..., Page], axe: Callable[..., None]
) -> None:
    page = new_page()
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(page, EMAIL, PASSWORD)
    page.goto("/account/steps/passkeys/new/")
    give_password_again(page)
    axe(page)
    page.get_by_label("What do you call it?").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/account/steps/passkeys/")
    expect(page.get_by_role("term").get_by_text("Work laptop")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign out").click()

    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="What needs you", level=1)).to_be_visible()
    page.goto("/account/")
    expect(page.get_by_text("with a passkey", exact=False).first).to_be_visible()
