"""Done is not embedded: a paper is imported and approved, an action is told of, shown, confirmed, fails its test and is
open again; two reports are issued, and a line of the second leads to the source and back."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.access.models import User
from sightline.events.choices import SYSTEM
from sightline.jobs.worker import run_all
from sightline.partners.services import found_partnership
from sightline.plans.choices import DeliveryState, PlanState, SourceKind
from sightline.plans.models import Action, ExceptionReport, Plan
from sightline.plans.services import create_recommendation, create_source
from tests.access.people import World
from tests.access.people import world as make_world

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = """Neglect Action Plan 2026 to 2028

Priority 1: Neglect is seen early

No.\tAction\tLead\tUpdate\tTimescale\tStatus
1.1\tAudit forty files of children living with neglect\tWealdshire Police\tThe sample is drawn\tBy 31 March 2027\tAmber
1.2\tOpen one pathway with health and schools\tNeglect sub-group\tTalks have begun\tBy 31 January 2026\tRed
"""
Check = Callable[..., None]


@pytest.fixture
def people(new_page: Callable[..., Page], sign_in: Callable[[Page, Any], None]) -> Callable[[str], Page]:
    """A signed-in page for each role, each person in a browser of their own."""
    found_partnership(
        "Wealdshire Safeguarding Children Partnership",
        short_name="WSCP",
        areas=["Wealdshire"],
        brand_colour="#0b5351",
        by=SYSTEM,
    )
    world: World = make_world()
    pages: dict[str, Page] = {}

    def page_of(role: str) -> Page:
        if role not in pages:
            pages[role] = new_page(viewport={"width": 1280, "height": 900})
            person: User = world.people[role]
            sign_in(pages[role], person)
        return pages[role]

    return page_of


def say_day(page: Page, day: date) -> None:
    page.get_by_label("Day", exact=True).fill(str(day.day))
    page.get_by_label("Month", exact=True).fill(str(day.month))
    page.get_by_label("Year", exact=True).fill(str(day.year))


def action(number: str) -> Action:
    return Action.objects.get(current_number_label=number)


def open_action(page: Page, number: str) -> None:
    page.goto(f"/actions/{action(number).reference}/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def import_and_approve(page: Page, axe: Check, folder: Path) -> None:
    paper = folder / "neglect-plan.txt"
    paper.write_text(PAPER, "utf-8")
    page.goto("/imports/new/")
    page.get_by_label("Document").set_input_files(paper)
    page.get_by_label("Name of the new plan").fill("Neglect Action Plan")
    page.get_by_label("Group that owns the new plan").select_option(label="Neglect sub-group")
    page.get_by_label("It is a draft: a group has yet to approve it").check()
    say_day(page, date(2026, 1, 5))
    axe(page)
    press(page, "Upload and read it")
    run_all()
    page.reload()
    press(page, "Confirm the import")
    run_all()
    page.reload()
    plan = Plan.objects.get()
    assert plan.state == PlanState.DRAFT
    for answer in ("Approved", "In force"):
        page.goto(f"/plans/{plan.key}/state/")
        page.get_by_label(answer, exact=True).check()
        if answer == "Approved":
            page.get_by_label("Which group approved it?").select_option(label="Neglect sub-group")
            page.get_by_label("In which minute?").fill("Minute 7, January 2026")
        axe(page)
        press(page, "Save")
    plan.refresh_from_db()
    assert plan.state == PlanState.IN_FORCE


def answer_a_recommendation(page: Page, axe: Check) -> None:
    """What the first action is for: a paragraph of an inspection."""
    now = timezone.now()
    inspection = create_source("Inspection of children’s services", SourceKind.INSPECTION, by=SYSTEM, now=now)
    create_recommendation(inspection, number="41", text="Neglect is not seen early", by=SYSTEM, now=now)
    page.goto(f"/actions/{action('1.1').reference}/sources/")
    page.get_by_label(re.compile("Inspection of children’s services, 41")).check()
    axe(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("Inspection of children’s services, 41").first).to_be_visible()


def tell(page: Page, words: str, said_by: str = "") -> None:
    open_action(page, "1.1")
    press(page, "Record an update")
    page.get_by_label("What has happened since?").fill(words)
    if said_by:
        page.get_by_label("Said by").fill(said_by)
        page.get_by_label("How did it reach you?").select_option(label="By telephone")
    press(page, "Record the update")
    expect(page.get_by_text("The update was recorded.")).to_be_visible()


def show_evidence(page: Page) -> None:
    open_action(page, "1.1")
    press(page, "Add evidence")
    page.get_by_label("Audit", exact=True).check()
    page.get_by_label("What does it show?").fill(
        "31 of 40 files name neglect at first contact; last year 12 did"
    )
    say_day(page, timezone.localdate() - timedelta(days=2))
    press(page, "Add the evidence")
    expect(page.get_by_text("31 of 40 files").first).to_be_visible()


def say_done_and_confirm(owner: Page, chair: Page, axe: Check) -> None:
    open_action(owner, "1.1")
    press(owner, "Say that it is done")
    owner.get_by_label("What was done?").fill("All forty files were audited and read together.")
    axe(owner)
    press(owner, "Record that it is done")
    assert action("1.1").state != DeliveryState.COMPLETE
    open_action(chair, "1.1")
    axe(chair)
    press(chair, "Confirm it, or return it")
    chair.get_by_label("Yes: it is done, and the evidence shows it").check()
    press(chair, "Save the answer")
    expect(chair.get_by_text("It is confirmed: the action is complete.")).to_be_visible()
    assert action("1.1").state == DeliveryState.COMPLETE


def fail_its_test(page: Page, axe: Check) -> None:
    open_action(page, "1.1")
    page.goto(f"/actions/{action('1.1').reference}/test/")
    page.get_by_label("What will be checked, and what would pass?").fill(
        "Dip-sample 20 files; 16 name neglect"
    )
    say_day(page, timezone.localdate())
    press(page, "Set the test")
    number = action("1.1").embedding_tests.get().pk
    page.goto(f"/actions/{action('1.1').reference}/test/{number}/")
    page.get_by_label("No, the test failed").check()
    page.get_by_label("What did the check find?").fill("9 of 20 files name neglect")
    axe(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_text("What the test found was recorded.")).to_be_visible()
    reopened = action("1.1")
    assert (reopened.state, reopened.current_embedding) == (DeliveryState.IN_PROGRESS, "failed")
    assert list(reopened.state_changes.values_list("to_state", flat=True))[-2:] == ["complete", "in_progress"]


def issue_a_report(page: Page, axe: Check) -> None:
    page.goto("/reports/exceptions/")
    press(page, "Draft the report")
    press(page, "Issue the report")
    axe(page)
    expect(page.get_by_text("Issued", exact=True).first).to_be_visible()


def follow(page: Page, link: Any) -> None:
    """Open what a link points at, whichever host it names: reports carry whole addresses."""
    href = link.get_attribute("href") or ""
    page.goto(re.sub(r"^https?://[^/]+", "", href))


def test_done_is_not_embedded_from_paper_to_report_and_back(
    people: Callable[[str], Page], axe: Check, tmp_path: Path
) -> None:
    unit, owner, chair = people("unit"), people("owner"), people("chair")
    import_and_approve(unit, axe, tmp_path)
    answer_a_recommendation(unit, axe)
    issue_a_report(unit, axe)

    tell(owner, "Twenty of forty files are read.")
    tell(unit, "The other twenty are read as well.", said_by="Ola Owner")
    last = action("1.1").updates.latest("id")
    assert (last.said_by, last.entered_by_label, last.received_how) == ("Ola Owner", "Una Unit", "telephone")
    show_evidence(owner)
    say_done_and_confirm(owner, chair, axe)
    fail_its_test(unit, axe)

    # Back in progress with a red rating of the group's own: a line of the next report, which knows the last.
    unit.goto(f"/actions/{action('1.1').reference}/rating/delivery/")
    unit.get_by_label("Red", exact=True).check()
    unit.locator("main form button[type=submit]").last.click()
    issue_a_report(unit, axe)
    first, second = ExceptionReport.objects.order_by("pk")
    assert second.previous == first

    follow(unit, unit.locator(f"main a[href*='/actions/{action('1.1').reference}/']").first)
    expect(unit.get_by_role("heading", level=1)).to_contain_text("Audit forty files")
    unit.get_by_role("link", name="Why are we doing this?").click()
    axe(unit)
    unit.get_by_role("link", name=re.compile("Inspection of children’s services")).first.click()
    expect(unit).to_have_url(re.compile(r"/sources/"))
    axe(unit)
    unit.get_by_role("link", name="What came of it?").first.click()
    axe(unit)
    expect(unit.get_by_text("31 of 40 files").first).to_be_visible()
    unit.get_by_role("link", name=re.compile("Audit forty files")).first.click()
    expect(unit).to_have_url(re.compile(action("1.1").reference))
