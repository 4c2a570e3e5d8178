"""Until when a member says whether they come, and when they are reminded. Numbers: `definitions/invitations.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache

from sightline import definitions


@dataclass(frozen=True, slots=True)
class InvitationNumbers:
    """Calendar days. Each is explained in the definition file."""

    remind_days_before: int
    remind_after_days: int


@cache
def numbers() -> InvitationNumbers:
    """The numbers that ship with Sightline."""
    given = definitions.load("invitations")["numbers"]
    return InvitationNumbers(**{name: entry["value"] for name, entry in given.items()})


def is_before(held_on: date, starts_at: time | None, moment: datetime) -> bool:
    """Whether a meeting has not begun at a moment of the place; without an hour, it begins when its day is over."""
    if moment.date() != held_on or starts_at is None:
        return moment.date() <= held_on
    return moment.time() < starts_at


def is_reminder_due(held_on: date, last_on: date, on: date, counted: InvitationNumbers) -> bool:
    """Whether somebody who has not answered is reminded on the day; `last_on`: of the last e-mail about the meeting."""
    is_near = 0 < (held_on - on).days <= counted.remind_days_before
    return is_near and (on - last_on).days >= counted.remind_after_days
