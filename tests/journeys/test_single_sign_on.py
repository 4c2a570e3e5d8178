"""Single sign-on in a real browser, at a provider that runs in a process of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from tests.access.people import member
from tests.access.providing import running, settings_for
from tests.journeys.test_components_page import NARROW, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)


def test_single_sign_on(
    new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Any], settings: Any
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    member("Una Unit", "unit")
    settings.SECOND_STEP_REQUIRED = True
    cache.clear()
    with running() as provider:
        settings.SINGLE_SIGN_ON = settings_for(provider, name="Wealdshire Council")
        provider.tells(amr=["mfa"])
        page = new_page(viewport=NARROW)
        page.goto("/plans/")
        screenshot(page, "single-sign-on-360")
        assert no_sideways_scroll(page)
        page.get_by_role("button", name="Sign in with Wealdshire Council").click()
        page.get_by_label("Who are you?").fill("nia.new@wealdshire.example")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_text("there is no account here for nia.new@wealdshire.example")).to_be_visible()
        axe(page)
        screenshot(page, "single-sign-on-refused-360")
        page.goto("/plans/")
        page.get_by_role("button", name="Sign in with Wealdshire Council").click()
        page.get_by_label("Who are you?").fill("una.unit@wealdshire.example")
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="Plans", level=1)).to_be_visible()
        page.goto("/account/")
        expect(page.get_by_text("by single sign-on with a second step").first).to_be_visible()
