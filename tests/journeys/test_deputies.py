"""A chair hands a role to a deputy, who acts; the unit reads who can see a confidential action, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM, Tier
from sightline.partners.models import Partnership
from sightline.partners.services import create_person
from tests.access.people import member
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db(transaction=True)


def fill_day(page: Page, legend: str, day: dt.date) -> None:
    boxes = page.get_by_role("group", name=legend)
    for part, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        boxes.get_by_label(part).fill(str(value))


def test_a_role_is_handed_on_and_everybody_can_see_why(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#0b5351")
    made, today = make_world(), timezone.localdate()
    dee = member("Dee Deputy", "member", "group", made.group.key)
    number = create_person("Dee Deputy", user=dee, by=SYSTEM).pk
    action = make_action(make_plan(made.group, tier=Tier.T2), made.agency, tier=Tier.T2)

    chair = new_page(viewport=NARROW, java_script_enabled=False)
    sign_in(chair, made.people["chair"])
    chair.goto("/account/")
    chair.get_by_role("link", name="Deputies").click()
    chair.get_by_role("link", name="Hand to a deputy").click()
    chair.get_by_label("E-mail address of your deputy").fill("somebody@wealdshire.example")
    fill_day(chair, "First day", today)
    fill_day(chair, "Last day", today + dt.timedelta(days=13))
    chair.get_by_role("button", name="Hand it on").click()
    expect(chair.get_by_role("link", name="There is no open account under this address")).to_be_visible()
    screenshot(chair, "deputy-wrong-360", full_page=True)
    chair.get_by_label("E-mail address of your deputy").fill("dee.deputy@wealdshire.example")
    chair.get_by_role("button", name="Hand it on").click()
    expect(chair.get_by_text("Dee Deputy holds it for you on these days")).to_be_visible()
    assert no_sideways_scroll(chair)
    screenshot(chair, "deputies-360", full_page=True)

    unit = new_page(viewport={"width": 1280, "height": 800})
    sign_in(unit, made.people["unit"])
    unit.goto(f"/partners/people/{number}/account/")
    expect(unit.get_by_text("Group chair on behalf of Cy Chair").first).to_be_visible()
    unit.get_by_role("link", name="What Dee Deputy can see, and why").click()
    expect(unit.get_by_text("What belongs to Neglect sub-group").first).to_be_visible()
    axe(unit)
    screenshot(unit, "what-a-person-sees-1280", full_page=True)
    unit.goto(f"/actions/{action.reference}/")
    unit.get_by_role("link", name="Who can see this, and why").click()
    expect(unit.get_by_text("their agency owns it, or one of its people does")).to_be_visible()
    axe(unit)
    screenshot(unit, "who-sees-1280", full_page=True)
    unit.set_viewport_size({"width": 360, "height": 800})
    assert no_sideways_scroll(unit)
    screenshot(unit, "who-sees-360", full_page=True)
