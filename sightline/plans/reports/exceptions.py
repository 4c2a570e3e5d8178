"""The exception report as a document: counts first, then one table for each reason to look."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from sightline.events.choices import Tier
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
from sightline.plans.rules.words import count, day
from sightline.plans.selectors.exceptions import ExceptionRow
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

# Pale fills behind the printed word: the word alone must do on a grey printer.
FILLS = {"green": "CCE2D8", "amber": "FFF0B3", "red": "F8D7DA"}

_MEANINGS: dict[ExceptionKind, str] = {
    ExceptionKind.OVERDUE: "Open, and the last date promised has passed.",
    ExceptionKind.RED: "Delivery or impact is rated red.",
    ExceptionKind.SILENT: "Open, and nothing has been heard for a quarter of a year.",
    ExceptionKind.SLIPPED_TWICE: "Open, and a later date was accepted twice or more.",
    ExceptionKind.BLOCKED: "Open, and it cannot go on.",
    ExceptionKind.REVIEW_MISSED: "Open, a review date has passed, and no update has come since.",
    ExceptionKind.ASSERTED_BETTER: "A rating is better than dates, updates or evidence suggest.",
    ExceptionKind.GREEN_WITHOUT_EVIDENCE: "Impact is said to be green, and no evidence is recorded.",
    ExceptionKind.NOT_EMBEDDED: "Complete, and no test has shown that it lasts.",
}
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


def exception_report_document(report: ExceptionReport, *, site_address: str = "") -> Document:
    """A report, draft or issued, as a document every writer takes.

    `site_address` (https://…, no slash at its end) goes before every link, so that a printed line can be followed
    from Word and PDF back to its action and its source.
    """
    rows = [ExceptionRow.from_json(row) for row in report.rows]
    resolved = [ExceptionRow.from_json(row) for row in report.resolved]
    blocks: list[Block] = [Paragraph(_summary(report), style="lead")]
    if report.state == ReportState.DRAFT:
        blocks.append(Paragraph("This is a draft. It is not a record until it is issued.", style="warning"))
    blocks += [Heading("Figures", 2, "figures"), _figures(report, rows)]
    for kind in ExceptionKind:
        blocks += _section(kind, [row for row in rows if kind in row.kinds], site_address)
    blocks += _resolved(report, resolved, site_address)
    return Document(
        title="Exception report",
        subtitle=about(report),
        blocks=tuple(blocks),
        author=report.issued_by_label or report.entered_by_label,
        marking=Tier(report.tier).marking,
        facts=_facts(report),
        landscape=True,
    )


def about(report: ExceptionReport) -> str:
    """Whom a report is for, or which plan."""
    names = [str(party) for party in (report.group, report.plan) if party]
    return ": ".join(names) or "The whole partnership"


def _summary(report: ExceptionReport) -> str:
    found, seen = report.counts["exceptions"], report.counts["looked_at"]
    if not seen:
        return f"There was no action to look at as at {day(report.as_at)}."
    if not found:
        return f"None of {count(seen, 'action')} needs the group’s eye as at {day(report.as_at)}."
    verb = "needs" if found == 1 else "need"
    told = f"{found:,} of {count(seen, 'action')} {verb} the group’s eye as at {day(report.as_at)}."
    if not report.previous:
        return told
    return (
        f"{told} Since the last report {report.counts['new']:,} new, {report.counts['resolved']:,} resolved."
    )


def _facts(report: ExceptionReport) -> tuple[tuple[str, str], ...]:
    stands = "Draft"
    if report.issued_at:
        stands = f"Issued on {day(report.issued_at.date())} by {report.issued_by_label}"
    last = report.previous
    before = f"as at {day(last.as_at)}" if last else "none issued yet"
    return (("As at", day(report.as_at)), ("State", stands), ("Last report", before))


def _figures(report: ExceptionReport, rows: Sequence[ExceptionRow]) -> Table:
    columns = (
        Column("Reason", 3),
        Column("Actions", 1, number=True),
        Column("New", 1, number=True),
        Column("Meaning", 5),
    )
    table = [
        TableRow(
            (
                TableCell(EXCEPTION_LABELS[kind], href=f"#{kind}" if report.counts["kinds"][kind] else ""),
                TableCell(f"{report.counts['kinds'][kind]:,}"),
                TableCell(_new(report, rows, kind)),
                TableCell(_MEANINGS[kind]),
            )
        )
        for kind in ExceptionKind
    ]
    return Table("Exceptions by reason; one action may have several", columns, tuple(table))


def _new(report: ExceptionReport, rows: Iterable[ExceptionRow], kind: ExceptionKind) -> str:
    return f"{sum(kind in row.new_kinds for row in rows):,}" if report.previous else "–"


def _section(kind: ExceptionKind, rows: Sequence[ExceptionRow], site_address: str) -> list[Block]:
    if not rows:
        return []
    title = EXCEPTION_LABELS[kind]
    table = Table(
        f"{title}: {count(len(rows), 'action')}",
        _COLUMNS,
        tuple(_rows(kind, rows, site_address)),
        caption_visible=False,
    )
    return [Heading(f"{title} ({len(rows):,})", 2, str(kind)), Paragraph(_MEANINGS[kind]), table]


def _rows(kind: ExceptionKind, rows: Sequence[ExceptionRow], site_address: str) -> Iterator[TableRow]:
    for plan, of_plan in groupby(rows, key=lambda row: row.plan):
        yield TableRow((TableCell(plan, bold=True),), band=True)
        for row in of_plan:
            new = "New. " if kind in row.new_kinds else ""
            yield TableRow(
                (*_cells(row, site_address), TableCell(new + row.sentence(kind)), _answers(row, site_address))
            )


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
    columns = (Column("No.", 0.7), Column("Action", 4), Column("Owners", 2), Column("It was here because", 5))
    table = [
        TableRow(
            (
                TableCell(row.number or row.reference, href=site_address + row.href),
                TableCell(row.text, href=site_address + row.href),
                TableCell(row.owners or "No owner"),
                TableCell(" ".join(row.sentences)),
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
