"""What may be published, in a browser: written for an action, read on the page of its plan; wide and narrow."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from sightline.plans import services
from tests.access.people import World
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import BY
from tests.plans.viewing import DAY, THEN, old_action, old_plan

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def world() -> World:
    Partnership.objects.create(
        pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="WSCP", brand_colour="#0b5351"
    )
    return make_world()


def test_words_for_everybody_are_written_apart_and_read_on_the_plans_page(
    page: Page,
    world: World,
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    plan = old_plan(world.group, name="Neglect plan")
    action = old_action(plan, world.agency, text="Agree one neglect toolkit", numbers=["1.1"])
    other = old_action(plan, world.agency, text="Train 200 people", numbers=["1.2"])
    old_action(plan, world.agency, text="Ask children whether help came in time", numbers=["1.3"])
    services.record_update(
        other,
        "Two teams are behind.",
        publishable="Half of all staff are trained.",
        as_at=DAY,
        by=BY,
        now=THEN,
    )
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    sign_in(page, world.people["unit"])
    page.goto(f"/actions/{action.reference}/")
    page.get_by_role("link", name="Change what may be published").click()
    page.get_by_label("What may be published?").fill(
        "All who work with children now use one way to see neglect."
    )
    page.get_by_label("Who agreed to it?").fill("The executive")
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Agreed by The executive, ")).to_be_visible()
    page.goto(f"/actions/{other.reference}/")
    expect(page.get_by_text("May be published", exact=True).first).to_be_visible()
    page.goto(f"/plans/{plan.key}/")
    page.get_by_role("link", name="What may be published").click()
    expect(page.get_by_text("All who work with children now use one way").first).to_be_visible()
    expect(page.get_by_text("Half of all staff are trained.").first).to_be_visible()
    expect(page.get_by_text("Two teams are behind.")).to_have_count(0)
    axe(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert no_sideways_scroll(page)
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Show", exact=True).select_option("With nothing yet")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_text("Train 200 people")).to_have_count(0)
    expect(page.get_by_text("Ask children whether help came in time").first).to_be_visible()
