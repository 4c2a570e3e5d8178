"""A challenge is raised, answered, judged and closed; a risk reviewed, scrutiny answered, and both looked along."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from sightline.events.choices import SYSTEM
from sightline.partners.models import Partnership
from sightline.plans.services import name_answer
from tests.access.people import world
from tests.challenges.making import make_risk, make_scrutiny
from tests.journeys.test_components_page import NARROW, no_sideways_scroll
from tests.plans.making import make_action, make_plan

WIDE: Any = {"width": 1280, "height": 900}
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_challenge_is_raised_answered_judged_and_closed(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    made = world()
    chair, owner = new_page(viewport=NARROW), new_page(viewport=WIDE)
    sign_in(chair, made.people["chair"])
    sign_in(owner, made.people["owner"])

    chair.goto("/challenges/")
    chair.get_by_role("button", name="Raise a challenge").click()
    assert no_sideways_scroll(chair)
    axe(chair)
    chair.get_by_label("Who raises it?").select_option("Neglect sub-group")
    chair.get_by_label("To whom?").select_option("Wealdshire Police")
    chair.get_by_label("What is it about?").fill("Strategy meetings without health")
    chair.get_by_label("What is challenged?").fill("Half of them were held without a nurse.")
    chair.get_by_label("What do you ask for?").fill("Invite health each time.")
    for part, text in (("Day", "1"), ("Month", "3"), ("Year", "2027")):
        chair.get_by_role("group", name="Answer asked for by").get_by_label(part).fill(text)
    screenshot(chair, "challenge-new-360", full_page=True)
    chair.get_by_role("button", name="Raise the challenge").click()
    expect(chair.get_by_text("Wealdshire Police is asked to answer by 1 March 2027.")).to_be_visible()

    owner.goto("/")
    owner.get_by_role("link", name="Strategy meetings without health").click()
    owner.get_by_role("button", name="Answer").click()
    owner.get_by_label("The answer").fill("The list of contacts was out of date; it is corrected.")
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("Neglect sub-group says whether that is enough.")).to_be_visible()
    screenshot(owner, "challenge-answered", full_page=True)
    axe(owner)
    assert owner.get_by_role("button", name="Close").count() == 0

    chair.goto("/")
    chair.get_by_role("link", name="Strategy meetings without health").click()
    chair.get_by_role("button", name="Close: the answer is enough").click()
    chair.get_by_label("Why is it closed, and what changed?").fill("I read ten records: health was in all.")
    chair.get_by_role("button", name="Save").click()
    expect(chair.get_by_role("alert")).to_be_visible()
    chair.get_by_label("In practice").check()
    chair.get_by_role("button", name="Save").click()
    expect(chair.get_by_text("Closed by the challenger").first).to_be_visible()
    screenshot(chair, "challenge-closed-360", full_page=True)
    assert no_sideways_scroll(chair)

    owner.goto("/challenges/")
    axe(owner)
    screenshot(owner, "challenges")
    owner.get_by_role("link", name="Figures").click()
    axe(owner)
    owner.get_by_role("link", name="days").last.click()
    expect(owner.get_by_role("link", name="Strategy meetings without health")).to_be_visible()
    chair.goto("/challenges/")
    screenshot(chair, "challenges-360", full_page=True)
    chair.goto("/challenges/figures/")
    assert no_sideways_scroll(chair)


def test_a_risk_is_reviewed_and_scrutiny_answered_and_both_lead_to_what_came_of_them(
    new_page: Callable[..., Page],
    sign_in: Callable[[Page, Any], None],
    axe: Callable[..., None],
    screenshot: Callable[..., Any],
) -> None:
    Partnership.objects.create(pk=1, name="Wealdshire Partnership", short_name="WSCP", brand_colour="#5a2d82")
    made = world()
    action = make_action(make_plan(made.group), made.agency)
    risk, entry = make_risk(made.agency), make_scrutiny(made.agency)
    told = {
        "reason": "It fills the posts.",
        "as_at": timezone.localdate(),
        "by": SYSTEM,
        "now": timezone.now(),
    }
    name_answer(risk, action, **told)

    # The owner's browser runs no script, and is narrow.
    owner = new_page(viewport=NARROW, java_script_enabled=False)
    sign_in(owner, made.people["owner"])
    owner.goto("/")
    owner.get_by_role("link", name=risk.title).click()
    owner.get_by_role("button", name="Review").click()
    owner.get_by_label("What did the review find?").fill("Two posts are filled.")
    owner.get_by_label("Likelihood").select_option(value="2")
    owner.get_by_label("Impact").select_option(value="4")
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_role("heading", name="Controls")).to_be_visible()
    expect(owner.get_by_text("How the residual score moved: Falling")).to_be_visible()
    expect(owner.get_by_role("img", name="Residual: 12 in 1 Jun 26, 8 in")).to_be_visible()
    owner.goto("/")
    owner.get_by_role("link", name=entry.title).click()
    owner.get_by_role("button", name="Answer").click()
    owner.get_by_label("The answer").fill("The letter is one page now.")
    owner.get_by_role("button", name="Save").click()
    expect(owner.get_by_text("All partners have answered.")).to_be_visible()

    scrutineer = new_page(viewport=WIDE)
    sign_in(scrutineer, made.people["scrutineer"])
    scrutineer.goto("/")
    scrutineer.get_by_role("link", name=entry.title).click()
    axe(scrutineer)
    scrutineer.get_by_role("button", name="Give a verdict").click()
    axe(scrutineer)
    scrutineer.goto(f"/risks/{risk.pk}/")
    axe(scrutineer)
    screenshot(scrutineer, "risk-trend", full_page=True)
    scrutineer.get_by_role("link", name="Its line of sight").click()
    expect(scrutineer.get_by_role("heading", name="What came of it")).to_be_visible()
    expect(scrutineer.get_by_role("link", name=action.text).first).to_be_visible()
    axe(scrutineer)
    scrutineer.goto("/risks/map/")
    axe(scrutineer)
    scrutineer.set_viewport_size(NARROW)
    assert no_sideways_scroll(scrutineer)
    screenshot(scrutineer, "heat-360", full_page=True)
    scrutineer.goto(f"/risks/{risk.pk}/")
    assert no_sideways_scroll(scrutineer)
    screenshot(scrutineer, "risk-trend-360", full_page=True)
