"""A round of a group asks about its own log as well; what is told stands there, and new dates are answered."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier
from sightline.events.models import Entry
from sightline.meetings.asked_about import _thing as thing_of
from sightline.meetings.forms.told import LogToldForm
from sightline.meetings.models import GroupAction, ToldOfAction
from sightline.meetings.rules.told import LogTold, problems_of
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.partners.services import create_group, create_person
from sightline.plans.selectors.rounds import GROUP_KIND, about_group, owners_to_ask
from sightline.requests.services import AskedGiven, RoundGiven, open_round, send_due
from tests.access.people import World, enter, world
from tests.meetings.making import make_item, make_meeting, minuted
from tests.plans.making import make_action, make_plan
from tests.requests.making import ADDRESS, link_in

DAY = date(2026, 9, 1)


@pytest.mark.library
def test_what_is_done_is_said_in_words_and_a_new_date_lies_ahead_with_its_reason() -> None:
    later = date(2026, 10, 1)
    assert LogTold(why="Because").is_empty
    assert not LogTold(is_done=True).is_empty
    assert set(problems_of(LogTold(is_done=True), DAY)) == {"happened"}
    assert problems_of(LogTold("Sent to all", is_done=True, due_on=DAY), DAY) == {}
    assert set(problems_of(LogTold(due_on=DAY), DAY)) == {"why", "due_on"}
    assert problems_of(LogTold("Half of them", "amber", why="Ill", due_on=later), DAY) == {}
    assert LogTold("Half of them", why="Ill", due_on=later).text == (
        "Half of them\n\nA new date is asked for: 1 October 2026. Why: Ill"
    )


def logged(made: World, line: str, **given: Any) -> GroupAction:
    minuted(make_item(make_meeting(given.pop("group", made.group)), "Neglect", **given), line=line)
    return GroupAction.objects.latest("pk")


def opened(made: World) -> str:
    """The address of Hana's link in a round of the group, opened and sent."""
    hana = create_person("Hana Head", email=ADDRESS, agency=made.agency, by=SYSTEM)
    now, about = timezone.now(), about_group(made.group)
    (owner,) = owners_to_ask(about, timezone.localdate(now))
    assert (owner.name, hana in owner.people) == (made.agency.name, True)
    until = timezone.localdate(now) + timedelta(days=20)
    given = RoundGiven(GROUP_KIND, about.number, "Autumn", about.name, until, about.group_key)
    open_round(given, [AskedGiven(hana, (owner.party,))], by=SYSTEM, now=now)
    assert send_due(now=now) == 1
    return link_in(OutgoingMail.objects.get(to=ADDRESS).text)


@pytest.mark.django_db
def test_owners_answer_for_the_log_on_the_same_page_and_their_new_dates_are_answered() -> None:
    made = world()
    first = logged(made, "Write to heads — Wealdshire Police — 12 July 2026")
    second = logged(made, "Ask families — Wealdshire Police")
    logged(made, "Cobalt — Wealdshire Police", tier=Tier.T2)
    logged(made, "Vermilion — Wealdshire Police", group=create_group("Other group", by=SYSTEM))
    planned = make_action(make_plan(made.group), made.agency, text="Audit every re-referral")
    url = opened(made)
    page = Client().get(url).content.decode()
    assert all(each.text in page for each in (first, second, planned))
    assert not re.search("Cobalt|Vermilion", page)
    day = {"due_on-day": "1", "due_on-month": "2", "due_on-year": "2100"}
    said = {f"m{first.pk}-{name}": value for name, value in
            {"stands": "amber", "happened": "Half have it", "why": "Two left", **day}.items()}  # fmt: skip
    undone = {f"m{second.pk}-stands": "done"}
    refused = Client().post(url, said | undone)
    assert (refused.status_code, "Say what was done" in refused.content.decode()) == (422, True)
    assert not ToldOfAction.objects.exists()
    told = said | undone | {f"m{second.pk}-happened": "Ten were asked", f"a{planned.pk}-happened": "Begun"}
    assert Client().post(url, told).status_code == 302
    first.refresh_from_db()
    second.refresh_from_db()
    assert (second.done_words, first.done_on, first.due_on) == ("Ten were asked", None, date(2026, 7, 12))
    assert not WorkItem.objects.filter(subject_app="meetings", subject_id=str(second.pk)).exists()
    row = ToldOfAction.objects.get(action=first)
    label = "the link sent to h•••@wealdshire.example"
    assert (row.entered_by_label, row.said_by) == (label, f"whoever answers for {made.agency}")
    assert Entry.objects.filter(type="meetings.action_told", actor_label=label).count() == 2
    unit = enter(Client(), made.people["unit"])
    listed = unit.get(f"/meetings/actions/?group={made.group.key}").content.decode()
    assert "Half have it" in listed
    assert f"/groups/{made.group.key}/rounds/" in listed
    address = f"/meetings/actions/dates/{row.pk}/"
    assert address in listed
    assert address in unit.get(f"/groups/{made.group.key}/rounds/").content.decode()
    assert unit.post(address, {"seen": first.version, "answer": "decline"}).status_code == 422
    sent = {"seen": first.version, "answer": "decline", "words": "The board meets in March"}
    assert unit.post(address, sent).status_code == 302
    assert OutgoingMail.objects.filter(to=ADDRESS).latest("pk").subject == "The date stays as it is"
    assert "The board meets in March" in Client().get(url).content.decode()
    first.refresh_from_db()
    again = unit.post(address, sent | {"seen": first.version, "answer": "agree"})
    assert (again.status_code, first.due_on) == (422, date(2026, 7, 12))


@pytest.mark.django_db
def test_the_day_of_what_was_told_is_that_of_the_place() -> None:
    made = world()
    action = logged(made, "Write to heads — Wealdshire Police")
    told = ToldOfAction(action=action, text="Half", recorded_at=datetime(2026, 6, 30, 23, 30, tzinfo=UTC))
    assert thing_of(action, LogToldForm(None, action), told).last_on == "1 July 2026"
