"""A case list is kept, a conflict declared, the glass broken and looked into: in a real browser, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sightline.partners.models import Partnership
from tests.access.people import PASSWORD, member
from tests.journeys.test_account import sign_in
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.journeys.test_second_step import code
from tests.knowing.making import case, listed, officer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.restricted.views")]
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def county() -> Any:
    from allauth.mfa.models import Authenticator

    from sightline.access.adapters import FactorAdapter

    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    member("Una Unit", "unit", password=PASSWORD)
    about, keeper = (
        case("RR-2026-04", "Rapid review of a case"),
        member("Cass Reviewer", "case_review_officer", password=PASSWORD),
    )
    listed(about, keeper)
    officer("Dee Doctor")
    breaker = member("Bo Breaker", "cdop_coordinator", password=PASSWORD)
    Authenticator.objects.create(user=breaker, type="totp", data={"secret": FactorAdapter().encrypt(SECRET)})
    return about


def test_a_list_is_kept_and_the_glass_is_broken_and_looked_into(
    county: Any, new_page: Callable[..., Page], axe: Callable[..., None], screenshot: Callable[..., Any]
) -> None:
    page = new_page(java_script_enabled=False)
    sign_in(page, "cass.reviewer@wealdshire.example", PASSWORD)
    page.goto("/cases/")
    page.get_by_role("button", name="Show the name of RR-2026-04").click()
    expect(page.get_by_role("heading", name="Tamsin Quillback")).to_be_visible()
    page.get_by_role("link", name="Back").click()
    page.goto(f"/need-to-know/restricted/casenote/{county.pk}/")
    expect(page.get_by_text("For named people only.").first).to_be_visible()
    page.get_by_label("Who needs to know?").select_option(label="Dee Doctor")
    page.get_by_label("Why do they need to know?").fill("Reads the hospital's account for the review")
    page.get_by_role("button", name="Put them on the list").click()
    expect(page.get_by_text("Dee Doctor is on the list.")).to_be_visible()
    screenshot(page, "case-list")

    other = new_page(java_script_enabled=False)
    sign_in(other, "bo.breaker@wealdshire.example", PASSWORD)
    other.get_by_label("Code").fill(code(SECRET))
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.goto("/break-glass/")
    other.get_by_label("Reference of the record").fill("RR-2026-40")
    other.get_by_label("Why must you read it now?").fill(
        "Out of hours; the duty team needs the address tonight"
    )
    other.get_by_role("button", name="Open the record").click()
    expect(other.get_by_text("Nothing was opened.").first).to_be_visible()
    screenshot(other, "break-glass")
    other.get_by_label("Reference of the record").fill("rr-2026-04")
    other.get_by_role("button", name="Open the record").click()
    expect(other.get_by_text("You opened this record without being on its list.")).to_be_visible()
    screenshot(other, "break-glass-open")
    other.set_viewport_size(NARROW)
    assert no_sideways_scroll(other)
    other.get_by_role("button", name="Close it now").click()
    other.goto("/conflicts/")
    other.get_by_label("Reference of the record").fill("RR-2026-04")
    other.get_by_label("What is it about?").fill("My sister is the family's health visitor")
    other.get_by_role("button", name="Declare it").click()
    expect(other.get_by_text("Your conflict of interest is kept.")).to_be_visible()
    screenshot(other, "conflicts-narrow")

    unit = new_page()
    sign_in(unit, "una.unit@wealdshire.example", PASSWORD)
    for address in ("/conflicts/all/", "/break-glass/uses/", "/break-glass/uses/1/"):
        unit.goto(address)
        axe(unit)
    screenshot(unit, "break-glass-use")
    unit.get_by_label("What did you find?").fill("Needed: the duty manager confirms it.")
    unit.get_by_role("button", name="Keep what you found").click()
    expect(unit.get_by_text("What you found is kept.")).to_be_visible()
    page.set_viewport_size(NARROW)
    page.goto(f"/need-to-know/restricted/casenote/{county.pk}/")
    assert no_sideways_scroll(page)
    screenshot(page, "case-list-narrow")
