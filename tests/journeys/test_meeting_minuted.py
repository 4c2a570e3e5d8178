"""A meeting is minuted live by two people, the network cut in the middle; the next agenda shows what was carried."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from tests.access.people import world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.meetings.making import make_meeting, make_rule, make_series, seat_of

WIDE: Any = {"width": 1280, "height": 900}
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_meeting_is_minuted_by_two_at_once_with_the_network_cut(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    made, today = world(), timezone.localdate()
    seat_of(made.group, made.agency, "Pol Ice")
    make_rule(made.group, least_agencies=1)
    series = make_series(made.group, standing="Neglect")
    meeting = make_meeting(made.group, today, series=series)
    later = make_meeting(made.group, today + timedelta(days=90), series=series)
    unit, chair = new_page(viewport=WIDE), new_page(viewport=NARROW)
    sign_in(unit, made.people["unit"])
    sign_in(chair, made.people["chair"])

    chair.goto(f"/meetings/{meeting.pk}/")
    chair.get_by_role("link", name="Enter who came").click()
    chair.get_by_label("Attendance of Wealdshire Police").select_option("Present remotely")
    assert no_sideways_scroll(chair)
    axe(chair)
    screenshot(chair, "attending-360", full_page=True)
    chair.get_by_role("button", name="Save attendance").click()
    expect(chair.get_by_text("1 of 1 seat filled.")).to_be_visible()

    unit.goto(f"/meetings/{meeting.pk}/minutes/")
    chair.goto(f"/meetings/{meeting.pk}/minutes/")
    unit.get_by_label("Minute").fill("The nurse said no.")
    expect(unit.get_by_role("status")).to_contain_text("Saved at")
    unit.context.set_offline(True)
    unit.get_by_label("Minute").press_sequentially(" The police said yes.")
    expect(unit.get_by_text("Not saved yet: kept in this browser, and tried again.")).to_be_visible()
    unit.context.set_offline(False)
    expect(unit.get_by_role("status")).to_contain_text("Saved at")
    assert unit.evaluate("Object.keys(localStorage)") == []

    chair.get_by_label("Minute").fill("We adopt the tool.")
    chair.get_by_label("Decision").fill("Adopt the tool.")
    chair.get_by_label("Action", exact=True).fill("Tell the teams — Wealdshire Police — 1 March 2030")
    chair.get_by_label("Take this item to the next meeting").check()
    chair.get_by_label("Minute").press("Control+Enter")
    expect(chair.get_by_text("Both texts are kept: join them into one, and save.")).to_be_visible()
    box = chair.get_by_label("Minute")
    expect(box).to_have_value("The nurse said no. The police said yes.\n\nWe adopt the tool.")
    expect(chair.locator("[data-says]")).to_have_text("")
    assert chair.evaluate("Object.keys(localStorage)") == []
    assert no_sideways_scroll(chair)
    axe(chair)
    screenshot(chair, "minutes-360", full_page=True)
    chair.get_by_role("button", name="Save").click()

    unit.goto(f"/meetings/{later.pk}/")
    expect(unit.get_by_text("Carried from the meeting on")).to_be_visible()
    expect(unit.get_by_text("Tell the teams — Wealdshire Police")).to_be_visible()
    axe(unit)
    screenshot(unit, "meeting-next", full_page=True)
    unit.goto(f"/meetings/{meeting.pk}/")
    expect(unit.get_by_text("Cy Chair, as the chair corrected it")).to_have_count(1)
    expect(unit.get_by_text("Two people wrote at once.")).to_have_count(0)
    screenshot(unit, "meeting-minuted", full_page=True)

    unit.goto(f"/meetings/{meeting.pk}/minutes/")
    unit.route(
        "**/minutes/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )
    typed = {"Minute": "Cut off.", "Decision": "Ask again.", "Action": "Ring them — Wealdshire Police"}
    for label, words in typed.items():
        unit.get_by_label(label, exact=True).fill(words)
    unit.get_by_role("button", name="Save item 1").click()
    expect(unit.get_by_text("Not saved yet: kept in this browser, and tried again.")).to_be_visible()
    unit.reload()
    expect(unit.get_by_text("Words that were not saved yet were brought back.")).to_be_visible()
    for label, words in typed.items():
        expect(unit.get_by_label(label, exact=True)).to_have_value(words)
    unit.unroute("**/minutes/")
    unit.get_by_label("Decision").press("Control+Enter")
    expect(unit.get_by_text("Saved: Neglect.")).to_be_visible()
    expect(unit.get_by_text("Ask again.")).to_have_count(1)
    assert unit.evaluate("Object.keys(localStorage)") == []
    unit.context.set_offline(True)
    unit.get_by_label("Minute").press_sequentially(" More.")
    assert len(unit.evaluate("Object.keys(localStorage)")) == 1
    unit.context.set_offline(False)
    unit.get_by_role("button", name="Sign out").click()
    expect(unit.get_by_role("heading", name="Sign in")).to_be_visible()
    assert unit.evaluate("Object.keys(localStorage)") == []
