"""The invented county with one click per role, and what each finds; the README's pictures are taken here."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from sightline.access.models import Membership
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import Meeting
from sightline.partners.models import Person
from sightline.plans.models import Plan, Source

pytestmark = pytest.mark.django_db(transaction=True)
ROLES = ("unit", "chair", "owner", "executive", "scrutineer")


def test_one_click_signs_in_as_each_role(wealdshire: None, new_page: Callable[..., Page]) -> None:
    assert set(ROLES) <= set(Membership.objects.values_list("role", flat=True))
    largest = max(Plan.objects.all(), key=lambda plan: plan.actions.count())
    for role in ROLES:
        page = new_page()
        page.goto("/sign-in/")
        page.locator(f"form[action='/demo/sign-in/{role}/'] button").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        page.goto(f"/plans/{largest.key}/")
        expect(page.get_by_role("heading", level=1)).to_contain_text(largest.name)


@pytest.fixture
def unit_page(wealdshire: None, new_page: Callable[..., Page]) -> Page:
    """The page of Wealdshire’s business unit."""
    page = new_page(viewport={"width": 1280, "height": 860})
    page.goto("/sign-in/")
    page.locator("form[action='/demo/sign-in/unit/'] button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def top(place: Locator) -> None:
    """Scroll until the place stands near the head of the window."""
    place.evaluate("place => window.scrollTo(0, place.getBoundingClientRect().top + window.scrollY - 40)")


def test_pictures_for_whoever_comes_first(
    unit_page: Page, axe: Callable[..., None], screenshot: Callable[..., Path]
) -> None:
    unit_page.goto("/")
    screenshot(unit_page, "home")
    largest = max(Plan.objects.all(), key=lambda plan: plan.actions.count())
    unit_page.goto(f"/plans/{largest.key}/")
    axe(unit_page)
    screenshot(unit_page, "plan")
    unit_page.goto("/dashboard/")
    screenshot(unit_page, "dashboard")
    unit_page.goto("/exceptions/")
    screenshot(unit_page, "exceptions")
    unit_page.goto("/reports/exceptions/")
    unit_page.get_by_role("row", name="The whole partnership").get_by_role("link").click()
    axe(unit_page)
    top(unit_page.get_by_role("heading", level=1))
    screenshot(unit_page, "exception-report")
    unit_page.goto("/forward-plan/")
    screenshot(unit_page, "forward-plan")
    unit_page.goto("/risks/map/")
    screenshot(unit_page, "heat-map")
    unit_page.goto("/meetings/")
    screenshot(unit_page, "meetings")
    coming = Meeting.objects.filter(group__key="executive", state=MeetingState.PLANNED).earliest("held_on")
    unit_page.goto(f"/meetings/{coming.pk}/")
    screenshot(unit_page, "meeting-to-come", full_page=True)
    unit_page.goto("/group-returns/")
    signed = unit_page.get_by_role("row").filter(has=unit_page.get_by_text("Signed off", exact=True))
    signed.get_by_role("rowheader").get_by_role("link").last.click()
    expect(unit_page.get_by_role("heading", name="Achievements")).to_be_visible()
    screenshot(unit_page, "group-return", full_page=True)
    drift = largest.actions.get(numbers__text="4.6")
    unit_page.goto(f"/actions/{drift.reference}/")
    screenshot(unit_page, "action")


def test_what_waits_for_the_unit_is_found_and_answered(
    unit_page: Page, axe: Callable[..., None], screenshot: Callable[..., Path]
) -> None:
    page = unit_page
    page.get_by_label("Search plans, actions, sources and partners").fill("neglect audits")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    screenshot(page, "search")
    page.goto("/")
    page.get_by_role("link", name="1.4 Audit: strategy meetings.").click()
    expect(page.get_by_text("Said to be done: a second person confirms it")).to_be_visible()
    expect(page.get_by_role("link", name="strategy-meetings.csv", exact=True)).to_be_visible()
    top(page.get_by_role("heading", name="Is it being done?"))
    screenshot(page, "said-to-be-done")
    page.get_by_role("button", name="Confirm it, or return it").click()
    expect(page.get_by_label(re.compile("^Yes"))).to_be_visible()
    axe(page)
    page.get_by_label(re.compile("^Yes")).check()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.4 Audit: strategy meetings.")
    expect(page.get_by_text("Said to be done: a second person confirms it")).to_have_count(0)


def test_pictures_of_a_plan_from_its_first_day_to_its_last(
    unit_page: Page, axe: Callable[..., None], screenshot: Callable[..., Path]
) -> None:
    page = unit_page
    page.goto("/plans/safeguarding-plan/publishable/")
    screenshot(page, "publishable")
    page.goto(f"/partners/people/{Person.objects.get(name='Lena Marchbank').pk}/")
    page.get_by_role("link", name="What they answer for").click()
    axe(page)
    screenshot(page, "hand-over")
    page.get_by_role("link", name="Give these actions to somebody else").click()
    page.locator("tbody input[type=checkbox]").first.check()
    page.get_by_label("Give them to somebody else").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Who answers for them from now on?").select_option(label="Neglect Group")
    page.get_by_label("Why?").fill("Lena Marchbank has moved to another post.")
    page.get_by_role("button", name="Go on to look at it").click()
    axe(page)
    page.reload()
    screenshot(page, "change-many")
    source = Source.objects.get(title__contains="Sycamore")
    page.goto(f"/sources/{source.key}/recommendations/new/")
    page.get_by_label("What does it ask for?").fill("Meet the fathers of babies before they are born.")
    page.get_by_role("button", name="See what was asked for before").click()
    axe(page)
    top(page.get_by_role("heading", name="We have asked for this before"))
    screenshot(page, "asked-before")
    page.goto("/plans/safeguarding-plan/next/")
    page.get_by_label("What is the next plan called?").fill("Safeguarding Plan 2")
    page.get_by_role("button", name="Go on to choose actions").click()
    axe(page)
    page.reload()
    top(page.get_by_role("heading", level=1))
    screenshot(page, "roll-over")
