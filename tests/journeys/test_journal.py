"""The manager looks something up in the journal: narrows it, opens an entry, and all that was told of an action."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.events.services import seal
from sightline.partners.services import create_group, found_partnership
from sightline.plans import services
from sightline.plans.choices import Dimension, PlanState
from tests.access.people import member
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[..., None]


@pytest.fixture
def action(page: Page, sign_in: Callable[[Page, Any], None]) -> Any:
    """An action with two ratings behind it, and the manager signed in who gave them."""
    found_partnership(
        "Wealdshire Safeguarding Children Partnership",
        short_name="WSCP",
        areas=["Wealdshire"],
        brand_colour="#0b5351",
        by=SYSTEM,
    )
    manager, now = member("Mo Manager", "unit"), timezone.now()
    group = create_group("Neglect Group", by=manager.actor)
    plan = make_plan(group, "Safeguarding Plan", state=PlanState.IN_FORCE)
    action = make_action(plan, group, text="Audit every re-referral", numbers=["1.1"])
    who: dict[str, Any] = {"by": manager.actor, "now": now}
    day = timezone.localdate()
    services.rate(action, Dimension.DELIVERY, "amber", as_at=day, reason="Two audits are late", **who)
    services.rate(action, Dimension.DELIVERY, "green", as_at=day, reason="All audits came in", **who)
    seal(now)
    sign_in(page, manager)
    return action


def test_looking_something_up(page: Page, action: Any, axe: Check, screenshot: Callable[..., Path]) -> None:
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Administration").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Administration")
    axe(page)
    screenshot(page, "administration")
    page.locator("main").get_by_role("link", name="Journal", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Journal")
    axe(page)
    screenshot(page, "journal")
    page.locator("summary", has_text="Filter").click()
    page.get_by_label("Words of the reason").fill("audits came")
    page.get_by_role("button", name="Show these").click()
    row = page.locator("tbody tr", has_text="All audits came in")
    expect(row).to_contain_text("Delivery rated")
    expect(page.locator("tbody tr")).to_have_count(1)
    row.get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Delivery rated")
    expect(page.locator("main")).to_contain_text("In seal 1")
    axe(page)
    page.get_by_role("link", name="Everything recorded about this action").click()
    expect(page.locator("tbody tr").last).to_contain_text("Action added")
    axe(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto("/journal/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe(page)
