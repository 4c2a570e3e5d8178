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
from sightline.requests.models import Owed
from sightline.rhythm.choices import OUTCOME_LABELS, STATE_LABELS, ReturnState, StepOutcome
from sightline.rhythm.models import Return, SignedOff
from sightline.rhythm.rules.telling import headings, lines_of, questions
from sightline.rhythm.selectors.returns import ReturnRead
from sightline.screens.words import day

RETURN_COLUMNS = (
    "Number", "Group", "Kind", "From", "Until", "State", "Signed off on", "Owed by", "Read from",
)  # fmt: skip
AHEAD_COLUMNS = ("Day", "From", "Until", "What", "Kind", "Group", "Place", "Where it stands")
DRAFT = "This is a draft. It is no record until it is signed off."
UNSIGNED = "A draft: its figures are kept when it is signed off."
MOST_WHOLE = 60
NOTHING = "Nothing was written here."


def return_cells(found: Return) -> tuple[object, ...]:
    """A return under `RETURN_COLUMNS`."""
    return (
        found.pk, found.group, found.kind_label, found.period_from, found.period_until,
        STATE_LABELS[found.state_now], found.current_signed_on, found.owed[0].due_on if found.owed else None,
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
    found, signed = read.found, _signature(read)
    return Document(
        title=f"{found.kind_label}: {found.group}",
        subtitle=found.period,
        blocks=tuple(_blocks(read, figures, since, 2)),
        author=signed.signed_by if signed else found.entered_by_label,
        marking=marking,
        facts=(
            ("Tells of", found.period),
            ("State", f"Signed off on {day(signed.signed_on)} by {signed.signed_by}" if signed else "Draft"),
        ),
    )


def returns_document(
    found: Sequence[ReturnRead], missing: Sequence[Owed], has_more: bool, marking: str
) -> Document:
    """Many returns as one document: each group's with its figures as they were signed, then those that did not come."""
    blocks: list[Block] = []
    if has_more:
        blocks.append(
            Paragraph(f"Only {MOST_WHOLE} returns stand here: narrow the list for the others.", "warning")
        )
    for read in found:
        signed = _signature(read)
        blocks.append(Heading(f"{read.found.group}: {read.found.kind_label.lower()}", 2))
        told = f"Signed off on {day(signed.signed_on)} by {signed.signed_by}" if signed else UNSIGNED
        blocks.append(Paragraph(f"{read.found.period}. {told}", style="small"))
        figures = [(each["label"], each["value"]) for each in signed.figures] if signed else []
        blocks += _blocks(read, figures, "As they stood when it was signed off.", 3)
    blocks += _missing(missing)
    days = sorted({read.found.period_until for read in found})
    span = " to ".join(dict.fromkeys(map(day, (days[0], days[-1])))) if days else ""
    return Document(
        title="Returns of groups",
        subtitle=f"About times up to {span}" if span else "",
        blocks=tuple(blocks) or (Paragraph("No return fits."),),
        marking=marking,
        facts=(("Returns", str(len(found))), ("Did not come", str(len(missing)))),
    )


def _missing(missing: Sequence[Owed]) -> Iterator[Block]:
    if missing:
        yield Heading("What did not come", 2)
        yield BulletList(
            tuple(f"{each.cycle.who}: {each.cycle.title}, due by {day(each.due_on)}" for each in missing)
        )


def _signature(read: ReturnRead) -> SignedOff | None:
    """The signature that stands."""
    return read.signed[0] if read.found.state == ReturnState.SIGNED and read.signed else None


def _blocks(read: ReturnRead, figures: Sequence[tuple[str, str]], since: str, level: int) -> Iterator[Block]:
    if read.found.state == ReturnState.DRAFT:
        yield Paragraph(DRAFT, style="warning")
    if figures:
        yield from (
            Heading("Figures of the group", level),
            Paragraph(since, style="small"),
            _figures(figures),
        )
    if read.steps:
        yield from (Heading("What became of last time’s next steps", level), _steps(read))
    asked = {each.key: each.words for each in questions(read.newest, read.unsaid)}
    for each in headings():
        yield from _under(each.label, read.text_of(each.key), asked.get(each.key, ""), level)


def _under(label: str, text: str, asked: str, level: int) -> Iterator[Block]:
    yield Heading(label, level)
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
