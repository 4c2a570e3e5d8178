"""The front of a pack: cover, agenda and contents, as a tagged document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sightline.events.choices import Tier
from sightline.meetings.models import GroupAction, Meeting
from sightline.meetings.selectors.coming_up import ComingUp, ToApprove
from sightline.meetings.selectors.papers import PackAgenda
from sightline.rendering.document import (
    Block,
    BulletList,
    Column,
    Document,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from sightline.screens.words import count, day

NOTHING_COMES = ComingUp((), (), ())
TO_DECLARE = (
    "At the beginning of the meeting, and again where an item comes up, everybody says whether an interest of theirs "
    "touches it. What is done about it is minuted: whoever declared it stays, takes no part, or leaves the room."
)


@dataclass(frozen=True)
class InPack:
    """What was done with a paper. `first` to `last`: its pages in the file; `why`: why it is not among them."""

    place: int
    item: str
    title: str
    brought_by: str
    version: int
    is_late: bool
    href: str
    pages: int = 0
    is_tagged: bool = False
    attached_as: str = ""
    why: str = ""
    first: int = 0

    @property
    def last(self) -> int:
        """Its last page in the file."""
        return self.first + self.pages - 1

    @property
    def where(self) -> str:
        """Where it is found, in words."""
        if self.pages:
            return f"{self.first} to {self.last}" if self.pages > 1 else str(self.first)
        return "Attached" if self.attached_as else "Not in this file"


def front(
    meeting: Meeting,
    agenda: PackAgenda,
    papers: Sequence[InPack],
    facts: Sequence[tuple[str, str]],
    tier: Tier,
    coming: ComingUp = NOTHING_COMES,
) -> Document:
    """Cover, agenda, what comes up by itself, and contents of a pack."""
    told = (("Day", day(meeting.held_on)), ("Time", meeting.hours), ("Where", meeting.place))
    blocks: list[Block] = [Heading("Agenda"), *_interests(agenda), *_agenda(agenda), *_coming_up(coming)]
    if papers:
        blocks += [Heading("Contents"), _contents(papers), *_apart(papers)]
    return Document(
        f"Papers of {meeting.group}, {day(meeting.held_on)}",
        tuple(blocks),
        subtitle=meeting.kind_label,
        marking=tier.marking,
        facts=tuple((name, value) for name, value in (*told, *facts) if value),
    )


def _agenda(agenda: PackAgenda) -> list[Block]:
    if not agenda.items and not agenda.gap:
        return [Paragraph("Nothing stands on the agenda yet.")]
    found: list[Block] = []
    for each in agenda.items:
        found += _left_out(each.gap)
        found.append(Heading(f"{each.place}. {each.item.title}", 2))
        if each.item.led:
            found.append(Paragraph(each.item.led, "small"))
        if each.item.text:
            found.append(Paragraph(each.item.text))
        if each.papers:
            found.append(BulletList(tuple(_line(of.paper.title, of.paper.brought_by) for of in each.papers)))
    return found + _left_out(agenda.gap)


def _interests(agenda: PackAgenda) -> list[Block]:
    """The standing place of declarations, with what was declared before the pack was made."""
    if not agenda.items:
        return []
    places = {each.item.pk: each.place for each in agenda.items}
    told = []
    for each in agenda.interests:
        item = f", item {places[each.item_id]}" if each.item_id in places else ""
        told += [] if each.is_nil else [f"{each.who}{item}: {each.text} {each.part_label}."]
    declared: list[Block] = [BulletList(tuple(told))] if told else []
    return [Heading("Declarations of interest", 2), Paragraph(TO_DECLARE), *declared]


def _coming_up(coming: ComingUp) -> list[Block]:
    """What the meeting has before it besides its items, as it stood when the pack was made."""
    found: list[Block] = []
    if coming.decisions:
        told = (
            f"{each.text} ({each.get_how_display()}, {day(each.decided_on)})" for each in coming.decisions
        )
        found += [Heading("Decisions to ratify", 2), BulletList(tuple(told))]
    if coming.actions:
        found += [Heading("Actions open from earlier meetings", 2), _actions(coming.actions)]
    for each in coming.minutes:
        found += [Heading(f"Minutes to approve: {day(each.meeting.held_on)}"), *_minutes(each)]
    return found


def _actions(actions: Sequence[GroupAction]) -> Table:
    columns = (Column("Action", 3), Column("Whose", 1.5), Column("By", 1))
    rows = tuple(
        TableRow((TableCell(each.text), TableCell(each.owner_label), TableCell(day(each.due_on))))
        for each in actions
    )
    return Table("As they stood when this was made", columns, rows)


def _minutes(found: ToApprove) -> list[Block]:
    blocks: list[Block] = []
    for title, texts in found.items:
        blocks.append(Heading(title, 2))
        blocks += [Paragraph(text) for text in texts] or [Paragraph("Nothing was minuted.", "small")]
    if found.left_out:
        blocks.append(Paragraph(f"{count(found.left_out, 'confidential item')} left out.", "small"))
    return blocks


def _left_out(gap: str) -> list[Block]:
    return [Paragraph(gap, "small")] if gap else []


def _line(title: str, brought_by: str) -> str:
    return f"{title} ({brought_by})" if brought_by else title


def _contents(papers: Sequence[InPack]) -> Table:
    columns = (
        Column("Item", 0.6),
        Column("Paper", 3),
        Column("Brought by", 1.5),
        Column("Pages of this file", 1.2),
    )
    rows = tuple(
        TableRow(
            (
                TableCell(str(each.place)),
                TableCell(f"{each.title}{_version(each)}", href=each.href),
                TableCell(each.brought_by),
                TableCell(each.where),
            )
        )
        for each in papers
    )
    return Table("Each paper leads to its original", columns, rows)


def _version(each: InPack) -> str:
    told = [f"version {each.version}"] if each.version > 1 else []
    told += ["late"] if each.is_late else []
    return f" ({', '.join(told)})" if told else ""


def _apart(papers: Sequence[InPack]) -> list[Block]:
    """What a reader has to know of papers that are not as the rest: untagged, attached, or left out."""
    untagged = [each for each in papers if each.pages and not each.is_tagged]
    others = [each for each in papers if not each.pages]
    found: list[Block] = []
    if untagged:
        found += [
            Heading("Papers that are not tagged", 2),
            Paragraph(
                f"{count(len(untagged), 'paper')} may not be read well by a screen reader. Ask whoever brings "
                "it for another form, or open the original."
            ),
            BulletList(
                tuple((Span(each.title, href=each.href), Span(f", pages {each.where}")) for each in untagged)
            ),
        ]
    if others:
        found += [
            Heading("Papers that are not among the pages", 2),
            BulletList(tuple((Span(each.title, href=each.href), Span(f": {each.why}")) for each in others)),
        ]
    return found
