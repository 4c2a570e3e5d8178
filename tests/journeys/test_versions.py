"""A newer version of a file of evidence, in a browser: put with a reason, the older one read; two people at once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from sightline.plans import services
from sightline.plans.choices import EvidenceQuarter
from tests.access.people import World
from tests.access.people import world as make_world
from tests.documents.making import file
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import BY
from tests.plans.viewing import DAY, THEN, old_action, old_plan

pytestmark = pytest.mark.django_db(transaction=True)
COUNTED, RIGHT, OTHER = (f"Agency,Came\nHealth,{number}\n".encode() for number in (19, 17, 16))
NEWER = "Put a newer version of meetings.csv here"


@pytest.fixture
def world() -> World:
    Partnership.objects.create(
        pk=1, name="Wealdshire Safeguarding Children Partnership", short_name="WSCP", brand_colour="#0b5351"
    )
    return make_world()


def put(page: Page, words: bytes, why: str) -> None:
    page.get_by_label("The newer file").set_input_files(
        {"name": "meetings.csv", "mimeType": "text/csv", "buffer": words}
    )
    page.get_by_label("Why does it take the place of the one before?").fill(why)
    page.get_by_role("button", name="Keep the newer version").click()


def test_a_newer_version_takes_the_place_of_a_file_and_the_second_person_is_told(
    new_page: Callable[..., Page],
    world: World,
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    action = old_action(old_plan(world.group, name="Neglect plan"), world.agency, text="Read meetings")
    services.record_evidence(
        action,
        EvidenceQuarter.AUDIT,
        "Twenty meetings read",
        dated_on=DAY,
        files=[file(COUNTED, "meetings.csv")],
        by=BY,
        now=THEN,
    )
    page, other = new_page(), new_page()
    for each, role in ((page, "unit"), (other, "owner")):
        sign_in(each, world.people[role])
        each.goto(f"/actions/{action.reference}/")
        each.get_by_role("link", name=NEWER).click()
    axe(page)
    put(page, RIGHT, "Two meetings were counted twice")
    expect(page.get_by_text("Version 2").first).to_be_visible()
    put(other, OTHER, "One more had been counted twice")
    expect(other.get_by_text("newer version").first).to_be_visible()
    page.goto(f"/actions/{action.reference}/")
    page.get_by_role("link", name="earlier versions of meetings.csv").click()
    expect(page.get_by_role("heading", name="Versions of meetings.csv")).to_be_visible()
    expect(page.get_by_text("Two meetings were counted twice")).to_be_visible()
    axe(page)
    screenshot(page, "versions")
    page.set_viewport_size(NARROW)
    assert no_sideways_scroll(page)
    screenshot(page, "versions-narrow")
    with page.expect_download() as taken:
        page.get_by_role("link", name="version 1").click()
    assert taken.value.path().read_bytes() == COUNTED
