"""What changed, for somebody's hand: a plan between two days, or two papers of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import slugify

from sightline.events.choices import Actor, Tier
from sightline.plans.models import Import, Plan
from sightline.plans.rules import addresses
from sightline.plans.rules.comparing import Change
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.comparing import compared, moved_between
from sightline.plans.selectors.then import MOST_THEN
from sightline.rendering import write
from sightline.rendering.document import Block, Column, Document, Paragraph, Table, TableCell, TableRow
from sightline.screens.words import count, day
from sightline.sight.entries import SightEntry
from sightline.sight.selectors.papers import paper_changes
from sightline.sight.services import note_taken

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

FORMATS = {"docx": "Word", "xlsx": "Excel", "pdf": "PDF", "csv": "CSV"}
_COLUMNS = (Column("Action", 3), Column("What", 1), Column("Before", 3), Column("After", 3))
Told = Sequence[tuple[str, str, Sequence[Change]]]


def take_comparison(
    user: Reader, plan: Plan, first: date, second: date, format: str, *, site_address: str, by: Actor
) -> bytes:
    """The plan between two days as a file in one of `FORMATS`, journalled; the first thousand changed actions."""
    actions = list(moved_between(user, plan, first, second)[: MOST_THEN + 1])
    told = compared(actions[:MOST_THEN], first, second)
    rows = [
        (
            f"{each.after.promise['Number'] or each.action.reference} {each.after.promise['Words']}",
            f"{site_address}{addresses.of_action(each.action.reference)}",
            each.changes,
        )
        for each in told
    ]
    tier = highest([plan.tier, *(each.action.tier for each in told)])
    title = f"{plan.name}: what changed from {day(first)} to {day(second)}"
    document = _document(title, rows, tier, more=len(actions) > MOST_THEN)
    about = {"format": format, "from": first, "to": second, "actions": len(told)}
    note_taken(SightEntry.COMPARISON_TAKEN, plan, about, tier, by=by)
    return write(document, format)


def take_papers(user: Reader, former: Import, later: Import, format: str, *, by: Actor) -> bytes:
    """What the later paper says differently, as a file in one of `FORMATS`, journalled."""
    changes = paper_changes(user, former, later)
    tier = highest([later.plan.tier if later.plan else Tier.T1])
    title = f"{later.file_name}: what changed since {former.file_name}"
    about = {"format": format, "former": former.file_name, "later": later.file_name}
    note_taken(SightEntry.COMPARISON_TAKEN, later, about, tier, by=by)
    return write(
        # A paper as it was sent may hold what no member but the unit reads.
        _document(title, [(each.words, "", each.changes) for each in changes], Tier.T2, more=False),
        format,
    )


def _document(title: str, told: Told, tier: Tier, *, more: bool) -> Document:
    blocks: list[Block] = [Paragraph(f"{count(len(told), 'row')} changed.", "lead")]
    if more:
        blocks.append(Paragraph(f"More changed: the first {MOST_THEN:,} are told here.", "warning"))
    blocks.append(Table(title, _COLUMNS, tuple(_rows(told)), caption_visible=False))
    return Document(title=title, blocks=tuple(blocks), marking=tier.marking, landscape=True)


def _rows(told: Told) -> Iterable[TableRow]:
    for words, href, changes in told:
        for place, change in enumerate(changes or [BACK]):
            first = TableCell(words if place == 0 else "", href=href if place == 0 else "")
            yield TableRow((first, TableCell(change.what), TableCell(change.before), TableCell(change.after)))


BACK = Change("Moved and back", "", "Something was recorded, and it stands as it stood on the first day")


def comparison_name(plan: Plan, first: date, second: date, format: str) -> str:
    """The name of the file: "early-help-plan-2026-03-31-to-2026-06-30.docx"."""
    return f"{slugify(plan.name)[:80] or plan.key}-{first.isoformat()}-to-{second.isoformat()}.{format}"


def papers_name(former: Import, later: Import, format: str) -> str:
    """The name of the file about two papers."""
    return f"{slugify(later.file_name)[:60]}-against-{slugify(former.file_name)[:60]}.{format}"
