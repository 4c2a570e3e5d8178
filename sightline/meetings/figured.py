"""Figures of a group's meetings, for its return, and the meetings that lie ahead, for the forward plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from sightline.events.choices import Tier
from sightline.meetings.choices import (
    STATE_COLOURS,
    STATE_LABELS,
    TOOK_PLACE,
    Attendance,
    MeetingKind,
    MeetingState,
)
from sightline.meetings.models import Decision, Meeting, MeetingRule
from sightline.meetings.rules.attendance import Mark, counts, mark_of, tally
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Group, Holding
from sightline.requests.ahead import Ahead
from sightline.requests.figures import FigureRow, GroupFigure
from sightline.screens.words import count, day


def of(group: Group, first: date, last: date) -> Iterator[GroupFigure]:
    """Meetings held, attendance as the page of attendance counts it, and decisions that all may read; two queries."""
    entered = list(_entered(group, first, last))
    met = list({each.pk: each for each in entered}.values())
    rows = tuple(
        FigureRow(f"{day(each.held_on)}, {each.kind_label.lower()}", f"/meetings/{each.pk}/") for each in met
    )
    yield GroupFigure("Meetings held", f"{len(met):,}", rows)
    counted = tally([_mark(each) for each in entered if vars(each)["status"]])
    if counted.percent is not None:
        words = f"{counted.attended:,} of {count(counted.counted, 'seat')} filled ({counted.percent}%)"
        yield GroupFigure("Attendance", words, rows)
    decided = Decision.objects.filter(group=group, decided_on__range=(first, last), tier=Tier.T1)
    decided = decided.filter(withdrawn_because="").select_related("meeting")
    taken = tuple(_decision(each) for each in decided.order_by("decided_on", "pk"))
    yield GroupFigure("Decisions", f"{len(taken):,}", taken)


def _decision(each: Decision) -> FigureRow:
    where = f"/meetings/{each.meeting_id}/" if each.meeting_id else "/meetings/decisions/"
    draft = "Draft minutes: " if each.meeting and each.meeting.is_draft else ""
    return FigureRow(f"{draft}{each.text[:160]}", where)


def _entered(group: Group, first: date, last: date) -> Iterator[Meeting]:
    """The meetings that count in figures, each once for every place entered of it, with whether somebody held that
    place on the day; once alone where nothing was entered. Development days only where the group's rule of that day
    says so.
    """
    rule = MeetingRule.objects.filter(group=OuterRef("group"), starts_on__lte=OuterRef("held_on"))
    newest = rule.order_by("-starts_on", "-pk").values("counts_development")[:1]
    held = Holding.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("held_on")),
        seat=OuterRef("attended__seat"),
        place=OuterRef("attended__place"),
        starts_on__lte=OuterRef("held_on"),
        kind=HoldingKind.HOLDER.value,
        is_mistake=False,
    )
    found = Meeting.objects.filter(group=group, held_on__range=(first, last), state__in=TOOK_PLACE).annotate(
        ruled_so=Subquery(newest),
        status=F("attended__status"),
        seat_from=F("attended__seat__starts_on"),
        seat_until=F("attended__seat__ends_on"),
        held=Exists(held),
    )
    for each in found.order_by("held_on", "pk"):
        if counts(
            is_development=each.kind == MeetingKind.DEVELOPMENT,
            group_counts_development=bool(vars(each)["ruled_so"]),
        ):
            yield each


def _mark(each: Meeting) -> Mark:
    row, on = vars(each), each.held_on
    stands = (row["seat_from"] is None or row["seat_from"] <= on) and (
        row["seat_until"] is None or on <= row["seat_until"]
    )
    return mark_of(Attendance(row["status"]), is_held=row["held"], stands=stands)


def ahead(user: Any, first: date, last: date) -> Iterator[Ahead]:
    """The meetings that somebody may know of between two days, but for those that are cancelled; one query."""
    found = meetings_visible_to(user).filter(held_on__range=(first, last))
    for each in found.exclude(state=MeetingState.CANCELLED):
        yield Ahead(
            key=f"meeting-{each.pk}",
            on=each.held_on,
            kind=each.kind_label,
            title=each.series.name if each.series else each.kind_label,
            group=each.group.name,
            group_key=each.group.key,
            href=f"/meetings/{each.pk}/",
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            place=each.place,
            state=(STATE_LABELS[each.state_now], STATE_COLOURS[each.state_now]),
        )
