"""A manager looks: the dashboard, a figure to its rows, exceptions, a report drafted, moved on, and issued."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.partners.services import create_group, found_partnership
from sightline.plans import services
from sightline.plans.choices import Dimension, PlanState
from sightline.plans.services.standings import count_standings
from tests.access.people import member
from tests.plans.making import complete_on_paper, make_action, make_plan

pytestmark = pytest.mark.django_db(transaction=True)
Check = Callable[..., None]


@pytest.fixture
def plan(page: Page, sign_in: Callable[[Page, Any], None]) -> Any:
    """A plan with half a year behind it, and its manager signed in."""
    found_partnership(
        "Wealdshire Safeguarding Children Partnership",
        short_name="WSCP",
        areas=["Wealdshire"],
        brand_colour="#0b5351",
        by=SYSTEM,
    )
    now, begun = timezone.now(), timezone.localdate() - timedelta(days=190)
    group = create_group("Neglect Group", by=SYSTEM)
    plan = make_plan(group, "Safeguarding Plan", state=PlanState.IN_FORCE, as_at=begun, now=now)
    first, second = (
        services.add_priority(plan, number=number, title=title, by=SYSTEM, now=now)
        for number, title in (("1", "Neglect is seen early"), ("2", "Safe outside the home"))
    )
    who: dict[str, Any] = {"by": SYSTEM, "now": now}
    for place, (priority, text) in enumerate(
        (
            (first, "Audit every re-referral"),
            (first, "Ask children what helped"),
            (second, "Train night staff in hotels"),
            (second, "Map each place where children meet"),
        )
    ):
        due = (timezone.localdate() + timedelta(days=40 * place - 60)).isoformat()
        action = make_action(
            plan, group, text=text, numbers=[f"1.{place}"], priority=priority, due=due, as_at=begun, now=now
        )
        day = begun + timedelta(days=40 * place + 10)
        services.rate(action, Dimension.DELIVERY, ("red", "amber", "green", "amber")[place], as_at=day, **who)
    complete_on_paper(action, timezone.localdate(), now)
    count_standings(now=now)
    sign_in(page, member("Mo Manager", "unit"))
    return plan


def test_a_manager_looks_and_reports(
    plan: Any, page: Page, axe: Check, screenshot: Callable[..., Path]
) -> None:
    page.goto("/dashboard/")
    expect(page.get_by_role("heading", name="Dashboard: The whole partnership")).to_be_visible()
    axe(page)
    screenshot(page, "small-dashboard")
    page.get_by_text("The numbers: delivery over time").click()
    axe(page)
    total = page.get_by_role("row", name="All together")
    total.get_by_role("link").first.click()
    expect(page.get_by_role("status")).to_contain_text("4 actions")
    axe(page)

    page.goto("/dashboard/")
    page.get_by_label("As it stood on").select_option(index=2)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Counted as at")).to_be_visible()
    axe(page)
    page.get_by_role("row", name="All together").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Actions as they stood on")

    page.goto("/exceptions/")
    expect(page.get_by_text("It was due on").first).to_be_visible()
    axe(page)
    screenshot(page, "few-exceptions")

    page.goto("/reports/exceptions/")
    page.get_by_role("button", name="Draft the report").click()
    axe(page)
    late = plan.actions.get(text="Audit every re-referral")
    services.block(late, "No analyst", as_at=timezone.localdate(), by=SYSTEM, now=timezone.now())
    page.get_by_role("button", name="Issue the report").click()
    expect(page.get_by_text("Since this draft was made, 1 line is different.")).to_be_visible()
    axe(page)
    screenshot(page, "report-moved-on")
    page.get_by_role("button", name="Make the draft anew").click()
    page.get_by_role("button", name="Issue the report").click()
    expect(page.get_by_text("The report was issued. Its rows will not change.")).to_be_visible()
    page.get_by_role("link", name="Audit every re-referral").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Audit every re-referral")


@pytest.mark.parametrize("address", ["/", "/dashboard/", "/actions/", "/exceptions/"])
def test_pages_fit_a_narrow_screen(plan: Any, page: Page, axe: Check, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    axe(page)
