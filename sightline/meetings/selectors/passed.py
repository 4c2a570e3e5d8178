"""What was passed on after a meeting, seat by seat, and who may say it for which seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from sightline.meetings.choices import Reach
from sightline.meetings.models import Meeting, PassedOn, PassedOnCheck
from sightline.meetings.rules.passed import Cascade, cascade
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Holding, Seat
from sightline.partners.selectors import SeatThen, seats_then, standing

# Group, seat, account, and two times that must both hold.
Held = tuple[int, int, int, tuple[tuple[date | None, date | None], ...]]


@dataclass(frozen=True)
class SeatPassed:
    """A seat that was held on the day, with what its member passed on."""

    then: SeatThen
    told: list[PassedOn] = field(default_factory=list)


@dataclass(frozen=True)
class MeetingPassed:
    """Every seat that is asked, the checks of each account, and the figures."""

    seats: tuple[SeatPassed, ...]
    checks: dict[int, list[PassedOnCheck]]
    figures: Cascade


def passed_on_after(meeting: Meeting) -> MeetingPassed:
    """What was passed on after a meeting; four queries."""
    told: defaultdict[int, list[PassedOn]] = defaultdict(list)
    for each in PassedOn.objects.filter(meeting=meeting).order_by("as_at", "pk"):
        told[each.seat_id].append(each)
    checks: defaultdict[int, list[PassedOnCheck]] = defaultdict(list)
    for check in PassedOnCheck.objects.filter(passed_on__meeting=meeting).order_by("as_at", "pk"):
        checks[check.passed_on_id].append(check)
    held = [seat for seat in seats_at(meeting) if seat.holders]
    samples = [Reach(check.reach) for of_one in checks.values() for check in of_one]
    figures = cascade([seat.seat.pk for seat in held], list(told), samples)
    seats = tuple(SeatPassed(seat, told[seat.seat.pk]) for seat in held)
    return MeetingPassed(seats, dict(checks), figures)


def seats_at(meeting: Meeting) -> list[SeatThen]:
    """The seats of the group on the day of the meeting."""
    rows = Seat.objects.select_related("group").filter(standing(meeting.held_on), group=meeting.group)
    return seats_then(rows, meeting.held_on)


def is_of(user_id: int | None, then: SeatThen) -> bool:
    """Whether somebody's account is that of whoever held the seat, or deputised, on the day."""
    there = (*then.holders, *then.deputies)
    return user_id is not None and any(held.person.user_id == user_id for held in there)


def silent_members(meetings: Sequence[Meeting]) -> list[tuple[Meeting, list[int]]]:
    """For each meeting the accounts of those who held a seat on the day and told nothing for any of theirs."""
    told = set(PassedOn.objects.filter(meeting__in=meetings).values_list("meeting", "seat"))
    rows = _held(Seat.objects.filter(group__in={each.group_id for each in meetings}))
    found = []
    for meeting in meetings:
        seats: defaultdict[int, set[int]] = defaultdict(set)
        for group, seat, user, days in rows:
            if group == meeting.group_id and all(
                (first or meeting.held_on) <= meeting.held_on <= (last or meeting.held_on)
                for first, last in days
            ):
                seats[user].add(seat)
        silent = [user for user, own in seats.items() if not any((meeting.pk, seat) in told for seat in own)]
        found.append((meeting, sorted(silent)))
    return found


def members_of(meeting: Meeting, seat: Seat) -> set[int]:
    """The accounts of those who held the seat on the day; one query."""
    on = meeting.held_on
    return {
        user
        for _, _, user, days in _held(Seat.objects.filter(pk=seat.pk))
        if all((first or on) <= on <= (last or on) for first, last in days)
    }


def _held(seats: QuerySet[Seat]) -> list[Held]:
    """Who holds these seats and has an open account, with the days of the holding and of the seat; one query."""
    rows = Holding.objects.filter(
        seat__in=seats, kind=HoldingKind.HOLDER.value, is_mistake=False, person__user__is_active=True
    )
    columns = (
        "seat__group",
        "seat",
        "person__user",
        "starts_on",
        "ends_on",
        "seat__starts_on",
        "seat__ends_on",
    )
    return [
        (group, seat, user, ((a, b), (c, d))) for group, seat, user, a, b, c, d in rows.values_list(*columns)
    ]
