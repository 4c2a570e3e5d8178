"""Everything in one file: asked for, made, fetched, as the business manager does it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.jobs.worker import run_all
from tests.access.people import PASSWORD, member
from tests.journeys.test_components_page import no_sideways_scroll
from tests.journeys.test_second_step import give_password_again

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_is_asked_for_and_fetched(
    page: Page,
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Path],
) -> None:
    sign_in(page, member("Una Unit", "unit", password=PASSWORD))
    page.goto("/everything/")
    expect(page.get_by_text("No export was asked for yet")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Ask for an export").click()
    give_password_again(page)
    page.get_by_label("Why do you need all records?").fill("Moving to another system")
    axe(page)
    page.get_by_role("button", name="Make the export").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Being made")
    run_all()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ready")
    axe(page)
    screenshot(page, "everything-made")
    with page.expect_download() as fetched:
        page.get_by_role("link", name="OFFICIAL-SENSITIVE").click()
    assert fetched.value.suggested_filename.endswith("(OFFICIAL-SENSITIVE).zip")
    page.set_viewport_size({"width": 360, "height": 800})
    assert no_sideways_scroll(page)
