"""How a meeting was passed on: who told what, to whom, and what samples found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.access.permissions import scope_of
from sightline.meetings import permissions
from sightline.meetings.choices import REACH_COLOURS, REACH_LABELS, TOOK_PLACE, Reach
from sightline.meetings.models import Meeting, PassedOn, PassedOnCheck
from sightline.meetings.rules.passed import cascade_told
from sightline.meetings.selectors.passed import SeatPassed, is_of, passed_on_after
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


@dataclass(frozen=True)
class Check:
    """A sample check of it."""

    tag: str
    colour: str
    words: str


@dataclass(frozen=True)
class Told:
    """One account of it."""

    what: str
    to_whom: str
    day: date
    voice: str
    checks: tuple[Check, ...]
    check_href: str


@dataclass(frozen=True)
class Row:
    """A seat that is asked, with what was told for it."""

    title: str
    who: str
    told: tuple[Told, ...]
    say_href: str


@dataclass(frozen=True)
class PassedPage:
    """The page."""

    meeting: Meeting
    figures: str
    rows: tuple[Row, ...]
    has_met: bool


def passed_page(user: Reader, found: Meeting) -> PassedPage:
    """Every seat that was held on the day, those first whose turn it is for this reader."""
    passed = passed_on_after(found)
    keeps, has_met = permissions.can_keep(user, found.group), found.state_now in TOOK_PLACE
    scope = scope_of(user)
    rows = []
    for seat in passed.seats:
        agencies = [agency.key for agency in seat.then.agencies]
        may = has_met and (
            is_of(scope.user_id, seat.then) or permissions.can_pass_on(user, found.group, agencies)
        )
        rows.append(_row(found, seat, passed.checks, may=may, keeps=keeps))
    rows.sort(key=lambda row: not row.say_href or bool(row.told))
    return PassedPage(found, cascade_told(passed.figures), tuple(rows), has_met)


def _row(
    found: Meeting, seat: SeatPassed, checks: dict[int, list[PassedOnCheck]], *, may: bool, keeps: bool
) -> Row:
    return Row(
        seat.then.title,
        ", ".join(held.person.name for held in seat.then.holders),
        tuple(_told(each, checks.get(each.pk, []), keeps=keeps) for each in seat.told),
        reverse("meetings:pass_on", args=[found.pk, seat.then.seat.pk]) if may else "",
    )


def _told(each: PassedOn, checks: list[PassedOnCheck], *, keeps: bool) -> Told:
    reached = f" ({count(each.reached, 'person', 'people')})" if each.reached else ""
    return Told(
        each.what,
        f"{each.to_whom}{reached}",
        each.as_at,
        each.voice,
        tuple(
            Check(
                REACH_LABELS[Reach(check.reach)],
                REACH_COLOURS[Reach(check.reach)],
                ". ".join(
                    part for part in (f"{day(check.as_at)}, {check.entered_by_label}", check.text) if part
                ),
            )
            for check in checks
        ),
        reverse("meetings:passed_check", args=[each.pk]) if keeps else "",
    )
