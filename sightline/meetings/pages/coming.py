"""Who is expected at a meeting: on the meeting's page, and on the page that a member's link opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from sightline.access.permissions import scope_of
from sightline.meetings.choices import ATTENDED, Attendance
from sightline.meetings.forms.coming import ComingForm
from sightline.meetings.models import Meeting, MeetingRule, Reply
from sightline.meetings.permissions import can_keep
from sightline.meetings.selectors.invitations import Expected, expected_at
from sightline.meetings.selectors.meetings import PlaceThen, missing_at
from sightline.meetings.services.coming import said_in_words
from sightline.partners.models import Person
from sightline.requests.permissions import can_keep_round
from sightline.screens import elements
from sightline.screens.forms import problems
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

COLOURS = {
    Attendance.PRESENT: "green",
    Attendance.REMOTE: "green",
    Attendance.DEPUTY: "turquoise",
    Attendance.APOLOGIES: "yellow",
}


@dataclass(frozen=True)
class ComingShown:
    """What is expected of one place. `words` and `typed` are empty for whoever does not write the minutes."""

    status: str
    colour: str
    deputy: str
    words: str
    typed: str


@dataclass(frozen=True)
class Coming:
    """Who is expected at a meeting that is to come. `mine`: where the reader says it of themselves.

    `quorum`: whether it is likely, by what was said, and its colour; `missing`: what is missing, a sentence each.
    """

    told: str
    quorum: str
    colour: str
    missing: tuple[str, ...]
    places: Mapping[tuple[int, int], ComingShown]
    mine: str
    invite: str
    request: str


def coming(
    user: Reader,
    found: Meeting,
    places: Sequence[PlaceThen],
    rule: MeetingRule | None,
    replies: Mapping[int, Reply],
    request: int | None,
    *,
    writes: bool,
) -> Coming:
    """What is expected of each place, and of the quorum; a query where every partner has to be there.

    `request`: the number of the open request that asks the members.
    """
    looks_after = can_keep(user, found.group) or can_keep_round(user)
    expected = {key_of(place): expected_at(place, replies) for place in places}
    quorum, missing = _quorum(found, places, rule, expected)
    own = scope_of(user).user_id
    mine = next(
        (p.holder.person_id for p in places if p.holder and own and p.holder.person.user_id == own), None
    )
    return Coming(
        told=_told(places, expected),
        quorum=quorum,
        colour="yellow" if missing else "green",
        missing=missing,
        places={key_of(place): _shown(found, place, expected[key_of(place)], writes) for place in places},
        mine=reverse("meetings:reply", args=[found.pk, mine]) if mine else "",
        invite=reverse("meetings:pack", args=[found.pk]) if writes and request is None else "",
        request=reverse("requests:round", args=[request]) if request and looks_after else "",
    )


def key_of(place: PlaceThen) -> tuple[int, int]:
    """A place by its seat and number."""
    return place.then.seat.pk, place.place


def _shown(found: Meeting, place: PlaceThen, said: Expected | None, writes: bool) -> ComingShown:
    typed = (
        reverse("meetings:reply", args=[found.pk, place.holder.person_id]) if place.holder and writes else ""
    )
    if place.is_vacant:
        return ComingShown("Vacant", "grey", "", "", "")
    if said is None:
        return ComingShown("Not answered", "grey", "", "", typed)
    return ComingShown(said.label, COLOURS[said.status], said.name, said.words if writes else "", typed)


def _told(places: Sequence[PlaceThen], expected: Mapping[tuple[int, int], Expected | None]) -> str:
    due = [key_of(place) for place in places if not place.is_vacant]
    said = [each for key in due if (each := expected[key])]
    if not said:
        return "Nobody has answered yet." if due else ""
    come = sum(each.status in ATTENDED for each in said)
    left = len(due) - len(said)
    open_ = f" {count(left, 'has', 'have')} not answered." if left else ""
    return f"{come:,} of {count(len(due), 'seat')} expected to be filled, {len(said) - come:,} not.{open_}"


def _quorum(
    found: Meeting,
    places: Sequence[PlaceThen],
    rule: MeetingRule | None,
    expected: Mapping[tuple[int, int], Expected | None],
) -> tuple[str, tuple[str, ...]]:
    """Whether a quorum is likely by what was said: never more than an expectation, and nothing without a rule."""
    if rule is None or not rule.asked.asks_something or not any(expected.values()):
        return "", ()

    def is_expected(place: PlaceThen) -> bool:
        said = expected[key_of(place)]
        return said is not None and said.status in ATTENDED

    missing = missing_at(found, places, rule, is_expected, there="expected")
    return "Quorum not likely yet" if missing else "Quorum likely", missing


@dataclass(frozen=True)
class PersonAsked:
    """One person of a link, with what they said last and their form."""

    name: str
    said: str
    said_on: date | None
    form: ComingForm


@dataclass(frozen=True)
class ComingPage:
    """The page that a link opens. `people`: one, unless several share the address."""

    group: str
    kind: str
    day: str
    hours: str
    place: str
    people: tuple[PersonAsked, ...]
    is_several: bool
    came: bool
    summary: SafeString


def summary_of(forms: Sequence[ComingForm]) -> SafeString:
    """What has to be put right, of all forms; empty where there is nothing."""
    found = [problem for form in forms for problem in problems(form)]
    return elements.error_summary(found) if found else SafeString()


def coming_page(
    found: Meeting,
    people: Sequence[Person],
    forms: Sequence[ComingForm],
    replies: Mapping[int, Reply],
    *,
    came: bool,
) -> ComingPage:
    """When and where the meeting is, and what is asked."""
    asked = tuple(
        PersonAsked(
            name=person.name,
            said=said_in_words(row) if (row := replies.get(person.pk)) else "",
            said_on=timezone.localdate(row.recorded_at) if row else None,
            form=form,
        )
        for person, form in zip(people, forms, strict=True)
    )
    return ComingPage(
        group=found.group.name,
        kind=found.kind_label,
        day=day(found.held_on),
        hours=found.hours,
        place=found.place,
        people=asked,
        is_several=len(asked) > 1,
        came=came,
        summary=summary_of(forms),
    )
