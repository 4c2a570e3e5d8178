"""Finding an action by the box at the head of a page, keeping a filtered list, and the statutory pages."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from tests.journeys.test_components_page import no_sideways_scroll
from tests.plans.making import make_action, make_group, make_plan, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def unit() -> Any:
    Partnership.objects.create(pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="W")
    make_action(make_plan(make_group(), name="Neglect plan"), text="Audit twenty cases of neglect")
    return make_user("unit")


@pytest.mark.parametrize("width", [1280, 360])
def test_searching_with_the_keyboard_alone(
    unit: Any,
    width: int,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    sign_in(page, unit)
    page.goto("/")
    page.get_by_label("Search plans, actions, sources and partners").focus()
    page.keyboard.type("neglected audits")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Audit twenty cases of neglect")).to_be_visible()
    assert page.locator("mark").all_inner_texts()[:2] == ["Audit", "neglect"]
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, f"search-{width}")
    page.get_by_role("link", name="Audit twenty cases of neglect").click()
    page.wait_for_url("**/actions/SL-*/")
    assert "/actions/SL-" in page.url


def test_keeping_a_list_and_opening_it_from_the_first_page(
    unit: Any, new_page: Callable[..., Page], sign_in: Callable[[Page, Any], None], axe: Callable[..., None]
) -> None:
    page = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    sign_in(page, unit)
    page.goto("/plans/?words=neglect")
    page.get_by_role("link", name="Save this view").click()
    page.get_by_label("Name of the view").fill("Neglect")
    page.get_by_label("Everyone in the partnership").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("“Neglect” was saved")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="Neglect", exact=True).click()
    assert page.url.endswith("/plans/?words=neglect")


@pytest.mark.parametrize("address", ["/privacy/", "/cookies/", "/accessibility/", "/search/"])
@pytest.mark.parametrize("width", [1280, 360])
def test_statutory_pages_hold_for_everybody(
    unit: Any,
    address: str,
    width: int,
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    if address == "/search/":
        sign_in(page, unit)
    page.goto(address)
    axe(page)
    assert no_sideways_scroll(page)
