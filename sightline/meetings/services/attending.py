"""Who came to a meeting: all seats at once, and guests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import held_as_seen
from sightline.meetings.choices import ATTENDANCE_LABELS, ATTENDED, Attendance, MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Attended, Meeting
from sightline.meetings.selectors.meetings import (
    PlaceThen,
    missing_at,
    rule_of,
)
from sightline.screens.words import day

Key = tuple[int, int]
REPLACED = ["status", "person", "name", "recorded_at", "entered_by", "entered_by_label"]
CLOSED = {
    MeetingState.APPROVED: "The minutes were approved, and who came with them. It stands.",
    MeetingState.CANCELLED: "The meeting was cancelled: nobody came.",
}


@dataclass(frozen=True, slots=True)
class CameGiven:
    """How one place was filled. `name`: who came, where it was not the holder; empty for the holder."""

    status: Attendance
    name: str = ""


@deed
def enter_attendance(
    found: Meeting,
    places: Sequence[PlaceThen],
    came: Mapping[Key, CameGiven],
    guests: Sequence[str] = (),
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> Meeting:
    """Enter who came, by (seat, place): all of the meeting at once, so a place left out is a place not said.

    `places`: as they were read for this version, which changes with every row of them. `guests`: "name, where from".
    A planned meeting to which somebody came has been held. Raises Unacceptable (by "SEAT-PLACE" where one place is
    wrong), StaleRecord.
    """
    live: Meeting = held_as_seen(found, version, "group")
    if live.state_now in CLOSED:
        raise Unacceptable({"": CLOSED[live.state_now]})
    expected = {(each.then.seat.pk, each.place): each for each in places}
    _check(live, came, expected, now)
    told = _guests(guests)
    stood = [each.row for each in places if each.row]
    wanted = [_row(live, key, given, expected[key], by, now) for key, given in came.items()]
    rows = _save(stood, wanted)
    live.guests = "\n".join(told)
    _move_on(live, rows, [_with(place, rows) for place in places])
    named = {"came": [row.name for row in rows if row.name], "guests": told}
    after = {
        "status": _status_of(rows),
        "quorate": live.current_quorate,
        **{k: v for k, v in named.items() if v},
    }
    record(
        MeetingEntry.ATTENDANCE_ENTERED,
        by=by,
        subject=live,
        before={"status": _status_of(stood)},
        after=after,
    )
    return live


def _check(
    live: Meeting, came: Mapping[Key, CameGiven], places: Mapping[Key, PlaceThen], now: datetime
) -> None:
    ahead = live.held_on > timezone.localdate(now)
    problems = {}
    for key, given in came.items():
        field = f"{key[0]}-{key[1]}"
        if key not in places:
            problems[field] = "The group had no such seat on that day."
        elif given.status == Attendance.DEPUTY and not given.name.strip():
            problems[field] = f"Enter the name of the deputy who came for {places[key].then.title}"
        elif ahead and given.status != Attendance.APOLOGIES:
            problems[field] = (
                f"The meeting is on {day(live.held_on)}: until then only apologies can be entered."
            )
    if problems:
        raise Unacceptable(problems)


def _row(live: Meeting, key: Key, given: CameGiven, place: PlaceThen, by: Actor, now: datetime) -> Attended:
    """The row, with the person where the name is that of the holder or of a deputy of the seat."""
    name = given.name.strip()
    holders = [place.holder] if place.holder else []
    known = {each.person.name.casefold(): each.person for each in (*holders, *place.then.deputies)}
    person = known.get(name.casefold()) if name else (place.holder.person if place.holder else None)
    return Attended(
        meeting=live,
        seat_id=key[0],
        place=key[1],
        status=given.status.value,
        person=person,
        name="" if person else name[:200],
        **entered(by, now),
    )


def _save(stood: Sequence[Attended], wanted: Sequence[Attended]) -> list[Attended]:
    """Make the rows exactly those wanted; one that says the same as before keeps who entered it, and when."""
    same, places = {_said(row): row for row in stood}, {(row.seat_id, row.place) for row in wanted}
    if gone := [row.pk for row in stood if (row.seat_id, row.place) not in places]:
        Attended.objects.filter(pk__in=gone).delete()
    if new := [row for row in wanted if _said(row) not in same]:
        Attended.objects.bulk_create(
            new, update_conflicts=True, unique_fields=["meeting", "seat", "place"], update_fields=REPLACED
        )
    return [same.get(_said(row), row) for row in wanted]


def _said(row: Attended) -> tuple[object, ...]:
    return row.seat_id, row.place, row.status, row.person_id, row.name


def _guests(lines: Sequence[str]) -> list[str]:
    told = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    for line in told:
        if line.startswith(",") or len(line) > 300:
            raise Unacceptable({"guests": f"Write a guest as “name, where from”, not “{line[:60]}”"})
    return told


def _with(place: PlaceThen, rows: Sequence[Attended]) -> PlaceThen:
    row = next((r for r in rows if (r.seat_id, r.place) == (place.then.seat.pk, place.place)), None)
    return PlaceThen(place.then, place.place, place.holder, row, place.is_gone)


def _move_on(live: Meeting, rows: Sequence[Attended], places: Sequence[PlaceThen]) -> None:
    """Keep whether it was quorate, and that it was held."""
    came = any(Attendance(row.status) in ATTENDED for row in rows)
    live.current_quorate = None
    # Of a group without seats nobody can be entered but guests: its meetings are as its rule says.
    if came or not places:
        rule = rule_of(live.group, live.held_on)
        asked = rule is not None and rule.asked.asks_something
        live.current_quorate = not missing_at(live, places, rule) if rule and asked else True
    if came and live.state == MeetingState.PLANNED:
        live.state = MeetingState.HELD.value
    live.version += 1
    live.save(update_fields=["current_quorate", "state", "guests", "version"])


def _status_of(rows: Sequence[Attended]) -> dict[str, str]:
    """Which seat was filled how, without names: "seat-place" → words."""
    told = sorted(rows, key=lambda row: (row.seat_id, row.place))
    return {f"{row.seat_id}-{row.place}": ATTENDANCE_LABELS[Attendance(row.status)] for row in told}
