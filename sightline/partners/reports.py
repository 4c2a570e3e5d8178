"""Documents that partners make: the membership of a group as at a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from sightline.events.choices import Actor, Tier
from sightline.partners import selectors
from sightline.partners.choices import HOLDING_LABELS, HoldingKind
from sightline.partners.models import Group, Holding
from sightline.partners.selectors import SeatThen
from sightline.partners.services import note_membership_taken
from sightline.rendering import write
from sightline.rendering.document import Column, Document, Paragraph, Table, TableCell, TableRow

if TYPE_CHECKING:
    from sightline.partners.selectors import Who

FORMATS = ("csv", "xlsx", "docx")
COLUMNS = (
    Column("Surname", 1.2),
    Column("Forename", 1.2),
    Column("Organisation", 2),
    Column("Role", 2.4),
    Column("Seat", 2),
    Column("Position", 1),
    Column("As", 1),
    Column("Since", 1.1),
    Column("Essential", 0.8),
    Column("Vote", 0.6),
)


def take_membership(user: Who, group: Group, on: date, format: str, *, by: Actor) -> bytes:
    """The membership of a group on a day as a file; noted as taken away."""
    document = membership_document(user, group, on)
    note_membership_taken(group, on, format, by=by)
    return write(document, format)


def membership_document(user: Who, group: Group, on: date) -> Document:
    """Who sat on a group on a day, seat by seat, vacancies as such; the first four columns as lists are printed."""
    rows = tuple(row for each in selectors.seats_of_group(user, group, on) for row in _rows(each))
    day = f"{on.day} {on:%B %Y}"
    title = f"{group.name}: membership as at {day}"
    table = Table(title, COLUMNS, rows, caption_visible=False)
    nobody = Paragraph("No seat stood on this day.")
    return Document(title, (table, nobody) if not rows else (table,), marking=Tier.T1.marking, landscape=True)


def names_apart(name: str) -> tuple[str, str]:
    """Surname and forename: the last word, and what stands before it."""
    *before, last = name.split() or [""]
    return last, " ".join(before)


def _rows(each: SeatThen) -> Iterator[TableRow]:
    for held in (*each.holders, *each.deputies):
        yield _row(each, held)
    if each.is_vacant:
        yield _cells("", "", each.stands_for, "", each.title, each.position, "Vacant", "", *_asked(each))


def _row(each: SeatThen, held: Holding) -> TableRow:
    person, since = held.person, held.starts_on
    agency = person.agency.name if person.agency else ""
    return _cells(
        *names_apart(person.name),
        agency,
        person.post,
        each.title,
        each.position,
        HOLDING_LABELS[HoldingKind(held.kind)],
        f"{'on or before ' if held.began_before else ''}{since.day} {since:%B %Y}",
        *_asked(each),
    )


def _asked(each: SeatThen) -> tuple[str, str]:
    """Whether the seat is essential, and whether it has a vote."""
    return "Yes" if each.seat.is_essential else "", "Yes" if each.seat.has_vote else "No"


def _cells(*texts: str) -> TableRow:
    return TableRow(tuple(TableCell(text) for text in texts))
