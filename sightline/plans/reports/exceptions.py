"""The exception report as a document: counts first, then one table for each reason to look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sightline.plans.choices import (
    EXCEPTION_LABELS,
    IMPACT_LABELS,
    LABELS,
    OPEN_STATES,
    DeliveryRating,
    DeliveryState,
    ExceptionKind,
    ReportState,
)
from sightline.plans.models import ExceptionReport
from sightline.plans.reports.exception_figures import MEANINGS, against_last, figures
from sightline.plans.selectors.exceptions import ExceptionRow
from sightline.plans.selectors.reports import ReportRead
from sightline.rendering.document import (
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)
from sightline.screens.words import count, day, joined

# Pale fills behind the printed word: the word alone must do on a grey printer.
FILLS = {"green": "CCE2D8", "amber": "FFF0B3", "red": "F8D7DA"}

_COLUMNS = (
    Column("No.", 0.7),
    Column("Action", 3.2),
    Column("Owners", 1.6),
    Column("By when", 1.3),
    Column("Delivery", 0.9),
    Column("Impact", 0.9),
    Column("Why it is here", 3.0),
    Column("Answers", 1.6),
)


def exception_report_document(read: ReportRead, *, site_address: str = "") -> Document:
    """A report, draft or issued, as one person reads it, as a document every writer takes.

    `site_address` (https://…, no slash at its end) goes before every link, so that a printed line can be followed
    from Word and PDF back to its action and its source.
    """
    report = read.report
    blocks: list[Block] = [Paragraph(_summary(read), style="lead")]
    if read.left_out:
        blocks.append(Paragraph(_left_out(read.left_out), style="warning"))
    if report.state == ReportState.DRAFT:
        blocks.append(Paragraph("This is a draft. It is not a record until it is issued.", style="warning"))
    blocks += figures(read)
    for kind in ExceptionKind:
        blocks += _section(read, kind, [row for row in read.rows if kind in row.kinds], site_address)
    blocks += _resolved(report, read.resolved, site_address)
    return Document(
        title="Exception report",
        subtitle=about(report),
        blocks=tuple(blocks),
        author=report.issued_by_label or report.entered_by_label,
        marking=read.tier.marking,
        facts=_facts(report),
        landscape=True,
    )


def about(report: ExceptionReport) -> str:
    """Whom a report is for, or which plan."""
    names = [str(party) for party in (report.group, report.plan) if party]
    return ": ".join(names) or "The whole partnership"


def _summary(read: ReportRead) -> str:
    report, found = read.report, len(read.rows)
    # How many were looked at is said to those alone who may read them all.
    seen = 0 if read.left_out else report.counts["looked_at"]
    on = day(report.as_at)
    if not seen and not found:
        reads = " that you may read" if read.left_out else ""
        return f"There was no action{reads} to look at as at {on}."
    if not found:
        return f"None of {count(seen, 'action')} needs the group’s eye as at {on}."
    verb = "needs" if found == 1 else "need"
    of = f"{found:,} of {count(seen, 'action')}" if seen else f"{count(found, 'action')} that you may read"
    told = f"{of} {verb} the group’s eye as at {on}."
    if not report.previous:
        return told
    former = {row.reference for row in read.former}
    still = [row for row in read.rows if row.reference in former]
    more = sum(bool(row.new_kinds) for row in still)
    of_them = f" ({more:,} of them for a new reason too)" if more else ""
    new = found - len(still)
    return f"{told} Since the last report: {new:,} new, {len(still):,} still{of_them}, {len(read.resolved):,} resolved."


def _left_out(number: int) -> str:
    are, they = ("line is", "it is") if number == 1 else ("lines are", "they are")
    return (
        f"{number:,} {are} left out for you: {they} read by those whom the actions concern and by people who serve "
        "the whole partnership. The figures here count what is shown."
    )


def _facts(report: ExceptionReport) -> tuple[tuple[str, str], ...]:
    stands = "Draft"
    if report.issued_at:
        stands = f"Issued on {day(report.issued_at.date())} by {report.issued_by_label}"
    last = report.previous
    before = f"as at {day(last.as_at)}" if last else "none issued yet"
    return (("As at", day(report.as_at)), ("State", stands), ("Last report", before))


def _section(
    read: ReportRead, kind: ExceptionKind, rows: Sequence[ExceptionRow], site_address: str
) -> list[Block]:
    if not rows:
        return []
    title = EXCEPTION_LABELS[kind]
    table = Table(
        f"{title}: {count(len(rows), 'action')}",
        _COLUMNS,
        tuple(_rows(kind, rows, site_address)),
        caption_visible=False,
    )
    meaning = MEANINGS[kind]
    if read.report.previous:
        new, still, _, no_longer = against_last(read, kind)
        meaning += f" Since the last report: {new} new, {still} still, {no_longer} no longer."
    return [Heading(f"{title} ({len(rows):,})", 2, str(kind)), Paragraph(meaning), table]


def _rows(kind: ExceptionKind, rows: Sequence[ExceptionRow], site_address: str) -> Iterator[TableRow]:
    for plan, of_plan in groupby(rows, key=lambda row: row.plan):
        yield TableRow((TableCell(plan, bold=True),), band=True)
        for row in of_plan:
            new = "New. " if kind in row.new_kinds else ""
            why = f"{new}{row.sentence(kind)}{_no_longer(row)}"
            yield TableRow((*_cells(row, site_address), TableCell(why), _answers(row, site_address)))


def _no_longer(row: ExceptionRow) -> str:
    if not row.gone_kinds:
        return ""
    return f" No longer: {joined([EXCEPTION_LABELS[kind].lower() for kind in row.gone_kinds])}."


def _cells(row: ExceptionRow, site_address: str) -> tuple[TableCell, ...]:
    href = site_address + row.href
    return (
        TableCell(row.number or row.reference, href=href),
        TableCell(row.text, href=href),
        TableCell(row.owners or "No owner"),
        TableCell(row.timescale or (day(row.due_on) if row.due_on else "No date")),
        TableCell(_delivery(row), fill=FILLS.get(row.delivery, "")),
        TableCell(IMPACT_LABELS[row.impact], fill=FILLS.get(row.impact, "")),
    )


def _delivery(row: ExceptionRow) -> str:
    rating, state = LABELS[DeliveryRating(row.delivery)], DeliveryState(row.state)
    return rating if state in OPEN_STATES else f"{LABELS[state]}. {rating}"


def _answers(row: ExceptionRow, site_address: str) -> TableCell:
    words = "; ".join(link.text for link in row.sources)
    href = next((link.href for link in row.sources if link.href), "")
    return TableCell(words or "No source given", href=site_address + href if href else "")


def _resolved(report: ExceptionReport, rows: Sequence[ExceptionRow], site_address: str) -> list[Block]:
    if not report.previous or not rows:
        return []
    columns = (
        Column("No.", 0.7),
        Column("Action", 4),
        Column("Owners", 2),
        Column("It was here because", 4),
        Column("What became of it", 3),
    )
    table = [
        TableRow(
            (
                TableCell(row.number or row.reference, href=site_address + row.href),
                TableCell(row.text, href=site_address + row.href),
                TableCell(row.owners or "No owner"),
                TableCell(" ".join(row.sentences)),
                TableCell(row.became or "Not kept when this report was made"),
            )
        )
        for row in rows
    ]
    title = "No longer exceptions"
    since = f"In the report as at {day(report.previous.as_at)}, and not in this one."
    return [
        Heading(f"{title} ({len(rows):,})", 2, "resolved"),
        Paragraph(since),
        Table(f"{title}: {count(len(rows), 'action')}", columns, tuple(table), caption_visible=False),
    ]
