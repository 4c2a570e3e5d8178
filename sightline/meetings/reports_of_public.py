"""The public version of minutes, as the page shows it and as a document: what is left out is in neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from sightline.events.choices import Tier
from sightline.meetings.choices import Shown
from sightline.meetings.models import PublicMinutes, PublicPart
from sightline.meetings.rules.agenda import placed
from sightline.meetings.rules.public import standard
from sightline.meetings.rules.redactions import Cut, cuts, paragraphs
from sightline.rendering.document import Block, BulletList, Column, Document, Heading, Paragraph, Span, Table
from sightline.rendering.document import TableCell as Cell
from sightline.rendering.document import TableRow as Row
from sightline.screens.words import count, day, joined

PUBLIC_FORMATS = {"pdf": "PDF", "docx": "Word", "html": "Web page"}
LEFT_OUT = "[item left out: {reason}]"


@dataclass(frozen=True)
class ToldItem:
    """An item as the public reads it. `gap`: confidential places before it; `is_out`: nothing of it is read."""

    place: int
    gap: str
    title: tuple[Cut, ...]
    lines: tuple[tuple[Cut, ...], ...]
    is_out: bool
    is_decided: bool


@dataclass(frozen=True)
class Told:
    """Everything the public reads. `left_out`: how much is left out and why, a sentence each."""

    items: tuple[ToldItem, ...]
    gap: str
    declared: tuple[str, ...]
    guests: str
    left_out: tuple[str, ...]


def told_of(found: PublicMinutes, parts: Sequence[PublicPart]) -> Told:
    """A version as it is read."""
    at = {each.place: each for each in parts}
    rows, gap = placed(range(1, found.items + 1), lambda place: place in at)
    items = tuple(_item(at[row.place], row.gap) for row in rows)
    guests = f"{count(found.guests, 'guest')} came." if found.guests else ""
    return Told(items, gap, tuple(_declared(found)), guests, tuple(_left_out(found, parts, items)))


def _item(part: PublicPart, gap: str) -> ToldItem:
    reason = standard().reasons.get(part.reason, "")
    if part.shown == Shown.OUT:
        out = (Cut(LEFT_OUT.format(reason=reason), is_cut=True),)
        return ToldItem(part.place, gap, out, (), is_out=True, is_decided=True)
    lines = tuple(tuple(line) for line in paragraphs(cuts(part.text, reason)))
    return ToldItem(
        part.place, gap, cuts(part.title, reason), lines, is_out=False, is_decided=bool(part.shown)
    )


def _declared(found: PublicMinutes) -> list[str]:
    if found.declared_none:
        return ["Everybody was asked, and nobody declared an interest."]
    return [f"{who}{f', item {at}' if at else ''}: {part.lower()}." for who, at, part in found.declared]


def _left_out(found: PublicMinutes, parts: Sequence[PublicPart], items: Sequence[ToldItem]) -> list[str]:
    """How much is left out, counted: passages and whole items by reason, names, confidential items."""
    reasons, whys = standard().reasons, Counter[str]()
    passages = wholes = names = 0
    for part, item in zip(parts, items, strict=True):
        every = [each for line in (item.title, *item.lines) for each in line if each.is_cut]
        names += sum(each.is_name for each in every)
        left = len([each for each in every if not each.is_name])
        wholes, passages = wholes + item.is_out, passages + (0 if item.is_out else left)
        whys[reasons.get(part.reason, "")] += left
    what = [count(passages, "passage")] * bool(passages) + [count(wholes, "whole item")] * bool(wholes)
    told = [f"{label} ({number})" for label, number in whys.items() if number]
    sentences = [f"Left out: {joined(what)}. Why: {joined(told)}."] if what else []
    sentences += [f"Replaced by an agency or a post: {count(names, 'name')}."] if names else []
    if closed := found.items - len(parts):
        sentences.append(f"Not part of this version: {count(closed, 'confidential item')}.")
    return sentences


def name_of(found: PublicMinutes) -> str:
    """The name of the file without its ending."""
    meeting = found.meeting
    return f"{slugify(meeting.group.name)}-{meeting.held_on.isoformat()}-minutes-public-{found.number}"


def document_of(found: PublicMinutes, parts: Sequence[PublicPart]) -> Document:
    """The document that every writer takes. Nothing of what is left out is in it."""
    told, meeting = told_of(found, parts), found.meeting
    issued = day(timezone.localdate(found.issued_at)) if found.issued_at else ""
    facts = (("Day", day(meeting.held_on)), ("Public version", str(found.number)), ("Issued on", issued))
    blocks: list[Block] = [Heading("Who came"), *_came(found, told)]
    if told.declared:
        blocks += [Heading("Declarations of interest"), BulletList(told.declared)]
    blocks += [
        Heading("Minutes"),
        *(block for each in told.items for block in _minuted(each)),
        *_gap(told.gap),
    ]
    blocks += [Heading("What is left out"), BulletList(told.left_out or ("Nothing is left out.",))]
    return Document(
        f"Minutes of {meeting.group}, {day(meeting.held_on)}",
        tuple(blocks),
        subtitle="Public version",
        marking=Tier.T0.marking,
        facts=tuple((name, value) for name, value in facts if value),
    )


def _came(found: PublicMinutes, told: Told) -> list[Block]:
    columns = (Column("Seat", 3), Column("As", 1.5), Column("Attendance", 2))
    rows = tuple(Row(tuple(Cell(text) for text in row)) for row in found.came)
    seats: list[Block] = [Table("Attendance by seat", columns, rows)] if rows else []
    return [*seats, *([Paragraph(told.guests)] if told.guests else [])] or [Paragraph("It is not known.")]


def _minuted(found: ToldItem) -> list[Block]:
    title = "".join(each.words for each in found.title)
    lines = [Paragraph(tuple(Span(each.words, italic=each.is_cut) for each in line)) for line in found.lines]
    return [*_gap(found.gap), Heading(f"{found.place}. {title}", 2), *lines]


def _gap(gap: str) -> list[Block]:
    return [Paragraph(gap)] if gap else []
