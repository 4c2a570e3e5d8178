"""What a plan's actions refer to, in a browser: not matched yet, matched by hand, read on the action."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from sightline.plans.choices import ReferenceKind
from sightline.plans.services import ReferenceGiven
from tests.access.people import World
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.viewing import old_action, old_plan

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def world() -> World:
    Partnership.objects.create(
        pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="WSCP", brand_colour="#0b5351"
    )
    return make_world()


def test_somebody_says_what_a_reference_means(
    page: Page,
    world: World,
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    plan, other = old_plan(world.group, name="Neglect plan"), old_plan(world.group, name="Early help plan")
    given = [ReferenceGiven(ReferenceKind.OTHER_PLAN, "7", "The early help plan")]
    action = old_action(plan, world.agency, text="Use one neglect toolkit", numbers=["1.1"], references=given)
    old_action(other, world.agency, text="Train every nursery in the toolkit", numbers=["7"])
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    sign_in(page, world.people["unit"])
    page.goto(f"/plans/{plan.key}/")
    page.get_by_role("link", name="What its actions refer to").click()
    expect(page.get_by_text("No plan of this name is here yet.")).to_be_visible()
    axe(page)
    screenshot(page, "references")
    page.get_by_role("link", name="Say what is meant").click()
    axe(page)
    page.get_by_label("Another action, named below").check()
    page.get_by_label("Another action", exact=True).fill("every nursery")
    page.get_by_role("button", name="Save").click()
    axe(page)
    page.get_by_label("7 Train every nursery in the toolkit").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="7 Train every nursery in the toolkit")).to_be_visible()
    page.set_viewport_size(NARROW)
    for address in (f"/actions/{action.reference}/", f"/plans/{plan.key}/references/?which=matched"):
        page.goto(address)
        axe(page)
        assert no_sideways_scroll(page), address
