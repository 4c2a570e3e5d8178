"""A return as a document; returns and the forward plan as tables to take away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sightline.rendering.document import (
    Block,
    BulletList,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)
from sightline.requests.ahead import Ahead
from sightline.rhythm.choices import OUTCOME_LABELS, STATE_LABELS, ReturnState, StepOutcome
from sightline.rhythm.models import Return
from sightline.rhythm.rules.telling import headings, lines_of, questions
from sightline.rhythm.selectors.returns import ReturnRead
from sightline.screens.words import day

RETURN_COLUMNS = (
    "Number", "Group", "Kind", "From", "Until", "State", "Signed off on", "Owed by", "Read from",
)  # fmt: skip
AHEAD_COLUMNS = ("Day", "From", "Until", "What", "Kind", "Group", "Place", "Where it stands")
DRAFT = "This is a draft. It is no record until it is signed off."
NOTHING = "Nothing was written here."


def return_cells(found: Return) -> tuple[object, ...]:
    """A return under `RETURN_COLUMNS`."""
    return (
        found.pk, found.group, found.kind_label, found.period_from, found.period_until,
        STATE_LABELS[found.state_now], found.current_signed_on, found.owed.due_on if found.owed else None,
        found.read_from,
    )  # fmt: skip


def ahead_cells(each: Ahead) -> tuple[object, ...]:
    """What lies ahead under `AHEAD_COLUMNS`."""
    hours = (moment.strftime("%H:%M") if moment else "" for moment in (each.starts_at, each.ends_at))
    return (each.on, *hours, each.title, each.kind, each.group, each.place, each.state[0])


def return_document(
    read: ReturnRead, figures: Sequence[tuple[str, str]], since: str, marking: str
) -> Document:
    """A return as every writer takes it: figures, last time's steps, then the headings."""
    found = read.found
    blocks: list[Block] = []
    if found.state == ReturnState.DRAFT:
        blocks.append(Paragraph(DRAFT, style="warning"))
    if figures:
        blocks += [Heading("Figures of the group", 2), Paragraph(since, style="small"), _figures(figures)]
    if read.steps:
        blocks += [Heading("What became of last time’s next steps", 2), _steps(read)]
    asked = {each.key: each.words for each in questions(read.newest, read.unsaid)}
    for each in headings():
        blocks += _under(each.label, read.text_of(each.key), asked.get(each.key, ""))
    signed = read.signed[0] if found.state == ReturnState.SIGNED and read.signed else None
    return Document(
        title=f"{found.kind_label}: {found.group}",
        subtitle=found.period,
        blocks=tuple(blocks),
        author=signed.signed_by if signed else found.entered_by_label,
        marking=marking,
        facts=(
            ("Tells of", found.period),
            ("State", f"Signed off on {day(signed.signed_on)} by {signed.signed_by}" if signed else "Draft"),
        ),
    )


def _under(label: str, text: str, asked: str) -> Iterator[Block]:
    yield Heading(label, 2)
    lines = lines_of(text)
    if not lines:
        yield Paragraph(NOTHING)
    elif len(lines) == 1:
        yield Paragraph(lines[0])
    else:
        yield BulletList(tuple(lines))
    if asked:
        yield Paragraph(f"Asked back: {asked}", style="small")


def _figures(figures: Sequence[tuple[str, str]]) -> Table:
    rows = tuple(TableRow((TableCell(label), TableCell(value))) for label, value in figures)
    return Table("Figures of the group", (Column("Figure", 2), Column("Value", 1)), rows, False)


def _steps(read: ReturnRead) -> Table:
    rows = tuple(
        TableRow(
            (
                TableCell(step.step),
                TableCell(OUTCOME_LABELS[StepOutcome(step.told.outcome)] if step.told else "Nobody has said"),
                TableCell(step.told.text if step.told else ""),
            )
        )
        for step in read.steps
    )
    columns = (Column("Next step", 3), Column("What became of it", 1), Column("In words", 2))
    return Table("What became of last time’s next steps", columns, rows, False)
