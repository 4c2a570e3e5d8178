"""The meetings of a series, planned at once: all of them or none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, entered, record
from sightline.events.services.keeping import held_as_seen
from sightline.meetings.choices import MeetingState
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.models import Meeting, Series
from sightline.meetings.services.agenda import build
from sightline.meetings.services.news import tell_planned
from sightline.screens.words import day
from sightline.search.services import keep_words

NONE = "Enter at least one day"
TWICE = "Two meetings are on {}: change or empty one of them"
PLANNED = "Of this series there is a meeting on {} already: change or empty this day"
OVER = "The series is over: no more meetings are planned in it."
LATER = "The meetings end before they start: change one of the times"


@deed
def plan_series(
    found: Series,
    days: Mapping[str, date],
    starts_at: time | None,
    ends_at: time | None,
    *,
    version: int,
    by: Actor,
    now: datetime,
) -> list[Meeting]:
    """Plan a meeting of the series on each of these days, by the name of the field that gave it.

    Each begins with the standing items; what was deferred stands on the first. The same statements, however many
    meetings. Raises Unacceptable, StaleRecord.
    """
    live: Series = held_as_seen(found, version, "group")
    _check(live, days, starts_at, ends_at)
    hours = {"starts_at": starts_at, "ends_at": ends_at, "place": live.place}
    rows = [
        Meeting(group=live.group, series=live, held_on=held_on, **hours, **entered(by, now))
        for held_on in sorted(days.values())
    ]
    made = Meeting.objects.bulk_create(rows)
    items = build(made, by, now)
    told = {"group": live.group.name, "series": live.name, "place": live.place}
    for meeting, count in zip(made, items, strict=True):
        after = {
            **told,
            "held_on": meeting.held_on,
            "kind": meeting.kind,
            "hours": meeting.hours,
            "items": count,
        }
        record(MeetingEntry.MEETING_PLANNED, by=by, subject=meeting, after=after)
    keep_words(*made)
    tell_planned(live, len(made), by=by, now=now)
    return made


def _check(series: Series, days: Mapping[str, date], starts_at: time | None, ends_at: time | None) -> None:
    if series.is_over:
        raise Unacceptable({"": OVER})
    if not days:
        raise Unacceptable({"day-0": NONE})
    if starts_at and ends_at and ends_at <= starts_at:
        raise Unacceptable({"ends_at": LATER})
    standing = Meeting.objects.filter(series=series, held_on__in=days.values())
    taken = set(standing.exclude(state=MeetingState.CANCELLED).values_list("held_on", flat=True))
    seen: set[date] = set()
    wrong = {}
    for name, held_on in days.items():
        if held_on in taken or held_on in seen:
            wrong[name] = (PLANNED if held_on in taken else TWICE).format(day(held_on))
        seen.add(held_on)
    if wrong:
        raise Unacceptable(wrong)
