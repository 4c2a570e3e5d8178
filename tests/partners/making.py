"""Seats and people in them, for tests."""

import datetime as dt
from typing import Any

from django.utils import timezone

from sightline.events.choices import SYSTEM
from sightline.partners.choices import HoldingKind
from sightline.partners.models import Agency, Group, Holding, Person, Seat
from sightline.partners.services import SeatGiven, add_seat, fill_seat

BEGAN = dt.date(2026, 1, 5)


def make_seat(group: Group, *agencies: Agency, **given: Any) -> Seat:
    """An optional seat of a member with a vote that has always been, unless `given` says otherwise."""
    told = {"words": "" if agencies else "Lay member", **given}
    return add_seat(group, SeatGiven(agencies=agencies, **told), by=SYSTEM, now=timezone.now())


def fill(
    seat: Seat,
    person: Person,
    starts_on: dt.date = BEGAN,
    ends_on: dt.date | None = None,
    kind: HoldingKind = HoldingKind.HOLDER,
) -> Holding:
    """Somebody in a seat."""
    return fill_seat(seat.pk, person, kind, starts_on, ends_on, by=SYSTEM, now=timezone.now()).holding
