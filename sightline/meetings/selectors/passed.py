"""What was passed on after a meeting, seat by seat, and who may say it for which seat."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sightline.meetings.choices import Reach
from sightline.meetings.models import Meeting, PassedOn, PassedOnCheck
from sightline.meetings.rules.passed import Cascade, cascade
from sightline.partners.models import Seat
from sightline.partners.selectors import SeatThen, seats_then, standing


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
