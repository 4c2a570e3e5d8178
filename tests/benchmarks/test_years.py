"""The meetings of the measures: rows written in bulk are those that services write of the same values."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from benchmarks.meetings import Reader, addresses
from benchmarks.years import DEPUTY, DONE, DONE_AFTER, RAISED, TO_WHOM, Size, Spoken, Told, Years, write
from sightline.meetings.choices import Attendance, MeetingDeed, Ruling
from sightline.meetings.models import Attended, Decision, GroupAction, Item, Meeting, MinuteText, PassedOn
from sightline.meetings.selectors.items import agenda_of, standing_texts
from sightline.meetings.selectors.meetings import places_at
from sightline.meetings.services import (
    CameGiven,
    ItemGiven,
    MeetingGiven,
    MinuteGiven,
    add_item,
    do,
    enter_attendance,
    finish_action,
    minute,
    plan_meeting,
    rule_on,
)
from sightline.meetings.services.passed import PassedGiven, pass_on
from sightline.partners.models import Group, Seat

pytestmark = pytest.mark.django_db
SMALL = Size(agencies=4, groups=1, seats=4, meetings=4, rounds=1, challenges=2, risks=1)
NAMED = {"meeting": "meeting__held_on", "approved_at": "approved_at__held_on", "ruled_at": "ruled_at__held_on",
         "item": "item__title", "follows": "follows__meeting__held_on", "replaced_by": "replaced_by__text"}  # fmt: skip


def everything() -> dict[str, list[Any]]:
    """Every row of meetings, each number of another row put in words."""
    found = {}
    for model in (Meeting, Attended, Item, MinuteText, Decision, GroupAction, PassedOn):
        names = [field.name for field in model._meta.concrete_fields if field.name != "id"]
        rows = model._default_manager.order_by().values_list(*(NAMED.get(name, name) for name in names))
        found[model.__name__] = sorted(rows, key=str)
    return found


def by_services(years: Years, group: Group, told: list[Told]) -> None:
    """The same meetings, as people enter them."""
    before: list[Meeting] = []
    for each in told:
        stamp = years.stamp(each.on)
        series = years.series[group.pk]
        meeting = plan_meeting(group, MeetingGiven(each.on, series=series), **stamp)
        came = {
            (pk, 1): CameGiven(how, DEPUTY if how == Attendance.DEPUTY else "")
            for pk, how in each.came.items()
        }
        places = places_at(meeting, [])
        meeting = enter_attendance(meeting, places, came, version=1, **stamp)
        if each.is_quorate:
            for decision in agenda_of(years.manager, meeting).waiting:
                rule_on(decision, Ruling.RATIFY, meeting, version=1, **stamp)
        for spoken in each.items:
            minuted(years, meeting, spoken)
        for pk, what in each.passed.items():
            pass_on(meeting, Seat.objects.get(pk=pk), PassedGiven(what, TO_WHOM, each.on, 12), **stamp)
        for earlier in before if each.is_quorate else []:
            checked = do(earlier, MeetingDeed.CHECK, version=earlier.version, **stamp)
            do(checked, MeetingDeed.APPROVE, version=checked.version, approved_at=meeting, **stamp)
        before = [meeting] if each.is_quorate else [*before, meeting]


def minuted(years: Years, meeting: Meeting, spoken: Spoken) -> None:
    stamp = years.stamp(meeting.held_on)
    item = Item.objects.filter(meeting=meeting, title=spoken.title).first()
    if item is None:
        item = add_item(meeting, ItemGiven(spoken.title), **stamp)
    line = f"{spoken.action} — {spoken.owner} — {spoken.due_on}" if spoken.owner else ""
    given = MinuteGiven(spoken.text, (), decision=spoken.decision, line=line, defer=spoken.defer)
    minute(item, given, **stamp)
    if spoken.correction:
        seen = [text.pk for text in standing_texts([item.pk])]
        minute(item, MinuteGiven(spoken.correction, seen, is_correction=True), **stamp)
    on = meeting.held_on + DONE_AFTER
    if spoken.owner and on <= years.on:
        finish_action(GroupAction.objects.get(item=item), 1, DONE, on, **years.stamp(on))


def test_rows_written_in_bulk_are_those_that_services_write() -> None:
    years = Years(SMALL)
    group = years.groups[0]
    told = [years.told(group, 0, place) for place in range(SMALL.meetings)]
    with transaction.atomic():
        write(years, group, told)
        bulk = everything()
        transaction.set_rollback(True)
    by_services(years, group, told)
    assert everything() == bulk
    assert all(bulk.values())
    assert {row[-1] for row in bulk["Decision"]} == {1, 2}
    assert any(each.title == RAISED[0] for each in told[0].items)
    assert told[0].on + timedelta(days=1) < told[1].on


def test_every_page_measured_opens_and_asks_as_often_after_two_years() -> None:
    years = Years(SMALL)
    years.grow(1)
    reader = Reader(years)
    for address in addresses(years).values():
        reader.get(address)
    before = Meeting.objects.count()
    years.grow(2)
    assert Meeting.objects.count() == 2 * before - 1
