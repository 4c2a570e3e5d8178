"""The component page: every component in every state, checked by axe, at two widths, with and without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 740}


def no_sideways_scroll(page: Page) -> bool:
    """True if the page is no wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_component_passes_axe(
    new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., object], width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto("/components/")
    expect(page.get_by_role("heading", name="Components", level=1)).to_be_visible()
    axe(page)
    assert no_sideways_scroll(page)
    screenshot(page, f"components-{width}", full_page=True)


def test_every_component_stands_without_javascript(new_page: Callable[..., Page]) -> None:
    page = new_page(java_script_enabled=False, viewport=NARROW)
    page.goto("/components/")
    expect(page.get_by_text("Seven actions.")).to_be_visible()
    expect(page.locator("#id_plain-paper")).to_be_visible()


def test_a_broad_table_shows_where_it_goes_on_and_scrolls_by_keyboard(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport=NARROW)
    page.goto("/components/")
    region = page.get_by_role("region", name="Thirteen columns")
    expect(region).to_have_class("sl-scroll sl-scroll--after")
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).to_have_class("sl-scroll sl-scroll--after sl-scroll--before")
    region.evaluate("region => region.scrollTo(region.scrollWidth, 0)")
    expect(region).to_have_class("sl-scroll sl-scroll--before")
