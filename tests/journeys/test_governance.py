"""The business unit at work: a membership list is confirmed, a lead confirmed by one press, attendance read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.governance import services
from sightline.governance.models import Lead, MemberList
from sightline.partners.models import Partnership
from tests.access.people import world as make_world
from tests.governance.making import HEADING, make_lead, make_terms, upload
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.meetings.making import came, make_meeting, make_published, seat_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_is_confirmed_a_lead_stands_and_attendance_is_read(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#0b5351")
    made = make_world()
    seat = seat_of(made.group, made.agency, "Ann Archer")
    came(make_meeting(made.group), seats={seat: "present"})
    make_terms(made.group)
    make_published(made.group)
    lead = make_lead(made.agency)
    Lead.objects.update(current_confirmed_on=lead.starts_on.replace(year=2025))
    upload(made.group, f"{HEADING}Brook\tBen\tThe Constables\tChief\nDale\tDee\t\tLay member\n")

    unit = new_page(viewport={"width": 1280, "height": 800})
    sign_in(unit, made.people["unit"])
    unit.goto(f"/partners/groups/{made.group.pk}/")
    unit.get_by_role("link", name="Read in a membership list").click()
    unit.get_by_role("link", name="members.tsv").click()
    unit.get_by_label("Which agency is “The Constables”?").select_option(label="Wealdshire Police")
    unit.get_by_role("button", name="Save and look again").click()
    expect(unit.get_by_text("2 rows: 2 to be taken, 0 left out.")).to_be_visible()
    axe(unit)
    screenshot(unit, "membership-list-1280", full_page=True)
    unit.get_by_role("button", name="Confirm the list").click()
    found = MemberList.objects.get()
    services.confirm_as_asked(found.pk, found.version, by=SYSTEM, now=timezone.now())
    unit.goto(f"/lists/{found.pk}/")
    expect(unit.get_by_text("2 rows: 2 taken, 0 left out.")).to_be_visible()
    unit.goto("/leads/?state=unconfirmed")
    axe(unit)
    unit.get_by_role("link", name="Wealdshire Police").click()
    unit.get_by_role("button", name="This is still right").click()
    expect(unit.get_by_text("Confirmed: Lou Lead")).to_be_visible()
    for address in (
        f"/leads/{lead.pk}/", f"/leads/{lead.pk}/change/", f"/groups/{made.group.pk}/terms/", "/meetings/published/",
        f"/groups/{made.group.pk}/terms/new/", "/meetings/published/1/",
        f"/meetings/attendance/?group={made.group.key}",
    ):  # fmt: skip
        unit.goto(address)
        axe(unit)
        unit.set_viewport_size(NARROW)
        assert no_sideways_scroll(unit), address
        unit.set_viewport_size({"width": 1280, "height": 800})
    screenshot(unit, "attendance-1280", full_page=True)
