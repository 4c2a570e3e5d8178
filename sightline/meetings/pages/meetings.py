"""The list of meetings, and one meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse

from sightline.access.permissions import scope_of
from sightline.meetings import permissions, reports
from sightline.meetings.choices import (
    DEED_BUTTONS,
    STATE_COLOURS,
    STATE_LABELS,
    Attendance,
    MeetingDeed,
    MeetingState,
)
from sightline.meetings.forms.meetings import MeetingFilter
from sightline.meetings.models import Meeting, MeetingRule
from sightline.meetings.pages.agenda import Agenda, agenda
from sightline.meetings.pages.coming import Coming, coming, key_of
from sightline.meetings.pages.interests import Interests, interests_shown
from sightline.meetings.pages.sections import Section, sections
from sightline.meetings.rules.states import moves_from
from sightline.meetings.selectors.interests import interests_at
from sightline.meetings.selectors.invitations import replies_to
from sightline.meetings.selectors.meetings import (
    PlaceThen,
    attended_at,
    meetings_visible_to,
    missing_at,
    places_at,
    rule_words,
    with_names,
)
from sightline.meetings.selectors.shown import Known, known_of
from sightline.partners.selectors import groups_among
from sightline.rendering.document import Document
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

FORMATS = {"CSV": "csv", "Excel": "xlsx"}
LIST = ListPage(
    noun=("meeting", "meetings"),
    columns=(
        Column("day", "Day", sort=("held_on", "pk")),
        Column("group", "Group", sort=("group__name", "held_on")),
        Column("kind", "Kind", sort=("kind", "held_on")),
        Column("place", "Where", sort=("place", "held_on")),
        Column("state", "Where it stands", sort=("state", "held_on")),
        Column("quorum", "Quorum", sort=("current_quorate", "held_on")),
    ),
    filter_form=MeetingFilter,
    order="-day",
)
# How many meetings that come next stand above the list, which begins with the last day.
NEXT = 4
QUORUM = {True: ("Quorate", "green"), False: ("Not quorate", "red"), None: ("Quorum not known", "grey")}


@dataclass(frozen=True)
class MeetingRow:
    """One meeting of the list."""

    href: str
    held_on: date
    hours: str
    group: str
    series: str
    kind: str
    place: str
    state: str
    colour: str
    quorum: str
    quorum_colour: str


@dataclass(frozen=True)
class MeetingsPage:
    """The list of meetings."""

    sections: tuple[Section, ...]
    listing: Listing[MeetingRow]
    may_plan: bool
    next: tuple[MeetingRow, ...]


@dataclass(frozen=True)
class PlaceShown:
    """One place of a seat, and how it was filled."""

    title: str
    position: str
    agencies: str
    is_essential: bool
    status: str
    colour: str
    who: str
    words: str = ""
    typed: str = ""


@dataclass(frozen=True)
class MeetingPage:
    """One meeting. `quorum`: the rule in words; `missing`: what was missing of it, a sentence each.

    `is_ahead`: planned for a later day, so that its agenda comes first.
    """

    meeting: Meeting
    facts: tuple[SummaryRow, ...]
    state: str
    colour: str
    quorum: str
    quorum_tag: str
    quorum_colour: str
    missing: tuple[str, ...]
    places: tuple[PlaceShown, ...]
    guests: tuple[str, ...]
    came: str
    coming: Coming | None
    doings: tuple[tuple[str, str], ...]
    agenda: Agenda
    interests: Interests
    edit: str
    attending: str
    item_new: str
    minutes: str
    to_approve: tuple[str, date] | None
    is_ahead: bool

    @property
    def has_met(self) -> bool:
        """Whether it took place."""
        return self.meeting.state not in (MeetingState.PLANNED, MeetingState.CANCELLED)

    @property
    def is_approved(self) -> bool:
        """Whether its minutes were approved, so that a public version can be made."""
        return self.meeting.state == MeetingState.APPROVED


def list_page(user: Reader, query: QueryDict, on: date) -> MeetingsPage:
    """The meetings that the address asks for; above the whole list, those that come next."""
    exports = {
        label: reverse("meetings:list_export", args=["meetings", name]) for label, name in FORMATS.items()
    } if permissions.can_export(user) else None  # fmt: skip
    found = LIST.read(query, meetings_visible_to(user), form=_filter(user, query), exports=exports)
    ahead = () if query else _next(user, on)
    return MeetingsPage(
        sections("meetings:list"), found.with_rows(map(_row, found.rows)), permissions.keeps_any(user), ahead
    )


def _next(user: Reader, on: date) -> tuple[MeetingRow, ...]:
    """The next meetings: of the reader's own groups, where they have any; else of all."""
    rows = meetings_visible_to(user).filter(state=MeetingState.PLANNED, held_on__gte=on)
    if own := scope_of(user).group_keys:
        rows = rows.filter(group__key__in=own)
    return tuple(map(_row, rows.order_by("held_on", "pk")[:NEXT]))


def list_table(user: Reader, query: QueryDict, marking: str) -> Document:
    """The list as it is narrowed and ordered, whole, as a table to take away."""
    rows = LIST.ordered(_filter(user, query).narrow(meetings_visible_to(user)), query)
    cells = map(reports.meeting_cells, rows.iterator(chunk_size=500))
    return reports.table("Meetings", reports.MEETING_COLUMNS, cells, marking)


def _filter(user: Reader, query: QueryDict) -> MeetingFilter:
    return MeetingFilter(query, groups=groups_among(meetings_visible_to(user)))


def _row(found: Meeting) -> MeetingRow:
    tag, colour = _quorum(found)
    return MeetingRow(
        href=reverse("meetings:meeting", args=[found.pk]),
        held_on=found.held_on,
        hours=found.hours,
        group=found.group.name,
        series=found.series.name if found.series else "",
        kind=found.kind_label,
        place=found.place,
        state=STATE_LABELS[found.state_now],
        colour=STATE_COLOURS[found.state_now],
        quorum=tag,
        quorum_colour=colour,
    )


def _quorum(found: Meeting) -> tuple[str, str]:
    """What is known of the quorum; nothing of a meeting that has not met."""
    if found.state in (MeetingState.PLANNED, MeetingState.CANCELLED):
        return "", ""
    return QUORUM[found.current_quorate]


def meeting_page(user: Reader, found: Meeting, on: date) -> MeetingPage:
    """One meeting, of `meetings_shown`: its agenda and minutes, who came or is expected, what a quorum misses."""
    known = known_of(user, found)
    places, rule = places_at(found, attended_at(found) if known.attended else ()), known.rule
    keeps, writes = permissions.can_keep(user, found.group), _is_open(found) and known.writes
    # What the chair has checked is taken back to draft before it is changed.
    may_minute = writes and found.state != MeetingState.CHECKED
    tag, colour = _quorum(found)
    has = {"has_texts": known.texts, "has_papers": known.papers}
    told = agenda(user, found, on, keeps=keeps, writes=writes, **has)
    interests = interests_at(user, found) if known.interests else []
    numbers = {each.number: each.place for each in told.items}
    missing = missing_at(found, places, rule) if rule and found.current_quorate is False else ()
    expected = _coming(user, found, places, known, on, writes=writes)
    said = any(each.texts or each.decisions or each.actions for each in told.items)
    # Words stand there before anybody said that the meeting took place: they are a draft like any other.
    state = MeetingState.HELD if said and found.is_draft else found.state_now
    return MeetingPage(
        meeting=found,
        facts=facts(found),
        state=STATE_LABELS[state],
        colour=STATE_COLOURS[state],
        quorum=rule_words(with_names([rule])[0]) if rule else "",
        quorum_tag=tag,
        quorum_colour=colour,
        missing=missing,
        places=tuple(_place(each, expected) for each in places),
        guests=tuple(found.guest_list),
        came=_came(places),
        coming=expected,
        doings=_doings(found, on) if keeps else (),
        agenda=told,
        interests=interests_shown(found, interests, numbers, writes=may_minute),
        item_new=reverse("meetings:item_new", args=[found.pk]) if writes else "",
        minutes=reverse("meetings:minutes", args=[found.pk]) if may_minute else "",
        edit=reverse("meetings:edit", args=[found.pk]) if keeps else "",
        attending=reverse("meetings:attending", args=[found.pk]) if writes else "",
        to_approve=_to_approve(found, known),
        is_ahead=_is_ahead(found, on),
    )


def _to_approve(found: Meeting, known: Known) -> tuple[str, date] | None:
    """Where the minutes stand that this meeting has to approve, and of which day; nothing of one that is over."""
    if known.to_approve is None or found.state not in (MeetingState.PLANNED, MeetingState.HELD):
        return None
    number, held_on = known.to_approve
    return reverse("meetings:meeting", args=[number]), held_on


def _coming(
    user: Reader,
    found: Meeting,
    places: Sequence[PlaceThen],
    known: Known,
    on: date,
    *,
    writes: bool,
) -> Coming | None:
    """Who is expected; None of a meeting that is not to come. A query where anybody answered."""
    if found.state != MeetingState.PLANNED or found.held_on < on:
        return None
    replies = replies_to(found) if known.replies else {}
    return coming(user, found, places, known.rule, replies, known.request, writes=writes)


def _is_ahead(found: Meeting, on: date) -> bool:
    return found.state == MeetingState.PLANNED and found.held_on > on


def _is_open(found: Meeting) -> bool:
    return found.state not in (MeetingState.CANCELLED, MeetingState.APPROVED)


def facts(found: Meeting) -> tuple[SummaryRow, ...]:
    """What is known of a meeting, in words; what is not known is left out."""
    approved = f"At the meeting on {day(found.approved_at.held_on)}" if found.approved_at else ""
    rows = (
        ("Group", found.group.name),
        ("Series", f"{found.series.name} ({found.series.rhythm_label.lower()})" if found.series else ""),
        ("Kind", found.kind_label),
        ("Day", day(found.held_on)),
        ("Time", found.hours),
        ("Where", found.place),
        ("Cancelled because", found.cancelled_because),
        ("Minutes approved", approved),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def _place(found: PlaceThen, expected: Coming | None) -> PlaceShown:
    then = found.then
    said = expected.places[key_of(found)] if expected else None
    holder = found.holder.person.name if found.holder else ""
    return PlaceShown(
        title=found.label,
        position=then.position,
        agencies=then.stands_for if then.seat.words else "",
        is_essential=then.seat.is_essential,
        status=said.status if said else found.status,
        colour=said.colour if said else COLOURS[Attendance(found.row.status)] if found.row else "grey",
        who=(said.deputy if said else found.row.who if found.row else "") or holder,
        words=said.words if said else "",
        typed=said.typed if said else "",
    )


COLOURS = {
    Attendance.PRESENT: "green",
    Attendance.REMOTE: "green",
    Attendance.DEPUTY: "turquoise",
    Attendance.APOLOGIES: "yellow",
    Attendance.ABSENT: "red",
}


def _came(places: Sequence[PlaceThen]) -> str:
    """How many seats were filled, of how many that could be."""
    due = [each for each in places if not each.is_vacant]
    if not any(each.row for each in due):
        return ""
    filled = sum(each.is_filled for each in due)
    return f"{filled:,} of {count(len(due), 'seat')} filled."


def _doings(found: Meeting, on: date) -> tuple[tuple[str, str], ...]:
    """What can be done about it now, as what a button says and where it leads; no meeting took place ahead."""
    return tuple(
        (DEED_BUTTONS[each.deed], reverse("meetings:do", args=[found.pk, each.deed.value]))
        for each in moves_from(found.state_now)
        if each.deed != MeetingDeed.HOLD or not _is_ahead(found, on)
    )


def after_minuting(user: Reader, found: Meeting, on: date) -> tuple[tuple[str, str], ...]:
    """What comes after minuting: who came, then that it took place and was checked, for whoever keeps the meetings."""
    next_deeds = {DEED_BUTTONS[each] for each in (MeetingDeed.HOLD, MeetingDeed.CHECK)}
    doings = _doings(found, on) if permissions.can_keep(user, found.group) else ()
    return (
        ("Enter who came", reverse("meetings:attending", args=[found.pk])),
        *(each for each in doings if each[0] in next_deeds),
        ("Back to the meeting", reverse("meetings:meeting", args=[found.pk])),
    )


def is_deed(word: str) -> bool:
    """Whether something of this name is done about a meeting."""
    return word in set(MeetingDeed)


def quorum_of(rules: Iterable[MeetingRule]) -> dict[int, MeetingRule]:
    """The rule that holds for each group, by number: the first of each."""
    found: dict[int, MeetingRule] = {}
    for rule in rules:
        found.setdefault(rule.group_id, rule)
    return found
