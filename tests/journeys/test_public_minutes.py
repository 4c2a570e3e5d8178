"""Minutes go out: the unit marks what is left out, the chair reads it whole on a telephone, the unit issues it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from tests.access.people import world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.meetings.making import (
    approved,
    make_interest,
    make_item,
    make_meeting,
    make_public_of,
    minuted,
    seat_of,
)

WIDE: Any = {"width": 1280, "height": 900}
pytestmark = pytest.mark.django_db(transaction=True)


def test_minutes_are_cut_by_one_read_by_another_and_issued(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    made = world()
    seat_of(made.group, made.agency, "Pol Ice")
    item = make_item(make_meeting(made.group), "Neglect")
    make_interest(item)
    minuted(item, "Pol Ice said that Acorn House is to be closed.", decision="Adopt the tool.")
    meeting = approved(item.meeting)
    make_public_of(meeting)
    unit, chair = new_page(viewport=WIDE), new_page(viewport=NARROW)
    sign_in(unit, made.people["unit"])
    sign_in(chair, made.people["chair"])

    unit.goto(f"/meetings/{meeting.pk}/")
    unit.get_by_role("link", name="Public version of the minutes").click()
    axe(unit)
    unit.get_by_role("button", name="Say what the public reads").click()
    box = unit.get_by_label("Item 1: what was said, decided and is to be done")
    words = box.input_value()
    assert "[[Pol Ice => Wealdshire Police]]" in words
    box.fill(words.replace("Acorn House", "[[Acorn Hall]]"))
    unit.get_by_label("Show it, without what stands in [[ ]]").check()
    unit.get_by_role("button", name="Save").click()
    expect(unit.get_by_text("Words are left out here, never changed").first).to_be_visible()
    box.fill(words.replace("Acorn House", "[[Acorn House]]"))
    unit.get_by_label("Item 1: why are words left out?").select_option("personal information")
    axe(unit)
    screenshot(unit, "public-form", full_page=True)
    unit.get_by_role("button", name="Save").click()

    chair.goto(f"/meetings/{meeting.pk}/public/")
    expect(chair.get_by_text("said that [left out: personal information] is to be closed.")).to_be_visible()
    assert no_sideways_scroll(chair)
    axe(chair)
    screenshot(chair, "public-360", full_page=True)
    chair.get_by_role("link", name="I have read it whole, and it may be issued").click()
    chair.get_by_role("button", name="Save").click()
    unit.goto(f"/meetings/{meeting.pk}/public/")
    unit.get_by_role("link", name="Issue it").click()
    unit.get_by_role("button", name="Save").click()
    expect(unit.get_by_text("Issued").first).to_be_visible()
    with unit.expect_download() as taken:
        unit.get_by_role("link", name="Web page").click()
    page = taken.value.path().read_text()
    assert "[left out: personal information]" in page
    assert "Acorn" not in page
