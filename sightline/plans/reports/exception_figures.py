"""The figures of an exception report: by reason against the last issued, by plan or priority, by owner."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sightline.plans.choices import EXCEPTION_LABELS, ExceptionKind
from sightline.plans.selectors.exceptions import ExceptionRow
from sightline.plans.selectors.reports import ReportRead
from sightline.rendering.charts import Series, bar_chart, grouped_bar_chart
from sightline.rendering.document import Column, Figure, Heading, Table, TableCell, TableRow
from sightline.screens.words import day

MEANINGS: dict[ExceptionKind, str] = {
    ExceptionKind.OVERDUE: "Open, and the last date promised has passed.",
    ExceptionKind.RED: "Delivery or impact is rated red.",
    ExceptionKind.SILENT: "Open, and nothing was told in the last round of updates, or for a quarter of a year.",
    ExceptionKind.SLIPPED_TWICE: "Open, and a later date was accepted twice or more.",
    ExceptionKind.BLOCKED: "Open, and it cannot go on.",
    ExceptionKind.REVIEW_MISSED: "Open, a review date has passed, and no update has come since.",
    ExceptionKind.ASSERTED_BETTER: "A rating is better than dates, updates or evidence suggest.",
    ExceptionKind.GREEN_WITHOUT_EVIDENCE: "Impact is said to be green and no evidence is recorded, or delivery is said "
    "to be green and neither an update nor evidence is.",
    ExceptionKind.NOT_EMBEDDED: "Complete, and no test has shown that it lasts.",
}
MOST_BARS = 12
NO_OWNER, NO_PRIORITY = "No owner", "No priority"


def figures(read: ReportRead) -> Iterator[Heading | Figure | Table]:
    """The figures with their charts; of nothing, and nothing before it, there are none."""
    if not read.rows and not read.report.previous:
        return
    yield Heading("Figures", 2, "figures")
    yield by_reason(read)
    if not read.rows:
        return
    plans = Counter(row.plan for row in read.rows)
    if len(plans) > 1:
        yield _bars("Exceptions by plan", plans, "Plan")
    else:
        yield _bars(
            "Exceptions by priority", Counter(r.priority or NO_PRIORITY for r in read.rows), "Priority"
        )
    yield _bars("Exceptions by owner; an action counts for each of its owners", by_owner(read.rows), "Owner")


def by_reason(read: ReportRead) -> Figure | Table:
    """The counts by reason: now, new, still, in the last report, and no longer; without an earlier report the reasons
    that there are alone, with how many now.
    """
    table = _table(read)
    now, before = (_counted(rows) for rows in (read.rows, read.former))
    shown = [kind for kind in ExceptionKind if now[kind] or before[kind]]
    if not shown:
        return table
    table = replace(table, caption_visible=False)  # the chart says it
    labels = [EXCEPTION_LABELS[kind] for kind in shown]
    this = Series(f"As at {day(read.report.as_at)}", tuple(now[kind] for kind in shown))
    caption = "Exceptions by reason; one action may have several"
    last = read.report.previous
    if last is None:
        bars = list(zip(labels, this.values, strict=True))
        return replace(bar_chart(caption, bars, heading="Reason", measure="Actions"), table=table)
    # The last report in front: time runs downwards.
    former = Series(f"Last report, as at {day(last.as_at)}", tuple(before[kind] for kind in shown), "505A5F")
    return replace(grouped_bar_chart(caption, labels, [former, this], heading="Reason"), table=table)


def _table(read: ReportRead) -> Table:
    compared = ("New", "Still", "In the last report", "No longer") if read.report.previous else ()
    numbers = (Column(words, 1, number=True) for words in ("Actions", *compared))
    now = _counted(read.rows)
    return Table(
        "Exceptions by reason; one action may have several",
        (Column("Reason", 3), *numbers, Column("Meaning", 5)),
        tuple(_line(read, kind) for kind in ExceptionKind if compared or now[kind]),
    )


def _line(read: ReportRead, kind: ExceptionKind) -> TableRow:
    number = sum(kind in row.kinds for row in read.rows)
    cells = [
        TableCell(EXCEPTION_LABELS[kind], href=f"#{kind}" if number else ""),
        TableCell(f"{number:,}"),
        *(TableCell(text) for text in against_last(read, kind)),
        TableCell(MEANINGS[kind]),
    ]
    return TableRow(tuple(cells))


def against_last(read: ReportRead, kind: ExceptionKind) -> tuple[str, ...]:
    """New, still, in the last report, no longer; nothing where no report was issued before."""
    if not read.report.previous:
        return ()
    new = sum(kind in row.new_kinds for row in read.rows)
    still = sum(kind in row.kinds for row in read.rows) - new
    before = sum(kind in row.kinds for row in read.former)
    return (f"{new:,}", f"{still:,}", f"{before:,}", f"{before - still:,}")


def by_owner(rows: Iterable[ExceptionRow]) -> Counter[str]:
    """How many of the rows each owner leads or supports."""
    found: Counter[str] = Counter()
    for row in rows:
        found.update(
            {name.removesuffix(" (support)") for name in row.owners.split("; ") if name} or {NO_OWNER}
        )
    return found


def _bars(caption: str, counted: Counter[str], heading: str) -> Figure:
    first = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    bars: list[tuple[str, float | None]] = [(name, number) for name, number in first[:MOST_BARS]]
    rest = first[MOST_BARS:]
    if rest:
        bars.append((f"Others ({len(rest):,})", sum(number for _, number in rest)))
    return bar_chart(caption, bars, heading=heading, measure="Actions")


def _counted(rows: Sequence[ExceptionRow]) -> Counter[ExceptionKind]:
    return Counter(kind for row in rows for kind in row.kinds)
