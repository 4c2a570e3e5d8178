"""Agenda, minutes, decisions and actions through the services and the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from sightline.events.choices import SYSTEM, Tier, Unacceptable
from sightline.meetings.choices import How, MeetingDeed, Ruling
from sightline.meetings.models import Decision, GroupAction, Item, MinuteText
from sightline.meetings.selectors.items import agenda_of
from sightline.meetings.services import (
    DecisionGiven,
    finish_action,
    rule_on,
    take_decision,
)
from sightline.partners.services import create_group
from tests.access.people import World, enter, member, world
from tests.challenges.making import make_challenge
from tests.meetings.making import (
    MET,
    NEXT,
    came,
    make_item,
    make_meeting,
    make_rule,
    make_series,
    minuted,
    moved,
    seat_of,
)
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 11)


@pytest.fixture
def made() -> World:
    return world()


def of(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_an_agenda_begins_with_standing_items_and_what_was_deferred_is_carried_by_itself(made: World) -> None:
    series = make_series(made.group, standing="Apologies\n\nActions")
    first = make_meeting(made.group, series=series)
    assert [item.title for item in first.items.all()] == ["Apologies", "Actions"]
    raised = make_item(first, "Neglect tool", text="Adopt it?", tier=Tier.T2)
    planned = make_meeting(made.group, NEXT, series=series)
    minuted(raised, "Not ready.", defer=True)
    minuted(raised, "Not ready.", defer=True, seen=None)
    carried = planned.items.get(kind="matter")
    assert (carried.title, carried.tier, carried.follows) == ("Neglect tool", "T2", raised)
    minuted(carried, "Still not.", defer=True)
    last = make_meeting(made.group, LAST)
    assert [item.title for item in last.items.all()] == ["Neglect tool"]


def test_two_secretaries_minute_the_same_item_at_once_and_no_word_is_lost(made: World) -> None:
    item = make_item(make_meeting(made.group), "Neglect")
    one, two = (enter(Client(), made.person(role)) for role in ("unit", "chair"))
    page = f"/meetings/{item.meeting_id}/minutes/"
    sent = {"item": item.pk, "seen": ""}
    one.post(page, sent | {"text": "The nurse said\r\nno."})
    beside = two.post(page, sent | {"text": "The police said yes."}, follow=True).content.decode()
    assert "Both texts are kept" in beside
    standing = MinuteText.objects.filter(replaced_by=None)
    assert {text.text for text in standing} == {"The nurse said\nno.", "The police said yes."}
    assert [text.is_correction for text in standing.order_by("pk")] == [False, False]
    shown = of(one, f"/meetings/{item.meeting_id}/")
    assert "The nurse said\nno." in shown
    assert "The police said yes." in shown
    with pytest.raises(Unacceptable, match=r"join them first. On the agenda: item 1"):
        moved(came_one(made, item), MeetingDeed.CHECK)

    seen = ",".join(str(text.pk) for text in standing)
    two.post(page, {"item": item.pk, "seen": seen, "text": "Joined."})
    assert MinuteText.objects.latest("pk").is_correction
    assert [text.text for text in MinuteText.objects.filter(replaced_by=None)] == ["Joined."]
    assert MinuteText.objects.count() == 3
    item.meeting.refresh_from_db()
    address = f"/meetings/{item.meeting_id}/"
    assert "Minute it" in of(one, address)
    moved(item.meeting, MeetingDeed.CHECK)
    assert "Minute it" not in of(one, address)
    refused = one.post(page, {"item": item.pk, "seen": "", "text": "Later words."}).content.decode()
    assert "The chair has checked the minutes" in refused
    assert "Later words." in refused


def came_one(made: World, item: Item) -> Any:
    return came(item.meeting, seats={seat_of(made.group, made.agency, "Pol Ice"): "present"})


def test_what_is_typed_about_an_item_is_taken_whole_or_not_at_all(made: World) -> None:
    item = make_item(make_meeting(made.group), "Neglect")
    unit = enter(Client(), made.person("unit"))
    sent = {"item": item.pk, "seen": "", "text": "Said.", "decision": "Adopt the tool."}
    wrong = unit.post(f"/meetings/{item.meeting_id}/minutes/", sent | {"line": "Write — Police — soon"})
    assert (wrong.status_code, "is no day" in wrong.content.decode()) == (422, True)
    assert [model.objects.count() for model in (MinuteText, Decision, GroupAction)] == [0, 0, 0]
    line = "Write to heads — Wealdshire Police — 12 July 2026"
    unit.post(f"/meetings/{item.meeting_id}/minutes/", sent | {"line": line})
    action = GroupAction.objects.get()
    assert (action.text, action.owner_agency, action.due_on) == (
        "Write to heads",
        made.agency,
        date(2026, 7, 12),
    )
    assert Decision.objects.get().standing == "Quorum not known"
    assert "Adopt the tool." in of(unit, "/meetings/decisions/?standing=unknown")
    came_one(made, item)
    assert Decision.objects.get().standing == "Stands"
    assert "Adopt the tool." in of(unit, "/meetings/decisions/?standing=stands")

    later = make_meeting(made.group, NEXT)
    assert [each.text for each in agenda_of(made.people["unit"], later).open] == ["Write to heads"]
    with pytest.raises(Unacceptable, match="Give that day or a later one"):
        finish_action(action, 1, "Sent", date(2026, 1, 1), by=SYSTEM, now=timezone.now())
    unit.post(
        f"/meetings/actions/{action.pk}/done/", {"seen": "1", "done_words": "Sent to all.", **day("done_on")}
    )
    assert agenda_of(made.people["unit"], make_meeting(made.group, LAST)).open == []
    assert "Sent to all." in of(unit, "/meetings/actions/?state=done")


def day(field: str) -> dict[str, int]:
    return {f"{field}-day": 1, f"{field}-month": 9, f"{field}-year": 2026}


def test_a_line_makes_an_action_of_the_groups_plan(made: World) -> None:
    plan = make_plan(made.group)
    item = make_item(make_meeting(made.group), "Neglect")
    sent = {"item": item.pk, "line": "Audit — Wealdshire Police — 12 July 2026", "plan": plan.key}
    enter(Client(), made.person("unit")).post(f"/meetings/{item.meeting_id}/minutes/", sent)
    action = plan.actions.get()
    assert (action.text, action.current_due_on, action.owners.get().agency) == (
        "Audit",
        date(2026, 7, 12),
        made.agency,
    )
    assert GroupAction.objects.get().plan_action == action
    with pytest.raises(Unacceptable, match="told in its plan"):
        finish_action(GroupAction.objects.get(), 1, "Done", NEXT, by=SYSTEM, now=timezone.now())


def test_an_inquorate_meetings_decision_is_provisional_until_a_quorate_one_ratifies_it(made: World) -> None:
    make_rule(made.group, least_seats=1)
    seat = seat_of(made.group, made.agency, "Pol Ice")
    other = seat_of(made.group, made.agency, "Ad Viser", has_vote=False)
    item = make_item(make_meeting(made.group), "Neglect")
    minuted(item, decision="Adopt the tool.")
    held = came(item.meeting, seats={other: "present", seat: "apologies"})
    chairs = DecisionGiven("Spend £500.", How.CHAIR, MET)
    between = take_decision(made.group, chairs, by=SYSTEM, now=timezone.now())
    adopted = Decision.objects.get(item=item)
    assert (adopted.standing, between.standing) == ("Provisional", "Provisional")

    bad = came(make_meeting(made.group, date(2026, 7, 1)), seats={other: "present"})
    good = came(make_meeting(made.group, NEXT), seats={seat: "present"})
    waiting = agenda_of(made.people["unit"], good).waiting
    assert {each.text for each in waiting} == {"Adopt the tool.", "Spend £500."}
    for meeting, sentence in (
        (bad, "not quorate itself"),
        (held, "Choose the meeting"),
        (None, "Choose the meeting"),
    ):
        with pytest.raises(Unacceptable, match=sentence):
            rule_on(adopted, Ruling.RATIFY, meeting, version=1, by=SYSTEM, now=timezone.now())
    unit = enter(Client(), made.person("unit"))
    unit.post(f"/meetings/decisions/{adopted.pk}/ratify/", {"seen": "1", "meeting": good.pk})
    unit.post(f"/meetings/decisions/{between.pk}/refuse/", {"seen": "1", "meeting": good.pk})
    assert {each.text: each.standing for each in agenda_of(made.people["unit"], good).waiting} == {
        "Adopt the tool.": "Ratified",
        "Spend £500.": "Not ratified",
    }
    assert "Adopt the tool." in of(unit, "/meetings/decisions/?standing=ratify&words=adopt")
    assert "Spend £500." not in of(unit, "/meetings/decisions/?standing=stands")
    assert b"Spend" in unit.get("/meetings/rows/decisions/csv/?standing=refuse").content
    with pytest.raises(Unacceptable, match="not provisional"):
        rule_on(
            Decision.objects.get(item=item), Ruling.REFUSE, good, version=2, by=SYSTEM, now=timezone.now()
        )


def test_what_is_confidential_is_shown_to_the_group_and_those_who_serve_the_whole_partnership(
    made: World,
) -> None:
    item = make_item(make_meeting(made.group), "Zebra item", tier=Tier.T2)
    minuted(item, "Zebra text", decision="Zebra decision", line="Zebra action — Police")
    make_item(item.meeting, "Open item")
    elsewhere = member("Elsie Where", "member", "group", create_group("Elsewhere", by=SYSTEM).key)
    readers = {made.person("member"): True, made.person("executive"): True}
    for user, reads in (readers | {elsewhere: False, made.person("owner"): False}).items():
        client = enter(Client(), user)
        pages = [
            f"/meetings/{item.meeting_id}/",
            "/meetings/decisions/",
            "/meetings/actions/",
            "/search/?q=zebra",
        ]
        assert [("Zebra" in of(client, path)) for path in pages] == [reads] * 4, user.name
        assert "Open item" in of(client, pages[0])


def test_what_is_decided_on_a_record_is_shown_on_its_page(made: World) -> None:
    unit = enter(Client(), made.person("unit"))
    meeting = make_meeting(made.group)
    action = make_action(make_plan(made.group), made.agency)
    challenge = make_challenge(made.agency, made.group, tier=Tier.T2)
    new = f"/meetings/{meeting.pk}/items/new/"
    unit.post(new, {"title": "How it goes", "about": action.reference.lower(), "tier": "T1"})
    closed = {
        "title": "The challenge",
        "about": f"https://x.example/challenges/{challenge.pk}/",
        "tier": "T1",
    }
    assert "is not read by everybody" in unit.post(new, closed).content.decode()
    unit.post(new, closed | {"tier": "T2"})
    assert (
        "stand on an agenda, is found there"
        in unit.post(new, closed | {"about": "/plans/nowhere/"}).content.decode()
    )
    on_action, on_challenge = meeting.items.order_by("pk")
    minuted(on_action, decision="Carry on.")
    minuted(on_challenge, decision="Answer it.")
    shown = of(unit, f"/actions/{action.reference}/")
    assert "Neglect sub-group: How it goes" in shown
    assert "Carry on." in shown
    assert "Answer it." in of(unit, f"/challenges/{challenge.pk}/")
    owner = enter(Client(), made.person("owner"))
    assert "Carry on." in of(owner, f"/actions/{action.reference}/")
    assert "Answer it." not in of(owner, f"/challenges/{challenge.pk}/")
