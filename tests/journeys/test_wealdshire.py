"""The invented county with one click per role, and what each finds; the README's pictures are taken here."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sightline.access.models import Membership
from sightline.plans.models import Plan

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


def test_pictures_for_whoever_comes_first(
    wealdshire: None, new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Path]
) -> None:
    page = new_page(viewport={"width": 1280, "height": 860})
    page.goto("/sign-in/")
    page.locator("form[action='/demo/sign-in/unit/'] button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.goto("/")
    screenshot(page, "home")
    largest = max(Plan.objects.all(), key=lambda plan: plan.actions.count())
    page.goto(f"/plans/{largest.key}/")
    axe(page)
    screenshot(page, "plan")
