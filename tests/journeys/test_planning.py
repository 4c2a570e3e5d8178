"""A plan's own life in a browser: rolled over, its leaver's actions given away, its quarters read; wide and narrow."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.jobs.worker import run_all
from sightline.partners.models import Partnership
from sightline.plans import services
from sightline.plans.choices import PlanState, PriorityKind
from sightline.plans.models import Action, Plan
from sightline.plans.services.places import place_action
from tests.access.people import World
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import BY
from tests.plans.viewing import DAY, THEN, old_action, old_plan, outcome_of, priority_of

pytestmark = pytest.mark.django_db(transaction=True)
WIDE = {"width": 1280, "height": 900}
SignIn = Callable[[Page, Any], None]


@pytest.fixture
def world() -> World:
    Partnership.objects.create(
        pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="WSCP", brand_colour="#0b5351"
    )
    return make_world()


@pytest.fixture
def plan(world: World) -> Plan:
    """A plan in force with a strand, a function, a key of its own, and an action of another plan."""
    plan = old_plan(
        world.group,
        name="Neglect plan",
        state=PlanState.IN_FORCE,
        legend={"On track": "green", "Slipping": "amber"},
    )
    priority = priority_of(plan)
    outcome = outcome_of(priority)
    strand = services.add_strand(priority, number="1a", title="Schools", by=BY, now=THEN)
    function = services.add_priority(
        plan, number="1", title="Learning when a child dies", kind=PriorityKind.FUNCTION, by=BY, now=THEN
    )
    for number, text, given in (
        ("1.1", "Agree one neglect toolkit", {"priority": priority, "outcome": outcome, "strand": strand}),
        ("1.2", "Train 200 people", {"priority": priority}),
        ("F.1", "Tell the partnership what could be changed", {"priority": function}),
    ):
        old_action(plan, world.agency, text=text, numbers=[number], due="2020-06-30", **given)
    other = old_action(old_plan(name="Quality plan"), world.agency, text="Audit neglect", numbers=["2.1"])
    place_action(other, plan, number="1.9", priority=priority, as_at=DAY, by=BY, now=THEN)
    services.refresh_current(list(Action.objects.all()), now=THEN.replace(year=2021))
    return plan


def test_a_plan_is_rolled_over_page_by_page(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any, screenshot: Any
) -> None:
    page = new_page(viewport=WIDE, java_script_enabled=True)
    sign_in(page, world.people["unit"])
    page.goto(f"/plans/{plan.key}/")
    axe(page)
    screenshot(page, "planning-plan", full_page=True)
    page.get_by_role("link", name="Roll over into the next plan").click()
    page.get_by_label("What is the next plan called?").fill("Neglect plan 2")
    page.get_by_role("button", name="Go on to choose actions").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What goes into Neglect plan 2?")
    page.get_by_role("group", name="What becomes of 1.1?").get_by_label("Carry").check()
    page.get_by_role("group", name="What becomes of 1.2?").get_by_label("Close").check()
    axe(page)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say why it is not carried into the next plan.").first).to_be_visible()
    axe(page)
    screenshot(page, "rolling-over", full_page=True)
    page.get_by_label("Why, if it is not carried: 1.2").fill("Done by the college")
    page.get_by_label("What becomes of the actions on this page").select_option("carry")
    page.get_by_role("button", name="Save").click()
    page.set_viewport_size(NARROW)
    assert no_sideways_scroll(page)
    screenshot(page, "rolling-over-narrow", full_page=True)
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name="Roll the plan over").click()
    run_all()
    page.goto(f"/plans/{plan.key}/next/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rolled over into Neglect plan 2")
    axe(page)
    new = Action.objects.get(carried_from__numbers__text="1.1")
    page.get_by_role("link", name=new.reference).click()
    expect(page.get_by_role("link", name="of Neglect plan").first).to_be_visible()
    axe(page)
    screenshot(page, "carried-action", full_page=True)


def test_a_leavers_actions_are_handed_over(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any, screenshot: Any
) -> None:
    page = new_page(viewport=WIDE)
    sign_in(page, world.people["unit"])
    page.goto(f"/owners/agency/{world.agency.pk}/")
    axe(page)
    screenshot(page, "whole-hand-over", full_page=True)
    page.set_viewport_size(NARROW)
    assert no_sideways_scroll(page)
    page.set_viewport_size(WIDE)
    page.get_by_role("link", name="Give these actions to somebody else").click()
    page.get_by_label("Choose 1.1: Agree one neglect toolkit").check()
    page.get_by_label("Give them to somebody else").check()
    axe(page)
    screenshot(page, "whole-change-many", full_page=True)
    page.set_viewport_size(NARROW)
    assert no_sideways_scroll(page)
    page.set_viewport_size(WIDE)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Who answers for them from now on?").select_option(label=world.group.name)
    page.get_by_label("Why?").fill("The post has gone")
    axe(page)
    page.get_by_role("button", name="Go on to look at it").click()
    axe(page)
    screenshot(page, "change-many-looked-at", full_page=True)
    page.get_by_role("button", name="Do it").click()
    run_all()
    page.reload()
    expect(page.get_by_text("It is done.")).to_be_visible()
    assert Action.objects.get(numbers__text="1.1").current_owner_label == world.group.name


def test_the_quarters_and_the_structure_are_read(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any, screenshot: Any
) -> None:
    page = new_page(viewport=WIDE)
    sign_in(page, world.people["unit"])
    for address, name in (
        (f"/plans/{plan.key}/quarters/", "quarters"),
        (f"/plans/{plan.key}/edit/", "planning"),
        (f"/plans/{plan.key}/key/", "key"),
        (f"/actions/{Action.objects.get(text='Audit neglect').reference}/places/new/", "place"),
    ):
        page.goto(address)
        axe(page)
        screenshot(page, name, full_page=True)
        page.set_viewport_size(NARROW)
        assert no_sideways_scroll(page)
        screenshot(page, f"{name}-narrow", full_page=True)
        page.set_viewport_size(WIDE)
