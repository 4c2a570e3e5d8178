"""Walking the line of sight in a browser: up to the source, down to the evidence, and back in time, by keyboard too."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.plans.models import Action, Source

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 800}
WIDE = {"width": 1280, "height": 860}


def fits(page: Page) -> bool:
    """Whether the page is no wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_from_an_inspection_to_an_embedded_action_and_back_in_time(
    wealdshire: None, new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Path]
) -> None:
    page = new_page(viewport=WIDE)
    page.goto("/sign-in/")
    page.locator("form[action='/demo/sign-in/unit/'] button").click()
    source = Source.objects.get(kind="inspection")
    page.goto(f"/sources/{source.key}/")
    page.get_by_role("link", name="What came of it?", exact=True).click()
    page.get_by_role("link", name="The whole thread").click()
    expect(page.get_by_role("heading", name="Where the thread has no end yet")).to_be_visible()
    axe(page)
    screenshot(page, "line-of-sight")

    embedded = Action.objects.filter(
        current_embedding="passed", sources__recommendation__source=source
    ).first()
    assert embedded is not None
    box = page.locator(f".sl-picture a[href='/actions/{embedded.reference}/']")
    box.focus()
    expect(box).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/actions/{embedded.reference}/$"))
    page.get_by_role("link", name="What came of it?").click()
    expect(page.get_by_text("A test has shown that it lasted.")).to_be_visible()
    page.get_by_role("link", name="Why are we doing this?").click()
    expect(page.get_by_role("link", name=source.title, exact=True)).to_be_visible()
    page.get_by_role("link", name="Time line").click()
    expect(page.get_by_role("heading", name="The same in words, oldest first")).to_be_visible()
    axe(page)
    screenshot(page, "time-line")

    page.goto(f"/plans/{embedded.plan.key}/")
    page.get_by_text("See it as it stood on a past day").click()
    then = timezone.localdate().replace(day=1)
    for part, value in (("Day", 1), ("Month", then.month), ("Year", then.year - 1)):
        page.locator("#looking-back").get_by_label(part).fill(str(value))
    page.get_by_role("button", name="Look back").click()
    expect(page.get_by_role("region", name="Looking back")).to_be_visible()
    expect(page.get_by_role("link", name="Change or add to the plan")).to_have_count(0)
    axe(page)
    screenshot(page, "as-it-stood")
    for address in ("/loose-threads/", f"/plans/{embedded.plan.key}/compare/", "/as-it-stood/"):
        page.goto(address)
        axe(page)
    page.set_viewport_size(NARROW)
    for address in (
        f"/line-of-sight/source/{source.key}/",
        f"/actions/{embedded.reference}/time-line/",
        "/loose-threads/",
        f"/plans/{embedded.plan.key}/compare/",
        "/as-it-stood/",
    ):
        page.goto(address)
        assert fits(page), address
