"""A disposal takes two people: one holds a record back and approves the rest, another carries it out; a paper stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.access.models import User
from sightline.events.disposing import FORMER_MEMBER
from sightline.jobs.worker import run_all
from sightline.partners.models import Partnership
from tests.access.people import member
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import make_plan
from tests.retention.making import make_proposed

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1280, "height": 900}


def test_one_is_held_back_the_rest_goes_and_a_certificate_stays(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#0b5351")
    dee, una = member("Dee Data", "data_protection"), member("Una Unit", "unit")
    made = make_proposed(3)
    held = made.items.order_by("number")[0].number
    first, second = new_page(viewport=WIDE), new_page(viewport=WIDE)
    sign_in(first, dee)
    sign_in(second, una)

    first.goto("/retention/")
    first.get_by_role("link", name="Closed accounts").click()
    first.get_by_role("link", name=f"Account {held}", exact=True).click()
    axe(first)
    first.get_by_role("link", name="Lay a legal hold on it").click()
    expect(first.get_by_label("One record")).to_be_checked()
    first.get_by_label("Why?").fill("The inquiry has asked that nothing of this person be destroyed.")
    first.get_by_label("On whose authority?").fill("An inquiry")
    first.get_by_role("button", name="Lay the hold").click()
    expect(first.get_by_role("heading", level=1)).to_contain_text("Stands")

    first.goto(f"/retention/disposals/{made.pk}/")
    row = first.get_by_role("row", name=f"Account {held}")
    expect(row).to_contain_text("On legal hold")
    first.get_by_label("Why?").fill("They left more than six years ago.")
    first.get_by_role("button", name="Approve").click()
    expect(first.get_by_text("You approved this. Somebody else who keeps retention")).to_be_visible()
    expect(first.get_by_role("button", name="Carry it out")).to_have_count(0)

    second.goto("/retention/")
    second.get_by_role("link", name="Closed accounts").click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("Waits for a second person")
    axe(second)
    screenshot(second, "disposal", full_page=True)
    small(second, screenshot, "disposal-360")
    second.get_by_role("button", name="Carry it out").click()
    expect(second.get_by_text("It is being carried out.")).to_be_visible()
    run_all()
    second.reload()
    second.get_by_role("link", name="Certificate").last.click()
    expect(second.get_by_role("heading", level=1)).to_contain_text("Certificate of disposal")
    expect(second.get_by_text("The list below agrees with the digest")).to_be_visible()
    facts = second.get_by_role("main")
    expect(facts).to_contain_text("Approved byDee Data")
    expect(facts).to_contain_text("Carried out byUna Unit")
    expect(facts).to_contain_text("1 on legal hold")
    expect(second.get_by_role("row", name=f"Account {held}")).to_have_count(0)
    axe(second)
    screenshot(second, "certificate-of-disposal", full_page=True)
    small(second, screenshot, "certificate-of-disposal-360")
    second.emulate_media(media="print")
    expect(second.get_by_role("heading", level=1)).to_be_visible()
    expect(second.get_by_text("Take it away as")).to_be_hidden()
    screenshot(second, "certificate-of-disposal-printed", full_page=True)
    gone = set(User.objects.filter(name=FORMER_MEMBER).values_list("pk", flat=True))
    assert (len(gone), held in gone) == (2, False)

    second.emulate_media(media="screen")
    plan = make_plan(name="Safeguarding Plan")
    second.goto(f"/plans/{plan.key}/")
    second.get_by_role("link", name="How long it is kept, and why").click()
    second.get_by_role("link", name="Lay a legal hold on everything of it").click()
    expect(second.get_by_label("Everything that belongs to", exact=True).first).to_have_value(
        f"plans.plan.{plan.pk}"
    )
    second.get_by_label("Why?").fill("A court has asked for its papers.")
    second.get_by_role("button", name="Lay the hold").click()
    second.goto(f"/retention/of/plans/plan/{plan.pk}/")
    expect(second.get_by_role("main")).to_contain_text("A court has asked for its papers.")
    axe(second)
    screenshot(second, "how-long-kept", full_page=True)
    small(second, screenshot, "how-long-kept-360")


def small(page: Page, screenshot: Callable[..., Any], name: str) -> None:
    """The same page on a telephone."""
    page.set_viewport_size(NARROW)
    assert no_sideways_scroll(page)
    screenshot(page, name, full_page=True)
    page.set_viewport_size(WIDE)
