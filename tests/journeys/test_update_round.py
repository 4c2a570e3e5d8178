"""The unit opens a round, and an owner without an account tells on a telephone, by the link, how her actions stand."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.messages.models import OutgoingMail
from sightline.partners.models import Partnership
from sightline.partners.services import create_person
from sightline.plans.choices import PlanState
from sightline.requests.services import send_due
from tests.access.people import world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import BY, make_action, make_plan

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "hana.head@school.example"


def test_a_round_is_opened_and_answered_by_link(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    made, until = world(), timezone.localdate() + timedelta(days=20)
    create_person("Hana Head", post="Head teacher", email=EMAIL, agency=made.agency, by=BY)
    plan = make_plan(made.group, state=PlanState.IN_FORCE)
    make_action(plan, made.agency, text="Audit every re-referral within two weeks.", due="2026-01-31")
    make_action(plan, made.agency, text="Ask children how they were heard.", numbers=["1.2"])
    unit = new_page()
    sign_in(unit, made.people["unit"])
    unit.goto(f"/plans/{plan.key}/")
    unit.get_by_role("link", name="Ask owners how it stands").click()
    unit.get_by_label("What is the round called?").fill("Update for the winter meeting")
    for part, value in (("Day", until.day), ("Month", until.month), ("Year", until.year)):
        unit.get_by_label(part).fill(str(value))
    unit.get_by_label(made.agency.name).select_option(label=f"Hana Head, {EMAIL}")
    axe(unit)
    screenshot(unit, "round-opening", full_page=True)
    unit.get_by_role("button", name="Open the round").click()
    expect(unit.get_by_text("1 person asked, 0 answered.")).to_be_visible()
    send_due(now=timezone.now())

    page = new_page(viewport=NARROW)
    page.goto(re.search(r"http\S+?(/update/\S+/)", OutgoingMail.objects.get(to=EMAIL).text)[1])
    expect(page.get_by_role("heading", name="How do your actions stand?")).to_be_visible()
    assert no_sideways_scroll(page)
    axe(page)
    screenshot(page, "update-by-link-360", full_page=True)
    page.get_by_label("On track").first.check()
    page.get_by_label("What happened since?").last.fill("Twelve children were asked.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Nothing was sent yet, and nothing you wrote is lost.")).to_be_visible()
    assert no_sideways_scroll(page)
    axe(page)
    screenshot(page, "update-by-link-put-right-360")
    page.get_by_label("Why?").first.fill("The last ten are being audited this week.")
    page.get_by_label("Year").first.fill("2100")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("What you told us came in.")).to_be_visible()
    assert OutgoingMail.objects.filter(to=EMAIL).latest("pk").subject == "What you told us came in"

    unit.reload()
    expect(unit.get_by_text("1 person asked, 1 answered.")).to_be_visible()
    axe(unit)
    screenshot(unit, "round", full_page=True)
    unit.set_viewport_size(NARROW)
    assert no_sideways_scroll(unit)
    screenshot(unit, "round-360", full_page=True)
    unit.get_by_role("link", name="Rounds", exact=True).click()
    expect(unit.get_by_text("Stands: 31 January 2026. Asked for: 31 January 2100")).to_be_visible()
    screenshot(unit, "round-new-dates", full_page=True)
