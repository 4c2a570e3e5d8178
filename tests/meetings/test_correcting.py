"""What was said at a meeting is put right while its minutes are in draft; afterwards a day moves, or it is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, StaleRecord, Tier, Unacceptable
from sightline.events.models import Entry
from sightline.meetings.choices import MeetingDeed
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Decision, GroupAction, Item
from sightline.meetings.selectors.items import agenda_of
from sightline.meetings.services import ItemGiven, edit_item, end_action, move_action
from sightline.messages.models import Notice, WorkItem
from sightline.messages.services import make_notices
from tests.access.people import World, enter, world
from tests.meetings.making import NEXT, make_item, make_meeting, minuted, moved
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db
DUE = date(2026, 7, 12)


@pytest.fixture
def made() -> World:
    return world()


@pytest.fixture
def item(made: World) -> Item:
    return minuted(
        make_item(make_meeting(made.group)),
        "Said.",
        decision="Adopt the tol.",
        line="Write to haeds — Wealdshire Police — 12 July 2026",
    )


def on(day: date) -> dict[str, int]:
    return {"due_on-day": day.day, "due_on-month": day.month, "due_on-year": day.year}


def test_words_of_draft_minutes_are_put_right_and_the_old_ones_kept(made: World, item: Item) -> None:
    decision, action = Decision.objects.get(), GroupAction.objects.get()
    chair = enter(Client(), made.person("chair"))
    shown = chair.get(f"/meetings/{item.meeting_id}/").content.decode()
    assert f"/meetings/decisions/{decision.pk}/change/" in shown
    assert f"/meetings/actions/{action.pk}/change/" in shown
    chair.post(f"/meetings/decisions/{decision.pk}/change/", {"seen": "1", "text": "Adopt the tool."})
    said = {"text": "Write to heads", "owner": "Neglect sub-group", **on(NEXT)}
    chair.post(f"/meetings/actions/{action.pk}/change/", {"seen": "1", **said})
    decision.refresh_from_db()
    action.refresh_from_db()
    assert (decision.text, decision.version) == ("Adopt the tool.", 2)
    assert (action.text, action.owner_group, action.owner_agency, action.due_on, action.slips) == (
        "Write to heads",
        made.group,
        None,
        NEXT,
        0,
    )
    told = {each.type: each for each in Entry.objects.filter(type__startswith="meetings.").order_by("pk")}
    assert told[f"meetings.{MeetingEntry.DECISION_CORRECTED}"].before == '{"text":"Adopt the tol."}'
    assert told[f"meetings.{MeetingEntry.ACTION_CORRECTED}"].before.count("Write to haeds") == 1
    assert WorkItem.objects.get(subject_model="groupaction").title == "From a meeting: Write to heads"
    beside = chair.post(f"/meetings/decisions/{decision.pk}/change/", {"seen": "1", "text": "Mine."})
    assert (beside.status_code, "Adopt the tool." in beside.content.decode()) == (422, True)


def test_what_was_not_said_is_withdrawn_and_only_the_logs_keep_it(made: World) -> None:
    about = make_action(make_plan(made.group), made.agency)
    meeting = make_meeting(made.group)
    unit = enter(Client(), made.person("unit"))
    unit.post(f"/meetings/{meeting.pk}/items/new/", {"title": "How", "about": about.reference, "tier": "T1"})
    item = minuted(meeting.items.get(), "Said.", decision="Adopt it.", line="Write — Wealdshire Police")
    decision, action = Decision.objects.get(), GroupAction.objects.get()
    for address in (
        f"/meetings/decisions/{decision.pk}/change/",
        f"/meetings/actions/{action.pk}/change/",
    ):
        sent: dict[str, Any] = {"seen": "1", "text": "Typed.", "withdraw": "on", "end": "on"}
        assert "Say why" in unit.post(address, sent).content.decode()
        assert unit.post(address, sent | {"reason": "Typed twice"}).status_code == 302
    then = agenda_of(made.people["unit"], meeting).items[0]
    assert (then.decisions, then.actions) == ([], [])
    assert agenda_of(made.people["unit"], make_meeting(made.group, NEXT)).open == []
    assert "Adopt it." not in unit.get(f"/actions/{about.reference}/").content.decode()
    assert "How" in unit.get(f"/actions/{about.reference}/").content.decode()
    assert "Adopt it." not in unit.get("/search/?q=adopt").content.decode()
    assert not WorkItem.objects.filter(subject_model="groupaction").exists()
    for address in ("/meetings/decisions/?standing=withdrawn", "/meetings/actions/?state=withdrawn"):
        assert "Typed twice" in unit.get(address).content.decode()
    assert "Adopt it." not in unit.get("/meetings/decisions/?standing=stands").content.decode()
    assert item.meeting.decisions.get().standing == "Withdrawn"


def test_after_the_check_a_later_day_is_a_slip_and_what_is_not_done_is_closed(
    made: World, item: Item
) -> None:
    action, decision = GroupAction.objects.get(), Decision.objects.get()
    stamp: dict[str, Any] = {"by": SYSTEM, "now": timezone.now()}
    with pytest.raises(Unacceptable, match="still in draft"):
        move_action(action, 1, NEXT, "Delayed", **stamp)
    moved(item.meeting, MeetingDeed.HOLD, MeetingDeed.CHECK)
    unit = enter(Client(), made.person("unit"))
    stands = unit.post(f"/meetings/decisions/{decision.pk}/change/", {"seen": "1", "text": "Other."})
    assert "Take them back to draft" in stands.content.decode()
    address = f"/meetings/actions/{action.pk}/change/"
    assert "Say why" in unit.post(address, {"seen": "1", **on(NEXT)}).content.decode()
    unit.post(address, {"seen": "1", "text": "Other.", **on(NEXT), "reason": "The audit is late"})
    unit.post(address, {"seen": "2", **on(date(2026, 8, 1)), "reason": "Sooner after all"})
    action.refresh_from_db()
    assert (action.text, action.due_on, action.first_due_on, action.slips) == (
        "Write to haeds",
        date(2026, 8, 1),
        DUE,
        1,
    )
    log = unit.get(f"/meetings/actions/?number={action.pk}").content.decode()
    assert "First by 12 July 2026; moved 1 time to a later day" in log
    with pytest.raises(StaleRecord):
        end_action(action, 1, "Overtaken", **stamp)
    unit.post(address, {"seen": "3", "end": "on", "reason": "Overtaken by the review"})
    action.refresh_from_db()
    assert (action.ended_label, action.done_words) == ("Closed without completion", "Overtaken by the review")
    assert "Overtaken" not in unit.get("/meetings/actions/?state=done").content.decode()
    assert b"Closed without completion" in unit.get("/meetings/rows/actions/csv/").content
    with pytest.raises(Unacceptable, match="not open any more"):
        end_action(action, 4, "Again", **stamp)


def test_what_is_typed_is_called_a_draft_until_the_chair_has_checked_it(made: World) -> None:
    unit, about = enter(Client(), made.person("unit")), make_action(make_plan(made.group), made.agency)
    meeting = make_meeting(made.group)
    page = f"/meetings/{meeting.pk}/"
    assert "draft" not in unit.get(page).content.decode()
    unit.post(f"{page}items/new/", {"title": "How", "about": about.reference, "tier": "T1"})
    minuted(meeting.items.get(), "Said.", decision="Adopt it.", line="Write — Wealdshire Police")
    logs = ["/meetings/decisions/", "/meetings/actions/"]
    files = ["/meetings/rows/decisions/csv/", "/meetings/rows/actions/csv/"]
    pages = [page, f"{page}minutes/", *logs, *files, f"/actions/{about.reference}/", "/search/?q=adopt"]
    for address in pages:
        assert "draft" in unit.get(address).content.decode().lower(), address
    moved(meeting, MeetingDeed.HOLD, MeetingDeed.CHECK)
    for address in (*logs, *files, f"/actions/{about.reference}/", "/search/?q=adopt"):
        assert "draft" not in unit.get(address).content.decode().lower(), address


def test_what_was_asked_of_an_item_that_becomes_confidential_is_as_close_everywhere(made: World) -> None:
    plan, now = make_plan(made.group), timezone.now()
    item = minuted(make_item(make_meeting(made.group)), line="Zebra words — Wealdshire Police")
    minuted(item, line="Zebra plan — Wealdshire Police", plan=plan)
    owner = made.person("owner")
    make_notices(now)
    assert Notice.objects.filter(user=owner, title__contains="Zebra").exists()
    edit_item(item, item.version, ItemGiven(item.title, tier=Tier.T2), item.order, by=SYSTEM)
    assert {each.tier for each in (*GroupAction.objects.all(), *plan.actions.all())} == {"T2"}
    assert not Notice.objects.filter(user=owner, title__contains="Zebra").exists()
    assert "A confidential action" in WorkItem.objects.get(subject_model="groupaction").title
    assert "Zebra words" not in enter(Client(), owner).get("/").content.decode()
    item.refresh_from_db()
    edit_item(item, item.version, ItemGiven(item.title), item.order, by=SYSTEM)
    # What a plan keeps to few is opened there, by whoever keeps the plan.
    assert (GroupAction.objects.earliest("pk").tier, plan.actions.get().tier) == ("T1", "T2")
