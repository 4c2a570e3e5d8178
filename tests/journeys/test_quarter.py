"""A quarter of the Quality and Performance Group of Wealdshire, from the round of updates to the next agenda."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from sightline.access.models import User
from sightline.events.choices import SYSTEM
from sightline.jobs.worker import run_all
from sightline.meetings.models import Item, Meeting
from sightline.messages.models import OutgoingMail
from sightline.partners.models import Group
from sightline.plans.models import Plan
from sightline.requests.models import Owed
from sightline.requests.services import CycleGiven, begin_cycle, send_due
from sightline.screens.words import day
from tests.journeys.test_components_page import NARROW, no_sideways_scroll

pytestmark = pytest.mark.django_db(transaction=True)
CHAIR = "priya.hallworth@wealdshire.example"
HAPPENED = "Nine of twelve records were read with the hospitals."
SAID, MORE, CORRECTED = (
    "The audit found gaps.",
    " Health was not asked in four.",
    "Health was asked in all but four.",
)
LINE = "Ask both hospitals who joins strategy meetings — Wealdshire Police — 1 March 2100"
PUT_OFF = "Papers a week before"
PLAN = "Quality Assurance Plan"


def test_a_whole_quarter(
    wealdshire: None, new_page: Callable[..., Page], sign_in: Callable[[Page, Any], None], tmp_path: Path
) -> None:
    unit, chair, today = new_page(), new_page(viewport=NARROW), timezone.localdate()
    sign_in(unit, User.objects.get(email="morgan.ellery@wealdshire.example"))
    sign_in(chair, User.objects.get(email=CHAIR))
    _asked_and_answered(unit, new_page(viewport=NARROW), today)
    report, printed = _exceptions_printed(unit, tmp_path)
    met = _planned(unit, today - timedelta(days=1))
    _put_on_agenda(unit, met, "Exceptions", report)
    _put_on_agenda(unit, met, PUT_OFF)
    _pack_built(unit, met, printed)
    _minuted_with_the_network_cut(unit, met)
    # What was put off waits for a meeting that nobody has planned yet.
    following = _planned(unit, today)
    _corrected_and_approved(unit, chair, met, following)
    _returned(unit, chair, today)

    unit.goto(f"/meetings/{following.pk}/")
    expect(unit.get_by_role("heading", name=PUT_OFF)).to_be_visible()
    expect(unit.get_by_text(f"Carried from the meeting on {day(met.held_on)}")).to_be_visible()
    carried = unit.get_by_role("listitem").filter(has_text="Ask both hospitals who joins strategy meetings")
    expect(carried).to_contain_text("Wealdshire Police")
    carried.get_by_role("link", name=re.compile("SL-")).click()
    expect(unit.get_by_role("heading", level=1)).to_be_visible()
    expect(unit.get_by_text(PLAN).first).to_be_visible()


def _say_day(place: Page | Locator, on: date, which: int = 0) -> None:
    for part, value in (("Day", on.day), ("Month", on.month), ("Year", on.year)):
        place.get_by_label(part, exact=True).nth(which).fill(str(value))


def _asked_and_answered(unit: Page, phone: Page, today: date) -> None:
    """The unit opens a round; the chair answers for the group on a telephone, by the link, without an account."""
    unit.goto(f"/plans/{Plan.objects.get(name=PLAN).key}/rounds/")
    unit.get_by_label("What is the round called?").fill("Update for the spring meeting")
    _say_day(unit, today + timedelta(days=20))
    unit.get_by_label("Quality and Performance Group").select_option(label=f"Priya Hallworth, {CHAIR}")
    unit.get_by_role("button", name="Open the round").click()
    expect(unit.get_by_role("heading", level=1)).to_contain_text("Update for the spring meeting")
    home = unit.url
    send_due(now=timezone.now())
    mail = OutgoingMail.objects.filter(to=CHAIR, text__contains="/update/").latest("pk").text
    phone.goto(re.search(r"http\S+?(/update/\S+/)", mail)[1])
    assert no_sideways_scroll(phone)
    # The same link asks about another plan, whose round is open too.
    theirs = phone.get_by_role("region").filter(has_text=PLAN)
    theirs.get_by_label("What happened since?").last.fill(HAPPENED)
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("What you told us came in.")).to_be_visible()
    unit.goto(home)
    expect(unit.get_by_text(re.compile(r"asked, 1 answered\."))).to_be_visible()


def _exceptions_printed(unit: Page, folder: Path) -> tuple[str, Path]:
    """The group's exceptions are drafted, issued and printed. Where the report is, and its file."""
    unit.goto("/reports/exceptions/")
    unit.get_by_label("For", exact=True).select_option(label="Quality and Performance Group")
    unit.get_by_role("button", name="Draft the report").click()
    unit.get_by_role("button", name="Issue the report").click()
    expect(unit.get_by_text("The report was issued.")).to_be_visible()
    with unit.expect_download() as taken:
        unit.get_by_role("link", name="PDF", exact=True).click()
    printed = folder / taken.value.suggested_filename
    taken.value.save_as(printed)
    return re.sub(r"^https?://[^/]+", "", unit.url), printed


def _planned(unit: Page, on: date) -> Meeting:
    """A meeting of the series, planned on its day."""
    unit.goto("/meetings/new/")
    unit.get_by_label("Which meeting?").select_option(
        label="Quality and Performance Group: Quarterly meeting"
    )
    _say_day(unit, on)
    unit.get_by_role("button", name="Plan the meeting").click()
    expect(unit.get_by_text("The meeting was planned")).to_be_visible()
    return Meeting.objects.get(pk=int(unit.url.rstrip("/").rsplit("/", 1)[1]))


def _put_on_agenda(unit: Page, met: Meeting, title: str, about: str = "") -> None:
    unit.goto(f"/meetings/{met.pk}/items/new/")
    unit.get_by_label("What is it called?").fill(title)
    unit.get_by_label("About which record?").fill(about)
    unit.get_by_role("button", name="Put it on the agenda").click()
    expect(unit.get_by_text("The item stands on the agenda.")).to_be_visible()


def _pack_built(unit: Page, met: Meeting, paper: Path) -> None:
    """The report becomes a paper of its item, and the pack one PDF with its pages."""
    unit.goto(f"/meetings/{met.pk}/pack/")
    place = list(Item.objects.filter(meeting=met).order_by("order").values_list("title", flat=True)).index(
        "Exceptions"
    )
    unit.get_by_role("link", name=f"Add a paper to item {place + 1}", exact=True).click()
    unit.get_by_label("What is the paper called?").fill("Exceptions of the quarter")
    unit.get_by_label("The paper", exact=True).set_input_files(paper)
    unit.locator("main form button[type=submit]").click()
    run_all()
    unit.goto(f"/meetings/{met.pk}/pack/")
    unit.get_by_role("button", name="Make the pack").click()
    run_all()
    unit.reload()
    with unit.expect_download() as taken:
        unit.get_by_role("link", name=re.compile(r"^Pack, version 1")).click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")


def _of(page: Page, met: Meeting, title: str) -> Locator:
    """The form in which an item is minuted."""
    return page.locator(f"form[data-minute='{Item.objects.get(meeting=met, title=title).pk}']")


def _all_came(unit: Page, met: Meeting) -> None:
    unit.goto(f"/meetings/{met.pk}/attending/")
    unit.get_by_label("All who were not entered above").select_option("Present")
    unit.get_by_role("button", name="Save attendance").click()
    expect(unit.get_by_text("Attendance was saved.")).to_be_visible()


def _minuted_with_the_network_cut(unit: Page, met: Meeting) -> None:
    """Who came, then words typed while the network is cut, a decision, and an action of the plan in one line."""
    _all_came(unit, met)
    unit.goto(f"/meetings/{met.pk}/minutes/")
    form = _of(unit, met, "Exceptions")
    form.get_by_label("Minute").fill(SAID)
    expect(form.get_by_role("status")).to_contain_text("Saved at")
    unit.context.set_offline(True)
    form.get_by_label("Minute").press_sequentially(MORE)
    expect(form.get_by_role("status")).to_contain_text("Not saved yet: kept in this browser")
    expect(form.get_by_label("Minute")).to_have_value(SAID + MORE)
    unit.context.set_offline(False)
    expect(form.get_by_role("status")).to_contain_text("Saved at")
    form.get_by_label("Decision").fill("Ask both hospitals.")
    form.get_by_label("Action", exact=True).fill(LINE)
    form.get_by_label("The action goes").select_option(label=f"Into {PLAN}")
    form.get_by_role("button", name="Save").click()
    expect(unit.get_by_text("Saved: Exceptions.")).to_be_visible()
    form = _of(unit, met, PUT_OFF)
    form.get_by_label("Take this item to the next meeting").check()
    form.get_by_role("button", name="Save").click()
    expect(unit.get_by_text(f"Saved: {PUT_OFF}.")).to_be_visible()


def _corrected_and_approved(unit: Page, chair: Page, met: Meeting, following: Meeting) -> None:
    """The chair corrects the draft and has checked it; the next meeting approves it."""
    chair.goto(f"/meetings/{met.pk}/minutes/")
    form = _of(chair, met, "Exceptions")
    expect(form.get_by_label("Minute")).to_have_value(SAID + MORE)
    form.get_by_label("Minute").fill(f"{SAID} {CORRECTED}")
    form.get_by_role("button", name="Save").click()
    expect(chair.get_by_text("Saved: Exceptions.")).to_be_visible()
    chair.goto(f"/meetings/{met.pk}/check/")
    chair.get_by_role("button", name="Save").click()
    expect(chair.get_by_text("Minutes checked").first).to_be_visible()
    _all_came(unit, following)
    unit.goto(f"/meetings/{met.pk}/approve/")
    unit.get_by_label("At which meeting were the minutes approved?").select_option(label=str(following))
    unit.get_by_role("button", name="Save").click()
    expect(unit.get_by_text("Minutes approved").first).to_be_visible()
    expect(unit.get_by_text(CORRECTED)).to_be_visible()
    expect(unit.get_by_text("as the chair corrected it")).to_be_visible()


def _owed(today: date) -> Owed:
    """The Executive is owed the group's return of the quarter that ended yesterday, in ten days."""
    executive, group = (Group.objects.get(key=key) for key in ("executive", "quality-group"))
    until = today - timedelta(days=1)
    given = CycleGiven("return_quarter", executive, today + timedelta(days=10), until, 3, owed_by=group)
    return begin_cycle(given, by=SYSTEM, now=timezone.now()).owed.order_by("due_on")[0]


def _returned(unit: Page, chair: Page, today: date) -> None:
    """The unit writes the return of the quarter that the group owes; it has come when the chair signs it off."""
    owed = _owed(today)
    unit.goto(f"/group-returns/new/?owed={owed.pk}")
    expect(unit.get_by_label("Which return?")).to_have_value(f"owed:{owed.pk}")
    unit.get_by_role("button", name="Begin the return").click()
    unit.get_by_label("Achievements").fill("The audit of strategy meetings is nearly read.")
    unit.get_by_label("What this did for children, good and bad").fill("More children were seen by a nurse.")
    unit.get_by_label("How children's voices informed the work").fill("Six children told us what helped.")
    unit.get_by_label("Next steps").fill("Ask both hospitals")
    unit.get_by_role("button", name="Save the draft").click()
    expect(unit.get_by_text("The draft was saved.")).to_be_visible()
    chair.goto(f"{unit.url}sign/")
    chair.get_by_role("button", name="Sign off").click()
    expect(chair.get_by_text("The return was signed off")).to_be_visible()
    assert no_sideways_scroll(chair)
    owed.refresh_from_db()
    assert owed.came_on == today
    assert str(owed.came_record) == unit.url.rstrip("/").rsplit("/", 1)[1]
