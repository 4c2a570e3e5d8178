"""The ledger in a browser: an agency accepts, answers, shows, climbs and falls back; the unit takes the addendum."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sightline.plans.models import Addressee, Source

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 800}
WIDE = {"width": 1280, "height": 860}
FORMS = ("accepted", "response", "progress", "ladder", "evidence")
Check = Callable[..., None]


def fits(page: Page) -> bool:
    """Whether the page is no wider than its window, and no cell of a table is narrower than what stands in it."""
    inside = "[...document.querySelectorAll('td')].every(cell => cell.scrollWidth <= cell.clientWidth + 1)"
    return bool(page.evaluate(f"document.documentElement.scrollWidth <= window.innerWidth && {inside}"))


def signed_in(new_page: Callable[..., Page], role: str) -> Page:
    page = new_page(viewport=WIDE)
    page.goto("/sign-in/")
    page.locator(f"form[action='/demo/sign-in/{role}/'] button").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    return page


def say(page: Page, link: str, fill: Callable[[], None], axe: Check) -> None:
    """Open a form of the recommendation's page, fill it in, save it, and be back."""
    page.get_by_role("link", name=re.compile(f"^{link}")).click()
    fill()
    axe(page)
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Recommendation 3")


def test_an_agency_answers_and_the_addendum_holds_what_may_be_published(
    wealdshire: None, new_page: Callable[..., Page], axe: Check, screenshot: Callable[..., Path]
) -> None:
    page = signed_in(new_page, "owner")
    page.get_by_role("link", name="Local child safeguarding practice review: Sycamore").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ledger")
    axe(page)
    page.get_by_role("link", name="Recommendation 3").click()

    def accept() -> None:
        page.get_by_label("Accepted", exact=True).check()

    def respond() -> None:
        page.get_by_label("Text that may be published").fill("Every officer asks for the history first.")
        page.get_by_label("Text for partners only").fill("Two districts have no one to ask.")

    def show() -> None:
        page.get_by_label("Audit", exact=True).check()
        page.get_by_label("What does it show? Text that may be published").fill(
            "History in nine of ten files."
        )

    def climb() -> None:
        page.get_by_label(re.compile("^Seen in practice")).check()
        page.get_by_label("What kind of evidence shows it?").select_option("audit")
        page.get_by_label("What shows it? Text that may be published").fill("Ten files were read in spring.")

    def fall() -> None:
        page.get_by_label(re.compile("^Trained or changed")).check()
        page.get_by_label("What shows it? Text that may be published").fill("In autumn it was four of ten.")

    def progress() -> None:
        page.get_by_label("At 12 months after publication").check()
        page.get_by_label("Text that may be published").fill("Training begins again.")

    say(page, "Say whether it is accepted", accept, axe)
    say(page, "Add a response", respond, axe)
    say(page, "Add evidence", show, axe)
    say(page, "Move on the ladder", climb, axe)
    expect(page.get_by_text("This counts as impact.")).to_be_visible()
    say(page, "Move on the ladder", fall, axe)
    expect(page.get_by_text("has fallen back.")).to_be_visible()
    expect(page.get_by_text("Fell back from here")).to_be_visible()
    say(page, "Report progress", progress, axe)
    expect(page.get_by_text("Training begins again.").first).to_be_visible()
    axe(page)
    screenshot(page, "recommendation")
    _taken_away(signed_in(new_page, "unit"))


def _taken_away(page: Page) -> None:
    """The published addendum holds the public words and none of the others; the whole one holds both."""
    page.goto(f"/sources/{Source.objects.get(title__contains='Sycamore').key}/ledger/")
    wanted = page.get_by_role("link", name="web page").all()
    published, whole = (page.request.get(str(link.get_attribute("href"))).text() for link in wanted)
    for words in (
        "Every officer asks for the history first.",
        "In autumn it was four of ten.",
        "Training begins",
    ):
        assert words in published
        assert words in whole
    assert "Two districts" not in published
    assert "Two districts" in whole


def test_who_answers_is_asked_once_and_every_page_of_the_ledger_fits(
    wealdshire: None, new_page: Callable[..., Page], axe: Check, screenshot: Callable[..., Path]
) -> None:
    page = signed_in(new_page, "unit")
    source = Source.objects.get(kind="inspection")
    nobody = source.recommendations.filter(addressees__raw="").count()
    expect(page.get_by_text(f"{nobody} recommendations name nobody: say who answers.")).to_be_visible()
    page.get_by_role("link", name=source.title, exact=True).click()
    expect(page).to_have_url(re.compile(rf"/sources/{source.key}/ledger/\?to=nobody$"))
    expect(page.locator("tbody tr")).to_have_count(nobody)
    page.goto("/recommendations/?sort=-step")
    screenshot(page, "ledger")

    best = Addressee.objects.order_by("-current_step", "pk").select_related("recommendation__source")[0]
    asked = best.recommendation
    home = f"/sources/{asked.source.key}/recommendations/{asked.pk}/"
    theme = asked.theme_marks.all()[0].theme
    page.set_viewport_size(NARROW)
    addresses = [
        "/", "/sources/", f"/sources/{source.key}/ledger/", "/recommendations/", home, f"{home}themes/",
        f"/themes/{theme}/", f"/actions/?theme={theme}", *(f"{home}to/{best.pk}/{form}/" for form in FORMS),
    ]  # fmt: skip
    for address in addresses:
        page.goto(address)
        expect(page.locator("h1")).to_be_visible()
        assert fits(page), address
        axe(page)
    page.goto(home)
    for told in page.locator("td > .sl-said:first-child").all():
        # The row has its line already: a second one would stand right under it.
        assert told.evaluate("told => getComputedStyle(told).borderTopWidth") == "0px"
    assert page.locator("td > .sl-said").count() > 1
