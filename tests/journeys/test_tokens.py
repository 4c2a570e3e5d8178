"""Somebody proves who they are, makes a token for a script, reads by it, and ends it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import APIResponse, Page, expect

from sightline.access import services
from sightline.partners.models import Partnership
from tests.access.people import PASSWORD, world
from tests.journeys.test_account import sign_in
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.journeys.test_second_step import give_password_again
from tests.plans.viewing import old_action, old_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_token_is_made_shown_once_used_and_ended(
    new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Any]
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    people = world()
    action = old_action(old_plan(people.group), people.agency, text="Ask children what they think")
    unit = people.people["unit"]
    services.set_password(unit, PASSWORD, by=unit.actor)
    program = new_page().request

    def asks(address: str, secret: str) -> APIResponse:
        return program.get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {secret}"})

    page = new_page(viewport=NARROW)
    sign_in(page, unit.email, PASSWORD)
    page.goto("/account/")
    page.get_by_role("link", name="Personal tokens").click()
    expect(page.get_by_text("You have none.")).to_be_visible()
    page.get_by_role("button", name="Make a token").click()
    give_password_again(page)
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("alert")).to_contain_text("There is a problem")
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, "token-new-360", full_page=True)
    page.get_by_label("What is it for?").fill("Monthly figures")
    page.get_by_label("Read actions").check()
    last = timezone.localdate() + timedelta(days=30)
    for box, value in (("Day", last.day), ("Month", last.month), ("Year", last.year)):
        page.get_by_label(box, exact=True).fill(str(value))
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("heading", name="Your new token")).to_be_visible()
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, "token-made-360")
    secret = page.locator("#token").inner_text()

    read = asks("actions", secret)
    assert [row["reference"] for row in read.json()["items"]] == [action.reference]
    assert asks("plans", secret).status == 403  # was not ticked

    page.get_by_role("button", name="I have copied it").click()
    expect(page.get_by_text("Last used")).to_be_visible()
    assert secret not in page.content()
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, "tokens-360")
    page.set_viewport_size({"width": 1280, "height": 720})
    screenshot(page, "tokens")
    page.get_by_role("button", name="End the token Monthly figures").click()
    expect(page.get_by_text("The token has ended.")).to_be_visible()
    assert asks("actions", secret).status == 401
