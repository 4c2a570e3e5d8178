"""A head teacher without an account answers a recommendation on a telephone, by the link and a code from her mail."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.messages.models import OutgoingMail
from sightline.partners.models import Partnership
from sightline.partners.services import create_person
from sightline.plans import services
from sightline.plans.choices import SourceKind
from tests.access.people import world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import BY

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "hana.head@school.example"


def last_mail() -> str:
    return OutgoingMail.objects.filter(to=EMAIL).latest("pk").text


def test_an_answer_by_link_and_code(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    made, now = world(), timezone.now()
    create_person("Hana Head", post="Head teacher", email=EMAIL, agency=made.agency, by=BY)
    source = services.create_source("Inspection of the front door", SourceKind.INSPECTION, by=BY, now=now)
    asked = services.create_recommendation(
        source, number="4", text="Meet fathers before decisions about their children are made.",
        addressed_to=[made.agency.name], by=BY, now=now,
    )  # fmt: skip
    unit = new_page()
    sign_in(unit, made.people["unit"])
    unit.goto(f"/sources/{source.key}/recommendations/{asked.pk}/")
    unit.get_by_role("link", name="Ask for the answer by e-mail").click()
    axe(unit)
    screenshot(unit, "return-asking")
    unit.get_by_label("Hana Head").check()
    unit.get_by_role("button", name="Send the link").click()
    expect(unit.get_by_text(f"A link is on its way to {EMAIL}.")).to_be_visible()
    screenshot(unit, "return-asked", full_page=True)

    page = new_page(viewport=NARROW)
    page.goto(re.search(r"http\S+?(/return/\S+/)", last_mail())[1])  # type: ignore[index]
    axe(page)
    screenshot(page, "return-start-360")
    page.get_by_role("button", name="Send me the code").click()
    expect(page.get_by_role("heading", name="Enter the code")).to_be_visible()
    axe(page)
    page.get_by_label("Code", exact=True).fill(re.search(r"\d{6}", last_mail())[0])  # type: ignore[index]
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Meet fathers before decisions")).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, "return-answer-360", full_page=True)
    page.get_by_label("Accepted in part").check()
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("link", name="Say why it is not accepted whole.")).to_be_visible()
    page.get_by_label("Why?").fill("For fathers who may be told safely.")
    page.get_by_label("Your response: what you do about it").fill(
        "Every plan names the father and when he was met."
    )
    page.get_by_role("button", name="Send the answer").click()
    expect(page.get_by_role("heading", name="Your answer came in")).to_be_visible()
    axe(page)
    screenshot(page, "return-done-360")
    assert "Your answer" in last_mail()

    unit.reload()
    expect(unit.get_by_text("entered by the link sent to h•••@school.example").first).to_be_visible()
    axe(unit)
    screenshot(unit, "return-came-in", full_page=True)
