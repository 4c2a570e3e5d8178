"""A list of actions as a file: row by row, so that memory stays flat however many there are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sightline.plans.choices import IMPACT_LABELS, LABELS, DeliveryRating
from sightline.rendering.csv_writer import neutralised

HEADINGS = (
    "Reference", "No.", "Action", "Plan", "Priority", "Owners", "Timescale", "Due", "State", "Delivery", "Impact",
    "Embedding", "To look at", "Last update on", "Last update",
)  # fmt: skip
# Spreadsheet programs take a file for UTF-8 only where it begins with this mark.
_MARK = "\ufeff"


@dataclass(frozen=True)
class ListedAction:
    """One action of the list, as it stands now or stood on a counted day."""

    href: str
    reference: str
    number: str
    text: str
    plan: str
    plan_href: str
    priority: str
    owners: str
    timescale: str
    due_on: date | None
    state: str
    delivery: str
    impact: str
    embedding: str
    is_complete: bool
    update_on: date | None
    update: str
    flags: tuple[str, ...]
    why: tuple[str, ...] = ()


def csv_of(rows: Iterable[ListedAction]) -> Iterator[str]:
    """The file in pieces. No cell of it is run as a formula."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    page.write(_MARK)
    writer.writerow(HEADINGS)
    for number, row in enumerate(rows, start=1):
        writer.writerow([neutralised(text) for text in _cells(row)])
        if number % 200 == 0:
            yield _taken(page)
    yield _taken(page)


def _taken(page: io.StringIO) -> str:
    text = page.getvalue()
    page.seek(0)
    page.truncate()
    return text


def _cells(row: ListedAction) -> tuple[str, ...]:
    return (
        row.reference,
        row.number,
        row.text,
        row.plan,
        row.priority,
        row.owners,
        row.timescale,
        row.due_on.isoformat() if row.due_on else "",
        row.state or "In progress",
        LABELS[DeliveryRating(row.delivery)],
        IMPACT_LABELS[row.impact],
        row.embedding,
        "; ".join(row.flags),
        row.update_on.isoformat() if row.update_on else "",
        row.update,
    )
