"""What the pages of seats show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from sightline.partners import permissions, selectors
from sightline.partners.choices import HOLDING_LABELS, HoldingKind
from sightline.partners.models import Agency, Group, Holding, Party, Person, Seat
from sightline.partners.selectors import SeatThen
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import Form
from sightline.screens.looking_back import LookingBack
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.partners.selectors import Who

AS_KNOWN_TODAY = (
    "Seats and who held them are shown as they are known today, whenever they were entered. The group's own name, "
    "kind and place are those of today."
)
FORMATS = (("CSV", "csv"), ("Excel", "xlsx"), ("Word", "docx"))


@dataclass(frozen=True)
class InSeat:
    """Somebody in a seat, in words. `left` tells of somebody whose post has ended meanwhile."""

    name: str
    href: str
    post: str
    since: str
    left: str = ""


@dataclass(frozen=True)
class SeatRow:
    """A seat as a row. `group` where the page is not the group's own."""

    href: str
    title: str
    stands_for: str
    position: str
    counts: str
    holders: tuple[InSeat, ...]
    deputies: tuple[InSeat, ...]
    open_places: int
    is_vacant: bool
    is_joint: bool
    group: str = ""
    group_href: str = ""


@dataclass(frozen=True)
class SeatsPart:
    """The seats on a party's page. `vacant`: how many nobody holds."""

    rows: tuple[SeatRow, ...]
    vacant: int = 0
    new_href: str = ""
    takes: tuple[tuple[str, str], ...] = ()
    looking: LookingBack | None = None
    of_group: bool = False


@dataclass(frozen=True)
class HeldLine:
    """A seat that a person holds or held, or somebody's time in a seat, as a line."""

    words: str
    href: str
    detail: str
    days: str
    leave_href: str = ""
    told: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class SeatPage:
    """One seat: what it is, who is in it, who was."""

    seat: Seat
    title: str
    facts: tuple[SummaryRow, ...]
    now: tuple[HeldLine, ...]
    before: tuple[HeldLine, ...]
    is_vacant: bool
    may_write: bool
    stands: bool


@dataclass(frozen=True)
class SeatFormPage:
    """A form about a seat of a group. `theirs` is what somebody else saved meanwhile."""

    title: str
    form: Form
    back: str
    back_words: str
    button: str
    hint: str = ""
    theirs: tuple[SummaryRow, ...] = ()


def seats_part(user: Who, party: Party, looking: LookingBack | None) -> SeatsPart | None:
    """The seats of a group or an agency on the day looked at; None for a person."""
    on = (looking and looking.day) or timezone.localdate()
    if isinstance(party, Person):
        return None
    if isinstance(party, Agency):
        rows = selectors.seats_of_agency(user, party, on)
        return SeatsPart(tuple(seat_row(each, on, with_group=True) for each in rows), _vacant(rows))
    rows = selectors.seats_of_group(user, party, on)
    may = permissions.can_write(user) and not (looking and looking.day)
    if may:  # a vacancy is what the unit has to do something about
        rows = sorted(rows, key=lambda each: not each.is_vacant)
    asked = looking.query if looking else ""
    return SeatsPart(
        tuple(seat_row(each, on) for each in rows),
        _vacant(rows),
        reverse("partners:seat_new", args=[party.pk]) if may else "",
        tuple((name, reverse("partners:membership", args=[party.pk, key]) + asked) for name, key in FORMATS),
        looking,
        of_group=True,
    )


def seat_row(each: SeatThen, on: date, *, with_group: bool = False) -> SeatRow:
    """A seat as a row."""
    seat = each.seat
    group = seat.group if with_group else None
    return SeatRow(
        href=reverse("partners:seat", args=[seat.pk]),
        title=each.title,
        stands_for=each.stands_for if seat.words else "",
        position=each.position,
        counts=counts(seat),
        holders=tuple(_in_seat(held, on) for held in each.holders),
        deputies=tuple(_in_seat(held, on) for held in each.deputies),
        open_places=each.open_places,
        is_vacant=each.is_vacant,
        is_joint=each.is_joint,
        group=group.name if group else "",
        group_href=reverse("partners:party", args=["groups", group.pk]) if group else "",
    )


def counts(seat: Seat) -> str:
    """How much a seat counts, in words."""
    return ", ".join(
        ("essential" if seat.is_essential else "optional", "with a vote" if seat.has_vote else "no vote")
    )


def held_lines(user: Who, person: Person) -> tuple[HeldLine, ...]:
    """Every seat a person holds or held."""
    return tuple(
        HeldLine(
            words=f"{held.seat.group.name}: {held.seat.get_position_display()}",
            href=reverse("partners:seat", args=[held.seat_id]),
            detail=", ".join(filter(None, (held.seat.words, whose))),
            days=days_of(held),
            told=("as a deputy",) if held.kind == HoldingKind.DEPUTY else (),
        )
        for held, whose in selectors.holdings_of_person(user, person)
    )


def days_of(held: Holding) -> str:
    """From when until when somebody is in a seat, in words."""
    word = "on or before" if held.began_before else "from"
    return f"{word} {day(held.starts_on)}" + (f" to {day(held.ends_on)}" if held.ends_on else "")


def seat_page(user: Who, seat: Seat) -> SeatPage:
    """One seat with everybody who is in it, will be or was."""
    today = timezone.localdate()
    (now,) = selectors.seats_then(selectors.seats(user).filter(pk=seat.pk), today)
    may = permissions.can_write(user)
    lines: dict[bool, list[HeldLine]] = {True: [], False: []}
    # The holder stands before the deputies.
    for held in selectors.holdings(user).filter(seat=seat).order_by("-kind", "-starts_on", "-id"):
        lasts = not held.is_mistake and (held.ends_on is None or held.ends_on >= today)
        lines[lasts].append(_person_line(held, may=may))
    return SeatPage(
        seat=seat,
        title=now.title,
        facts=seat_facts(now),
        now=tuple(lines[True]),
        before=tuple(lines[False]),
        is_vacant=now.is_vacant,
        may_write=may,
        stands=seat.ends_on is None or seat.ends_on >= today,
    )


def seat_facts(each: SeatThen) -> tuple[SummaryRow, ...]:
    """What is known of a seat, in words."""
    seat = each.seat
    rows = [
        ("Group", seat.group.name),
        ("Position", each.position),
        ("Role", seat.words),
        ("Held for", f"{each.stands_for} (joint seat)" if each.is_joint else each.stands_for),
        ("How it counts", counts(seat)),
        ("People at a time", str(seat.places) if seat.places > 1 else ""),
        ("First day", day(seat.starts_on)),
        ("Last day", day(seat.ends_on)),
    ]
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def initial_of(each: SeatThen) -> dict[str, Any]:
    """A seat as its form starts."""
    fields = ("version", "position", "words", "is_essential", "has_vote", "places", "starts_on")
    return {name: getattr(each.seat, name) for name in fields} | {
        "agencies": [agency.id for agency in each.agencies]
    }


def seat_form_page(seat: Seat, form: Form, title: str, button: str, hint: str = "") -> SeatFormPage:
    """A form about a seat that stands already."""
    return SeatFormPage(title, form, reverse("partners:seat", args=[seat.pk]), "The seat", button, hint)


def new_seat_page(group: Group, form: Form) -> SeatFormPage:
    """The form of a new seat."""
    back = reverse("partners:party", args=["groups", group.pk])
    return SeatFormPage(f"Add a seat to {group.name}", form, back, group.name, "Add the seat")


def _person_line(held: Holding, *, may: bool) -> HeldLine:
    person = held.person
    leave = (
        reverse("partners:seat_leave", args=[held.seat_id, held.pk]) if may and not held.is_mistake else ""
    )
    told = [HOLDING_LABELS[HoldingKind(held.kind)]]
    if held.membership_id:
        told.append("with a role in Sightline")
    if held.is_mistake:
        told.append("entered by mistake")
    return HeldLine(
        words=person.name,
        href=reverse("partners:party", args=["people", person.pk]),
        detail=person.work,
        days=days_of(held),
        leave_href=leave,
        told=(*told, *filter(None, (held.end_reason,))),
    )


def _in_seat(held: Holding, on: date) -> InSeat:
    person = held.person
    left = person.ends_on is not None and person.ends_on < on
    return InSeat(
        person.name,
        reverse("partners:party", args=["people", person.pk]),
        person.work,
        days_of(held),
        f"Left their post on {day(person.ends_on)}" if left else "",
    )


def _vacant(rows: list[SeatThen]) -> int:
    return sum(each.is_vacant for each in rows)
