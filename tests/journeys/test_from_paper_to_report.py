"""The manager's job from end to end: her own paper becomes a plan, the plan a report, and every line leads back."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.jobs.worker import run_all
from sightline.partners.services import create_group, found_partnership
from tests.access.people import member

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = Path(__file__).resolve().parents[2] / "sightline" / "demo" / "wealdshire" / "early-years-plan.txt"
Check = Callable[..., None]


@pytest.fixture
def manager(page: Page, sign_in: Callable[[Page, Any], None]) -> Page:
    found_partnership(
        "Wealdshire Safeguarding Children Partnership",
        short_name="WSCP",
        areas=["Wealdshire"],
        brand_colour="#0b5351",
        by=SYSTEM,
    )
    create_group("Health Forum", by=SYSTEM)
    sign_in(page, member("Mo Manager", "unit"))
    return page


def say_day(page: Page, day: str, month: str, year: str) -> None:
    page.get_by_label("Day", exact=True).fill(day)
    page.get_by_label("Month", exact=True).fill(month)
    page.get_by_label("Year", exact=True).fill(year)


def upload(page: Page, paper: Path, **plan: str) -> None:
    page.goto("/imports/new/")
    page.get_by_label("Document").set_input_files(paper)
    if "name" in plan:
        page.get_by_label("Name of the new plan").fill(plan["name"])
    else:
        page.get_by_label("Plan", exact=True).select_option(label=plan["choose"])
    page.get_by_role("button", name="Upload and read it").click()
    expect(page.get_by_role("status").first).to_be_visible()
    run_all()
    page.reload()


def test_paper_becomes_a_plan_and_a_report_and_every_line_leads_back(
    manager: Page, axe: Check, screenshot: Callable[..., Path], tmp_path: Path
) -> None:
    page = manager
    upload(page, PAPER, name="Early Years Safeguarding Plan")
    expect(page.get_by_role("heading", name="Every row is accounted for")).to_be_visible()
    expect(page.get_by_text("1.1a: The same number is printed on more than one row")).to_be_visible()
    axe(page)
    screenshot(page, "preview", full_page=False)
    page.get_by_role("link", name="Change the day").click()
    say_day(page, "20", "10", "2026")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Match the owners").click()
    axe(page)
    page.get_by_label("“Early Years Providers Network”").select_option(label="A new agency of this name")
    screenshot(page, "owners")
    page.get_by_role("button", name="Save the owners").click()
    page.get_by_role("link", name="Correct row 3").click()
    axe(page)
    page.get_by_label("Timescale").fill("By 30 April 2027")
    page.get_by_role("button", name="Save this row").click()
    page.get_by_role("button", name="Confirm the import").click()
    expect(page.get_by_role("status")).to_contain_text("waiting to be confirmed")
    screenshot(page, "being-confirmed")
    run_all()
    page.reload()
    page.get_by_role("link", name="Early Years Safeguarding Plan").click()
    expect(page.get_by_role("heading", name="Early Years Safeguarding Plan")).to_be_visible()
    screenshot(page, "plan-from-paper")

    page.goto("/reports/exceptions/")
    page.get_by_role("button", name="Draft the report").click()
    axe(page)
    screenshot(page, "first-exception-report")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Word", exact=True).click()
    word = tmp_path / "report.docx"
    taken.value.save_as(word)
    links = [r.target_ref for r in Document(str(word)).part.rels.values() if r.is_external]
    back = next(link for link in links if "/actions/" in link)
    page.goto(re.sub(r"^https?://[^/]+", "", back))
    axe(page)
    screenshot(page, "imported-action")
    expect(page.get_by_role("heading", level=1)).to_be_visible()

    later = tmp_path / "early-years-plan-2.txt"
    text = PAPER.read_text("utf-8").replace(
        "118 of 131 settings have named both", "118 of 131 settings have named both. All 131 have"
    )
    later.write_text(text.replace("Spring term\tRed", "Spring term\tAmber"), "utf-8")
    upload(page, later, choose="Early Years Safeguarding Plan")
    page.get_by_role("link", name="Look at what changed").click()
    axe(page)
    screenshot(page, "what-changed")
    expect(page.get_by_text("Words added, kept as a new update:").first).to_be_visible()
    expect(page.get_by_text("All 131 have")).to_be_visible()
