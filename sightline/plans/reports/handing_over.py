"""What somebody answers for, as a document to be passed on: dates, last words, and what is asked of them now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.utils.text import slugify

from sightline.events.choices import Actor
from sightline.partners.models import Party
from sightline.plans.choices import IMPACT_LABELS, LABELS, OwnerRole
from sightline.plans.models import Action
from sightline.plans.permissions import check_export
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.handing_over import roles_in, to_hand_over, waiting_for_them
from sightline.plans.services.exporting import note_hand_over
from sightline.rendering import write
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
from sightline.screens.words import count, day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

HAND_OVER_FORMATS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel"}
# More than anybody hands over by paper; the rest is counted under the table.
MOST = 2_000
_COLUMNS = (
    Column("No.", 0.7),
    Column("Action", 3.2),
    Column("Plan", 1.6),
    Column("Part", 0.8),
    Column("By when", 1.3),
    Column("State", 1.0),
    Column("Delivery", 0.8),
    Column("Impact", 0.9),
    Column("Last update", 2.6),
    Column("Asked now", 1.8),
)


def print_hand_over(party: Party, format: str, *, user: Reader, by: Actor, on: date) -> bytes:
    """What the party answers for, as this person may read it, journalled. Raises Refused, UnknownFormat."""
    check_export(user)
    actions = list(to_hand_over(user, party)[: MOST + 1])
    content = write(hand_over_document(party, actions, on), format)
    note_hand_over(party, format, min(len(actions), MOST), by=by)
    return content


def hand_over_name(party: Party, format: str, on: date) -> str:
    """The name of the file: "hand-over-neglect-group-2026-06-15.docx"."""
    return f"hand-over-{slugify(str(party))[:60] or party.pk}-{on.isoformat()}.{format}"


def hand_over_document(party: Party, actions: Sequence[Action], on: date) -> Document:
    """The document every writer takes: open actions first, then what is done and not yet shown to last."""
    shown = actions[:MOST]
    roles, waits = roles_in(party, shown), waiting_for_them(party, shown)
    parts = (("Open", True), ("Complete, and not yet shown to last", False))
    blocks: list[Block] = [Paragraph(_summary(shown), style="lead")]
    for title, is_open in parts:
        rows = [action for action in shown if action.is_open is is_open]
        if rows:
            made = tuple(_row(action, roles.get(action.pk, ""), waits.get(action.pk, [])) for action in rows)
            blocks += [Heading(title, 2), Table(title, _COLUMNS, made, caption_visible=False)]
    if len(actions) > MOST:
        blocks.append(Paragraph(f"Only the first {MOST:,} are printed.", style="warning"))
    tiers = [tier for action in shown for tier in (action.tier, action.plan.tier)]
    return Document(
        title=f"Hand-over: {party}",
        blocks=tuple(blocks),
        marking=highest(tiers).marking,
        facts=(("As at", day(on)),),
        landscape=True,
    )


def _summary(actions: Sequence[Action]) -> str:
    open_ones = sum(action.is_open for action in actions)
    done = len(actions) - open_ones
    return (
        f"{count(open_ones, 'open action')}, and {count(done, 'action')} complete but not yet shown to last."
    )


def _row(action: Action, role: str, waits: Sequence[str]) -> TableRow:
    said = action.current_update_text
    dated = f"{day(action.current_update_on)}: {said}" if action.current_update_on and said else said
    slipped = f" (slipped {count(action.current_slips, 'time')})" if action.current_slips else ""
    cells = (
        action.current_number_label or action.reference,
        action.text,
        action.plan.name,
        "Supports" if role == OwnerRole.SUPPORT else "Leads",
        f"{action.current_timescale_label}{slipped}",
        LABELS[action.state_now],
        LABELS.get(action.current_delivery_rating, ""),  # type: ignore[call-overload]  # an unknown word has no label
        IMPACT_LABELS[action.current_impact_rating],
        dated or "None yet",
        " ".join(waits),
    )
    return TableRow(tuple(TableCell(text) for text in cells))
