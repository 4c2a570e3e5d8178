"""The way in, the first page for each role, the keyboard, a telephone's width, and a browser without JavaScript."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.messages.models import WorkItem
from sightline.partners.models import Partnership
from tests.access.people import FIRST, PASSWORD, World, member
from tests.access.people import world as make_world
from tests.journeys.test_components_page import NARROW, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "pat.person@wealdshire.example"
DUE = (
    ("Update due: 1.1 Agree one neglect toolkit", "Last heard of 104 days ago.", -19),
    ("Rate impact: 2.4 Re-audit twenty neglect cases", "Complete since 2 September.", 0),
    ("Update due: 3.2 Ask children what changed for them", "", 23),
    ("Match four owners in the neglect plan", "Names nobody is known by.", None),
)


@pytest.fixture
def world() -> World:
    Partnership.objects.create(
        pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="WSCP", brand_colour="#5a2d82"
    )
    member("Pat Person", "unit", password=PASSWORD)
    return make_world()


def give_work(scope: str) -> None:
    today = timezone.localdate()
    for number, (title, sentence, days) in enumerate(DUE):
        WorkItem.objects.create(
            for_scope=scope,
            kind="update",
            subject_app="plans",
            subject_model="action",
            subject_id=str(number),
            title=title,
            sentence=sentence,
            url="/partners/",
            due_on=None if days is None else today + dt.timedelta(days=days),
            created_at=timezone.now(),
        )


def test_signing_in_and_out(
    world: World, page: Page, axe: Callable[..., None], screenshot: Callable[..., Any]
) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    axe(page)
    screenshot(page, "sign-in")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="What needs you", level=1)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_a_wrong_password_takes_the_focus_to_what_was_wrong(
    world: World, page: Page, axe: Callable[..., None]
) -> None:
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Sign in – Wealdshire Safeguarding Children Partnership")
    axe(page)
    summary.get_by_role("link", name="Enter e-mail address").click()
    expect(page.get_by_label("E-mail address")).to_be_focused()


def test_the_page_asked_for_opens_after_signing_in(world: World, page: Page) -> None:
    page.goto("/partners/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Partners", level=1)).to_be_visible()


@pytest.mark.parametrize("role", FIRST)
def test_the_first_page_of_each_role(
    world: World,
    role: str,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    give_work(f"user:{world.people[role].pk}")
    for width in (1280, 360):
        page = new_page(viewport={"width": width, "height": 800})
        sign_in(page, world.people[role])
        page.goto("/")
        expect(
            page.get_by_text("One thing is overdue, and one more falls due within seven days.")
        ).to_be_visible()
        expect(page.get_by_role("heading", name="For the business unit")).to_have_count(int(role == "unit"))
        axe(page)
        assert no_sideways_scroll(page)
        screenshot(page, f"home-{role}-{width}", full_page=True)


def test_an_empty_first_page_says_what_to_do_first(
    world: World, page: Page, sign_in: Callable[[Page, Any], None], axe: Callable[..., None]
) -> None:
    sign_in(page, world.people["unit"])
    page.goto("/")
    expect(page.get_by_role("button", name="Upload a plan")).to_be_visible()
    axe(page)


def test_by_keyboard_alone(world: World, page: Page, sign_in: Callable[[Page, Any], None]) -> None:
    sign_in(page, world.people["owner"])
    give_work(f"user:{world.people['owner'].pk}")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=DUE[0][0])).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Partners", level=1)).to_be_visible()


def test_the_menu_on_a_telephone(
    world: World,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
) -> None:
    page = new_page(viewport=NARROW)
    sign_in(page, world.people["unit"])
    page.goto("/")
    link = page.get_by_role("navigation").get_by_role("link", name="Partners")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()
    axe(page)
    link.click()
    expect(page.get_by_role("heading", name="Partners", level=1)).to_be_visible()


def test_the_menu_of_the_unit_is_one_line_on_a_desk(
    world: World, new_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]
) -> None:
    page = new_page(viewport={"width": 1280, "height": 900})
    sign_in(page, world.people["unit"])
    page.goto("/")
    entries = page.locator(".govuk-service-navigation__item").all()
    assert len(entries) > 10
    assert len({box["y"] for each in entries if (box := each.bounding_box())}) == 1


def test_without_javascript(world: World, new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROW)
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="Partners").click()
    expect(page.get_by_role("heading", name="Partners", level=1)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("address", "heading"), [("/no/such/", "Page not found"), ("/jobs/", "This page is not open to you")]
)
def test_errors(
    world: World,
    page: Page,
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    address: str,
    heading: str,
) -> None:
    sign_in(page, world.people["owner"])
    page.goto(address)
    expect(page.get_by_role("heading", name=heading, level=1)).to_be_visible()
    axe(page)


def test_a_list_keeps_its_view_in_the_address(world: World, page: Page, axe: Callable[..., None]) -> None:
    page.goto("/components/")
    page.get_by_text("Filter", exact=True).click()
    page.locator("#filter-words").fill("e")
    page.get_by_role("button", name="Show these").first.click()
    expect(page).to_have_url(re.compile(r"words=e"))
    page.get_by_role("link", name="By when").first.click()
    page.get_by_role("link", name="Next").first.click()
    address = page.url
    assert all(part in address for part in ("words=e", "sort=due", "page=2"))
    page.goto(address)
    expect(page.get_by_role("columnheader", name="By when")).to_have_attribute("aria-sort", "ascending")
    axe(page)
    page.get_by_role("link", name="Take away: Words in the action: e").first.click()
    assert "words" not in page.url


def test_on_paper(world: World, page: Page, sign_in: Callable[[Page, Any], None]) -> None:
    give_work(f"user:{world.people['owner'].pk}")
    sign_in(page, world.people["owner"])
    page.goto("/")
    page.emulate_media(media="print")
    expect(page.get_by_text("OFFICIAL").first).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(page.get_by_role("link", name=DUE[0][0])).to_be_visible()
