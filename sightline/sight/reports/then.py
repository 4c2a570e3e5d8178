"""Actions as they stood on a day, as rows and as a document that carries the day in its title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sightline.events.choices import Actor, Tier
from sightline.plans.choices import IMPACT_LABELS, LABELS, ExceptionKind
from sightline.plans.reports.printed import FILLS
from sightline.plans.rules import addresses
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.selectors.then import Stood
from sightline.rendering import write
from sightline.rendering.document import Column, Document, Paragraph, Table, TableCell, TableRow
from sightline.screens.words import day
from sightline.sight.entries import SightEntry
from sightline.sight.services import note_taken

FORMATS = {"docx": "Word", "xlsx": "Excel", "csv": "CSV"}
_COLUMNS = (
    Column("Action", 4),
    Column("Plan", 2),
    Column("Owners", 2),
    Column("Date", 1.5),
    Column("State", 1.2),
    Column("Delivery", 1),
    Column("Impact", 1),
    Column("Why it needed looking at", 4),
)


@dataclass(frozen=True)
class ThenRow:
    """One action of the day."""

    words: str
    href: str
    plan: str
    owners: str
    due_on: date | None
    due: str
    state: str
    state_key: str
    is_open: bool
    is_complete: bool
    delivery: str
    impact: str
    kinds: tuple[ExceptionKind, ...]
    why: tuple[str, ...]


def row_of(each: Stood, on: date) -> ThenRow:
    """An action as it stood, with every sentence why it needed looking at that day."""
    action, facts = each.action, each.facts
    counted = set(action.exception_kinds)
    reasons = [reason for reason in exceptions(facts, on) if reason.kind in counted]
    due = facts.due_on or facts.review_on
    return ThenRow(
        words=f"{action.current_number_label or action.reference} {action.text}",
        href=f"{addresses.of_action(action.reference)}?as_at={on.isoformat()}",
        plan=action.plan.name,
        owners=action.current_owner_label,
        due_on=due,
        due=day(due) if due else facts.timescale_label,
        state=LABELS[facts.state],
        state_key=facts.state.value,
        is_open=facts.is_open,
        is_complete=facts.state == "complete",
        delivery=facts.delivery.value,
        impact=facts.impact.value,
        kinds=tuple(reason.kind for reason in reasons),
        why=tuple(reason.sentence for reason in reasons),
    )


def take_then(
    title: str, rows: Sequence[ThenRow], tier: Tier, on: date, format: str, *, site_address: str, by: Actor
) -> bytes:
    """The rows as a file in one of `FORMATS`, journalled."""
    heading = f"{title}: actions as they stood on {day(on)}"
    words = "As known by the end of that day; what was said or learned later is left out."
    table = Table(heading, _COLUMNS, tuple(_row(row, site_address) for row in rows), caption_visible=False)
    about = {"format": format, "as_it_stood": on, "actions": len(rows), "about": title}
    note_taken(SightEntry.THEN_TAKEN, None, about, tier, by=by)
    document = Document(
        title=heading, blocks=(Paragraph(words, "lead"), table), marking=tier.marking, landscape=True
    )
    return write(document, format)


def _row(row: ThenRow, site_address: str) -> TableRow:
    rating = next((words for key, words in LABELS.items() if key.value == row.delivery), row.delivery)
    return TableRow(
        (
            TableCell(row.words, href=f"{site_address}{row.href}"),
            TableCell(row.plan),
            TableCell(row.owners or "No owner"),
            TableCell(row.due or "No date"),
            TableCell(row.state),
            TableCell(rating, fill=FILLS.get(row.delivery, "")),
            TableCell(IMPACT_LABELS[row.impact], fill=FILLS.get(row.impact, "")),
            TableCell(" ".join(row.why)),
        )
    )
