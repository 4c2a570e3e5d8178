"""The page on which attendance is entered: a row for each place of a seat."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.forms import BoundField

from sightline.meetings.forms.attending import AttendingForm, key_of
from sightline.meetings.models import Meeting
from sightline.meetings.selectors.invitations import Expected
from sightline.meetings.selectors.meetings import PlaceThen


@dataclass(frozen=True)
class Line:
    """One place: who holds it, who may deputise, and its two fields; none where it was vacant."""

    title: str
    agencies: str
    holder: str
    deputies: str
    said: str
    status: BoundField | None
    who: BoundField | None


@dataclass(frozen=True)
class AttendingPage:
    """The form as rows."""

    meeting: Meeting
    form: AttendingForm
    lines: tuple[Line, ...]
    is_suggested: bool


def attending_page(
    meeting: Meeting, form: AttendingForm, places: Sequence[PlaceThen], expected: Mapping[str, Expected]
) -> AttendingPage:
    """Every place of the group's seats on that day."""
    return AttendingPage(
        meeting, form, tuple(_line(form, place, expected) for place in places), bool(expected)
    )


def _line(form: AttendingForm, place: PlaceThen, expected: Mapping[str, Expected]) -> Line:
    then, key = place.then, key_of(place)
    several = f" ({place.place} of {then.seat.places})" if then.seat.places > 1 else ""
    return Line(
        title=f"{then.title or then.seat}{several}",
        agencies=then.stands_for if then.seat.words else "",
        holder=place.holder.person.name if place.holder else "",
        deputies=", ".join(each.person.name for each in then.deputies),
        said=expected[key].label if key in expected else "",
        status=None if place.is_vacant else form[f"{key}-status"],
        who=None if place.is_vacant else form[f"{key}-who"],
    )
