"""Somebody types a child's name beside an age, is asked, and says why it must stand there."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.access.people import world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.viewing import old_action, old_plan

pytestmark = pytest.mark.django_db(transaction=True)


def test_whoever_names_a_child_is_asked_and_may_say_why(
    page: Page,
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    people = world()
    action = old_action(old_plan(people.group), people.agency, text="Ask children what they think")
    sign_in(page, people.people["unit"])
    page.goto(f"/actions/{action.reference}/update/")
    page.get_by_label("What has happened since?").fill("Mia (7) told us that nobody had asked her before.")
    page.get_by_role("button", name="Record the update").click()
    expect(page.get_by_role("alert")).to_contain_text("“Mia” looks like a child’s name beside an age.")
    axe(page)
    screenshot(page, "kept-knowingly", full_page=True)
    page.set_viewport_size(NARROW)
    assert no_sideways_scroll(page)
    screenshot(page, "kept-knowingly-360", full_page=True)
    page.get_by_label("Why must “Mia” stand here?").fill("An invented name, from our own leaflet")
    page.get_by_role("button", name="Record the update").click()
    page.wait_for_url(f"**/actions/{action.reference}/")
    expect(page.get_by_text("Mia (7) told us").first).to_be_visible()
