"""From the list of plans to an action and back: filter, read, tell; two people at once; wide, narrow, no JavaScript."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.access.models import User
from sightline.partners.models import Partnership
from sightline.plans import services
from sightline.plans.choices import Dimension, EvidenceQuarter, SourceKind
from sightline.plans.models import Action, Plan
from sightline.plans.services import SourceGiven
from tests.access.people import World
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import BY, complete
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
    """A plan of two priorities: one action late, one done with evidence, one quiet; one priority still empty."""
    plan = old_plan(
        world.group,
        name="Neglect plan",
        period_raw="2020 to 2022",
        legend={"On track": "green", "Off track": "red"},
    )
    source = services.create_source("Inspection of 2019", SourceKind.INSPECTION, by=BY, now=THEN)
    asked = services.create_recommendation(source, number="12", text="Ask children", by=BY, now=THEN)
    priority = priority_of(plan)
    priority_of(plan, "2", "Young carers are known")
    outcome = outcome_of(priority)
    shared = {"priority": priority, "outcome": outcome, "sources": [SourceGiven("12", recommendation=asked)]}
    late = old_action(
        plan, world.agency, text="Agree one neglect toolkit", numbers=["1.1"], due="2020-06-30",
        items=["in health", "in schools"], other={"Cost": "£2,000"}, **shared,
    )  # fmt: skip
    done = old_action(
        plan, world.agency, text="Train 200 people", numbers=["1.2"], outcome_inherited=True, **shared
    )
    old_action(plan, world.group, text="Ask children every year", numbers=["1.3"], **shared)
    services.record_update(late, "The draft went round.", as_at=DAY, said_by="Ann Owner", by=BY, now=THEN)
    services.rate(late, Dimension.DELIVERY, "red", as_at=DAY, said_by="Ann Owner", by=BY, now=THEN)
    services.record_evidence(done, EvidenceQuarter.AUDIT, "14 of 20 files", dated_on=DAY, by=BY, now=THEN)
    complete(done, DAY, THEN)
    services.set_embedding_test(done, "Ask twenty", due_on=date(2020, 9, 1), as_at=DAY, by=BY, now=THEN)
    services.refresh_current(list(plan.actions.all()), now=THEN.replace(year=2021))
    return plan


def action_of(number: str) -> Action:
    return Action.objects.get(numbers__text=number)


def open_action(page: Page, person: User, sign_in: SignIn, number: str) -> None:
    sign_in(page, person)
    page.goto(f"/actions/{action_of(number).reference}/")


def test_from_the_list_through_the_table_to_an_update(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any, screenshot: Any
) -> None:
    page = new_page(viewport=WIDE)
    sign_in(page, world.people["owner"])
    page.goto("/plans/")
    axe(page)
    screenshot(page, "plans")
    page.get_by_role("link", name="Neglect plan").click()
    expect(page.get_by_role("heading", name="Neglect plan", level=1)).to_be_visible()
    axe(page)
    screenshot(page, "whole-plan", full_page=True)
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("To look at", exact=True).select_option(label="Overdue")
    page.get_by_role("button", name="Show these").click()
    expect(page).to_have_url(re.compile(r"exception=overdue"))
    expect(page.get_by_role("status")).to_have_text("1 action that fit")
    axe(page)
    page.get_by_role("link", name=re.compile(r"^1\.1")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Agree one neglect toolkit")
    axe(page)
    screenshot(page, "whole-action", full_page=True)
    page.get_by_role("button", name="Record an update").click()
    axe(page)
    screenshot(page, "action-update", full_page=True)
    page.get_by_label("What has happened since?").fill("All agencies have agreed it.")
    page.get_by_role("group", name="How does delivery stand?").get_by_label("Amber").check()
    page.get_by_role("button", name="Record the update").click()
    # It is long overdue, so amber is better than dates suggest and owes a sentence; what was typed is kept.
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("What has happened since?")).to_have_value("All agencies have agreed it.")
    axe(page)
    page.get_by_label("Why that rating?").fill("Only the launch is left.")
    page.get_by_role("button", name="Record the update").click()
    expect(page.get_by_text("The update was recorded.")).to_be_visible()
    expect(page.get_by_text("All agencies have agreed it.").first).to_be_visible()
    update = action_of("1.1").updates.get(text="All agencies have agreed it.")
    assert (update.entered_by, action_of("1.1").current_delivery_rating) == (world.people["owner"], "amber")


def test_two_people_who_write_at_once_see_each_others_words(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any, screenshot: Any
) -> None:
    owner, unit = new_page(viewport=WIDE), new_page(viewport=WIDE)
    for page, role in ((owner, "owner"), (unit, "unit")):
        sign_in(page, world.people[role])
        page.goto(f"/actions/{action_of('1.1').reference}/update/")
    unit.get_by_label("What has happened since?").fill("The police have signed.")
    unit.get_by_role("button", name="Record the update").click()
    expect(unit.get_by_text("The update was recorded.")).to_be_visible()
    owner.get_by_label("What has happened since?").fill("We have signed.")
    owner.get_by_role("button", name="Record the update").click()
    expect(owner.get_by_role("heading", name="What was saved meanwhile")).to_be_visible()
    expect(owner.get_by_text("The police have signed.", exact=True)).to_be_visible()
    expect(owner.get_by_label("What has happened since?")).to_have_value("We have signed.")
    axe(owner)
    screenshot(owner, "action-update-stale", full_page=True)
    assert action_of("1.1").updates.count() == 2
    owner.get_by_role("button", name="Record the update").click()
    expect(owner.get_by_text("The update was recorded.")).to_be_visible()
    assert action_of("1.1").updates.count() == 3


def test_a_stale_edit_overwrites_nothing(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any
) -> None:
    first, second = new_page(viewport=WIDE), new_page(viewport=WIDE)
    for page in (first, second):
        sign_in(page, world.people["unit"])
        page.goto(f"/actions/{action_of('1.1').reference}/edit/")
    first.get_by_label("What is promised?").fill("Agree one toolkit for all")
    first.get_by_role("button", name="Save the action").click()
    expect(first.get_by_text("The action was changed.")).to_be_visible()
    second.get_by_label("What is promised?").fill("Agree two toolkits")
    second.get_by_role("button", name="Save the action").click()
    expect(second.get_by_text("Agree one toolkit for all", exact=True)).to_be_visible()
    expect(second.get_by_label("What is promised?")).to_have_value("Agree two toolkits")
    axe(second)
    assert action_of("1.1").text == "Agree one toolkit for all"


def test_the_pages_stand_on_a_telephone(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any, screenshot: Any
) -> None:
    page = new_page(viewport=NARROW)
    sign_in(page, world.people["unit"])
    reference = action_of("1.1").reference
    for name, address in (
        ("plans-360", "/plans/"),
        ("plan-360", f"/plans/{plan.key}/"),
        ("action-360", f"/actions/{reference}/"),
        ("action-update-360", f"/actions/{reference}/update/"),
        ("plan-edit-360", f"/plans/{plan.key}/edit/"),
        ("sources-360", "/sources/"),
        ("source-360", "/sources/inspection-of-2019/"),
    ):
        page.goto(address)
        axe(page)
        assert no_sideways_scroll(page), name
        screenshot(page, name, full_page=True)


def test_what_the_unit_changes_passes_axe(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, axe: Any
) -> None:
    page = new_page(viewport=WIDE)
    sign_in(page, world.people["unit"])
    done, plan_at = action_of("1.2"), f"/plans/{plan.key}"
    for address in (
        *(
            f"/actions/{done.reference}/{name}/"
            for name in ("edit", "owners", "timescale", "sources", "waits")
        ),
        *(f"/actions/{done.reference}/{name}/" for name in ("state", "evidence", "rating/impact")),
        f"/actions/{done.reference}/test/{done.embedding_tests.get().pk}/",
        *(f"{plan_at}/{name}/" for name in ("state", "edit", "edit/head", "priorities/new", "actions/new")),
        "/plans/new/",
        "/sources/new/",
        "/sources/inspection-of-2019/",
        "/sources/inspection-of-2019/recommendations/new/",
    ):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)


def test_from_an_action_to_its_source_and_back(
    world: World, plan: Plan, new_page: Any, sign_in: SignIn, screenshot: Any
) -> None:
    page = new_page(viewport=WIDE)
    open_action(page, world.people["scrutineer"], sign_in, "1.1")
    page.get_by_role("link", name="Inspection of 2019, 12").click()
    expect(page.get_by_role("heading", name="Inspection of 2019", level=1)).to_be_visible()
    screenshot(page, "source", full_page=True)
    page.get_by_role("link", name="1.2").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Train 200 people")


def test_an_update_without_javascript(world: World, plan: Plan, new_page: Any, sign_in: SignIn) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROW)
    open_action(page, world.people["owner"], sign_in, "1.1")
    page.get_by_role("button", name="Record an update").click()
    page.get_by_label("What has happened since?").fill("Without a script.")
    page.get_by_role("button", name="Record the update").click()
    expect(page.get_by_text("Without a script.").first).to_be_visible()


def test_the_table_is_reached_by_keyboard(world: World, plan: Plan, new_page: Any, sign_in: SignIn) -> None:
    page = new_page(viewport=WIDE)
    sign_in(page, world.people["owner"])
    page.goto(f"/plans/{plan.key}/")
    page.get_by_text("Filter", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Words")).to_be_visible()
    page.get_by_role("link", name=re.compile(r"^1\.3")).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ask children every year")


def test_a_plan_is_downloaded(world: World, plan: Plan, new_page: Any, sign_in: SignIn) -> None:
    page = new_page(viewport=WIDE)
    sign_in(page, world.people["owner"])
    page.goto(f"/plans/{plan.key}/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as Word").click()
    assert re.fullmatch(r"neglect-plan-\d{4}-\d\d-\d\d\.docx", download.value.suggested_filename)
