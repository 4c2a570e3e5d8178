"""A secretary at work: a seat is added, filled, given a deputy and left vacant; the chart is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.partners.models import Partnership
from sightline.partners.services import create_group, create_person
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.journeys.test_deputies import fill_day
from tests.partners.making import fill, make_seat

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1280, "height": 800}


def fill_seat(page: Page, who: str, kind: str) -> None:
    page.get_by_role("button", name="Put somebody into this seat").click()
    page.get_by_label("Who?").select_option(label=who)
    page.get_by_label(kind, exact=True).check()
    fill_day(page, "First day", timezone.localdate())
    page.get_by_role("button", name="Put them into the seat").click()
    expect(page.get_by_text("is in the seat.")).to_be_visible()


def test_a_secretary_keeps_the_seats_of_a_group(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#0b5351")
    made = make_world()
    board = create_group("Executive", kind="executive", by=SYSTEM)
    made.group.parent = board
    made.group.save(update_fields=["parent"])
    chair = create_person("Ann Chair", post="Head of Safeguarding", agency=made.agency, by=SYSTEM)
    fill(make_seat(made.group, words="Chair", position="chair", is_essential=True), chair)
    for name in ("Bea Holder", "Cas Deputy"):
        create_person(name, post="Officer", agency=made.agency, by=SYSTEM)

    unit = new_page(viewport=WIDE)
    sign_in(unit, made.people["unit"])
    unit.goto(f"/partners/groups/{made.group.pk}/")
    unit.get_by_role("button", name="Add a seat").click()
    unit.get_by_label("Wealdshire Police").check()
    unit.get_by_label("Essential: meetings need this seat").check()
    axe(unit)
    screenshot(unit, "seat-new-1280", full_page=True)
    unit.get_by_role("button", name="Add the seat").click()
    expect(unit.get_by_text("Nobody holds it today.")).to_be_visible()
    fill_seat(unit, "Bea Holder, Officer, Wealdshire Police", "Holder of the seat")
    fill_seat(unit, "Cas Deputy, Officer, Wealdshire Police", "Deputy")
    axe(unit)
    screenshot(unit, "seat-1280", full_page=True)
    unit.get_by_role("link", name=re.compile("Leaves the seat.*Bea Holder")).click()
    unit.get_by_label("They never held it: this was entered by mistake").check()
    unit.get_by_role("button", name="Save").click()
    expect(unit.get_by_text("Nobody holds it today.")).to_be_visible()
    unit.get_by_role("link", name=made.group.name).first.click()
    expect(unit.get_by_text("1 vacant")).to_be_visible()
    axe(unit)
    screenshot(unit, "seats-1280", full_page=True)
    unit.set_viewport_size(NARROW)
    screenshot(unit, "seats-360", full_page=True)
    assert no_sideways_scroll(unit)
    unit.goto("/partners/structure/")
    assert no_sideways_scroll(unit)
    unit.set_viewport_size(WIDE)
    axe(unit)
    screenshot(unit, "structure-1280", full_page=True)
