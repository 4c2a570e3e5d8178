"""The addendum made from a source's ledger: what was asked, whom, what they answered, and how far it has come.

Printed so that it reads back to the same recommendations: each stands once with its words, and heads its responses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    LABELS,
    STEP_LABELS,
    Acceptance,
    EvidenceQuarter,
    LedgerKind,
    Step,
)
from sightline.plans.models import Addressee, LedgerLine, Source
from sightline.plans.rules.ledger import is_impact, is_progress_overdue
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.ledger import Ledger, ledgers_of, recommendations_visible_to
from sightline.plans.services.exporting import note_addendum
from sightline.rendering import write
from sightline.rendering.document import (
    Block,
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

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

ADDENDUM_FORMATS = {"docx": "Word", "pdf": "PDF", "html": "web page", "xlsx": "Excel"}
LADDER = (
    "The ladder has four steps: told; trained or changed; seen in practice; outcome shown. Only the last two count as "
    "impact."
)
_COLUMNS = (
    Column("Who", 2.0),
    Column("Is it accepted", 2.2),
    Column("How far it has come", 3.4),
    Column("Step of the ladder", 2.4),
    Column("What shows a difference", 2.6),
)


def print_addendum(source: Source, format: str, *, whole: bool, user: Reader, on: date, by: Actor) -> bytes:
    """The addendum as a file in one of `ADDENDUM_FORMATS`, journalled. Raises UnknownFormat.

    `whole` prints what is for partners only as well; without it only what may be published.
    """
    recommendations = list(recommendations_visible_to(user).filter(source=source).order_by("order", "pk"))
    content = write(addendum_document(source, ledgers_of(recommendations), whole=whole, on=on), format)
    note_addendum(source, format, len(recommendations), whole=whole, by=by)
    return content


def addendum_name(source: Source, format: str, *, whole: bool) -> str:
    """The name of the printed file: "review-of-child-m-addendum-published.docx"."""
    return f"{slugify(source.title)[:60]}-addendum-{'all' if whole else 'published'}.{format}"


def addendum_document(source: Source, ledgers: Sequence[Ledger], *, whole: bool, on: date) -> Document:
    """The ledger of a source as a document every writer takes, as it stands on a day."""
    blocks: list[Block] = [
        Paragraph(_summary(source, ledgers), style="lead"),
        Paragraph(LADDER),
        Heading("The recommendations", 2),
        *(_asked(ledger) for ledger in ledgers),
        Heading("What has been said and done", 2),
    ]
    for ledger in ledgers:
        blocks += _answered(ledger, whole, on)
    if not ledgers:
        blocks.append(Paragraph("Nothing it asks for is recorded yet."))
    secret = whole or source.tier not in EVERY_MEMBER
    return Document(
        title=source.title,
        subtitle="Addendum: responses, progress and impact",
        blocks=tuple(blocks),
        author=source.body,
        marking=Tier(source.tier).marking if secret else "",
        facts=_facts(source, whole, on),
    )


def _facts(source: Source, whole: bool, on: date) -> tuple[tuple[str, str], ...]:
    held = "Everything, also what is for partners only" if whole else "What may be published"
    published = (("Published", day(source.published_on)),) if source.published_on else ()
    return (("As at", day(on)), *published, ("This paper holds", held))


def _summary(source: Source, ledgers: Sequence[Ledger]) -> str:
    rows = [each for ledger in ledgers for each in ledger.addressees if each.gone_on is None]
    impact = sum(is_impact(each.current_step) for each in rows)
    accepted = sum(each.current_acceptance == Acceptance.YES for each in rows)
    asked = f"“{source.title}” makes {count(len(ledgers), 'recommendation')}."
    return (
        f"{asked} Of {count(len(rows), 'answer')} owed, {accepted} accept it whole and {impact} show impact."
    )


def _asked(ledger: Ledger) -> Paragraph:
    found = ledger.recommendation
    title = f" {found.title.rstrip('. ')}." if found.title else ""
    return Paragraph((Span(f"{_number(found.number)}:{title} ", bold=True), Span(found.text)))


def _number(number: str) -> str:
    """ "Recommendation 4" for "4" and "V1"; as printed where the words stand there already."""
    return number if number.lower().startswith("recommendation") else f"Recommendation {number}"


def _answered(ledger: Ledger, whole: bool, on: date) -> Iterator[Block]:
    found = ledger.recommendation
    yield Heading(
        ": ".join(filter(None, (_number(found.number), found.title))), 3, f"recommendation-{found.pk}"
    )
    said = list(_responses(ledger, whole))
    yield from said
    rows = tuple(_row(ledger, each, whole, on) for each in _printed_addressees(ledger))
    yield Table(f"{_number(found.number)}: where it stands", _COLUMNS, rows, caption_visible=False)


def _printed_addressees(ledger: Ledger) -> list[Addressee]:
    """Those it is addressed to now; those it was addressed to before only where they said something."""
    return [each for each in ledger.addressees if each.gone_on is None or ledger.of(each)]


def _responses(ledger: Ledger, whole: bool) -> Iterator[Paragraph]:
    """The paragraphs of the responses that stand: first those of all, then each party's under its name."""
    yield from _paragraphs(_standing(ledger.of(None)), whole)
    for each in ledger.addressees:
        own = list(_paragraphs(_standing(ledger.of(each)), whole))
        if own:
            yield Paragraph((Span(f"Response of {str(each).replace(':', ' ')}:", bold=True),))
            yield from own


def _standing(lines: Sequence[LedgerLine]) -> list[LedgerLine]:
    replaced = {line.replaces_id for line in lines}
    return [line for line in lines if line.kind == LedgerKind.RESPONSE and line.pk not in replaced]


def _paragraphs(lines: Iterable[LedgerLine], whole: bool) -> Iterator[Paragraph]:
    for line in lines:
        yield from (Paragraph(text) for text in line.public)
        if whole:
            yield from (Paragraph(text) for text in line.private)


def _row(ledger: Ledger, each: Addressee, whole: bool, on: date) -> TableRow:
    lines = ledger.of(each)
    return TableRow(
        (
            TableCell(_name(each), bold=True),
            TableCell(_acceptance(each), items=tuple(_last(lines, LedgerKind.ACCEPTANCE, whole))),
            TableCell(_owed(each, on), items=tuple(_progress(lines, whole))),
            TableCell(_step(each), items=tuple(_last(lines, LedgerKind.STEP, whole))),
            TableCell("", items=tuple(_evidence(lines, whole))),
        )
    )


def _name(each: Addressee) -> str:
    printed = f" (printed: {each.raw})" if each.party and each.raw != str(each) else ""
    gone = f", until {day(each.gone_on)}" if each.gone_on else ""
    return f"{each}{printed}{gone}"


def _acceptance(each: Addressee) -> str:
    value = each.current_acceptance
    return ACCEPTANCE_LABELS[Acceptance(value)] if value else "Not recorded"


def _owed(each: Addressee, on: date) -> str:
    if each.current_due_on is None:
        return ""
    late = is_progress_overdue(each.current_due_on, on)
    return f"At {each.current_due_months} months: {'was' if late else 'is'} due on {day(each.current_due_on)}"


def _step(each: Addressee) -> str:
    step, highest = Step(each.current_step), Step(each.current_highest_step)
    fell = f"; it stood on “{STEP_LABELS[highest].lower()}” before" if highest > step else ""
    return f"{STEP_LABELS[step]}{' (impact)' if is_impact(step) else ''}{fell}"


def _texts(line: LedgerLine, whole: bool) -> str:
    return " ".join([*line.public, *(line.private if whole else ())])


def _last(lines: Sequence[LedgerLine], kind: LedgerKind, whole: bool) -> Iterator[str]:
    """What was said with the acceptance or the step that stands."""
    of_kind = [line for line in lines if line.kind == kind]
    for line in of_kind[-1:]:
        words = _texts(line, whole)
        yield f"{day(line.as_at)}: {words}" if words else f"As of {day(line.as_at)}"


def _progress(lines: Sequence[LedgerLine], whole: bool) -> Iterator[str]:
    for line in lines:
        words = _texts(line, whole)
        if line.kind == LedgerKind.PROGRESS:
            when = f"At {line.months} months, {day(line.as_at)}" if line.months else day(line.as_at)
            yield f"{when}: {words or 'told to partners'}"


def _evidence(lines: Sequence[LedgerLine], whole: bool) -> Iterator[str]:
    for line in lines:
        words = _texts(line, whole)
        if line.quarter and words:
            yield f"{LABELS[EvidenceQuarter(line.quarter)]}, {day(line.as_at)}: {words}"
