"""Data protection looks at unusual access and explains it, then reads the sample of a month and signs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from sightline.access.entries import AccessEntry
from sightline.events.services import record
from sightline.partners.models import Partnership
from tests.access.people import member
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.oversight.making import make_alert, make_sample

WIDE: Any = {"width": 1280, "height": 900}
pytestmark = pytest.mark.django_db(transaction=True)


def test_unusual_access_is_explained_and_a_sample_is_read_and_signed(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    dee, una = member("Dee Data", "data_protection"), member("Una Unit", "unit")
    make_alert(una)
    with transaction.atomic():
        ways = ("password", "passkey")
        make_sample([record(AccessEntry.SIGNED_IN, by=una.actor, after={"how": how}) for how in ways])
    page = new_page(viewport=NARROW)
    sign_in(page, dee)

    page.goto("/data-protection/")
    assert no_sideways_scroll(page)
    screenshot(page, "unusual-access-360")
    page.get_by_role("link", name="Far more").first.click()
    page.set_viewport_size(WIDE)
    screenshot(page, "unusual-access-one")
    page.set_viewport_size(NARROW)
    page.get_by_label("Explained").check()
    page.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_role("alert")).to_contain_text("Say in your words what you found out")
    axe(page)
    assert no_sideways_scroll(page)
    page.get_by_label("In your words").fill("She made the yearly report that day; her manager knew of it.")
    screenshot(page, "unusual-access-one-360", full_page=True)
    page.get_by_role("button", name="Keep the answer").click()
    expect(page.get_by_text("Your answer is kept.")).to_be_visible()
    expect(page.get_by_role("table").get_by_text("Explained")).to_be_visible()

    page.get_by_role("link", name="Monthly samples of the journal").click()
    page.get_by_role("link", name="October 2026").click()
    axe(page)
    assert no_sideways_scroll(page)
    page.set_viewport_size(WIDE)
    screenshot(page, "sample")
    page.get_by_role("button", name="Look at the next entry").click()
    page.set_viewport_size(NARROW)
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, "sample-entry-360", full_page=True)
    for _ in range(2):
        page.get_by_label("In order").check()
        page.get_by_role("button", name="Keep, and go on").click()
    expect(page.get_by_text("Every entry was looked at")).to_be_visible()
    page.get_by_role("button", name="Sign the sample").click()
    expect(page.get_by_text("Dee Data").first).to_be_visible()
    expect(page.get_by_text("Signed", exact=True).first).to_be_visible()
