"""A new version of a document meets the plan as it lives: what was proposed or chosen is written, all else stays."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as Cells
from typing import Any

from sightline.events.choices import Unacceptable
from sightline.plans.choices import DeliveryState, RowKind
from sightline.plans.models import Action, ActionSource, Reference
from sightline.plans.rules import importing, printing
from sightline.plans.rules.columns import STRAND
from sightline.plans.rules.importing import OTHER
from sightline.plans.rules.merging import Merge, Pair, Side
from sightline.plans.services.accounts import change_state
from sightline.plans.services.actions import edit_action
from sightline.plans.services.given import SourceGiven
from sightline.plans.services.imports.keeping import ImportRefused
from sightline.plans.services.imports.writing import (
    Writing,
    begun,
    outcome_for,
    owners_of,
    strand_for,
    timescale_of,
    write_ratings,
    write_update,
)
from sightline.plans.services.owners import set_owners
from sightline.plans.services.timescales import revise_timescale
from sightline.reading.schema import RowRead

# What `edit_action` may change on behalf of paper, and so what withdrawing must put back.
FIELDS = (
    "text", "items", "raw", "other", "order", "kind", "priority_id", "outcome_id", "strand_id", "outcome_inherited",
    "owners_inherited", "gone_from_document_on", "state",
)  # fmt: skip


def write_merge(work: Writing, merge: Merge, rows: Mapping[int, RowRead]) -> list[Action]:
    """Write what the merge takes from paper, mark what is gone. Returns the actions it changed.

    Raises ImportRefused where a rule of the plan stands against it, naming the action.
    """
    live = {action.reference: action for action in work.plan.actions.select_related("plan")}
    changed = []
    for pair in merge.pairs:
        action = live[pair.key]
        work.actions[pair.index] = action
        taken = {change.cell: change for change in pair.changes if change.chosen is Side.PAPER}
        if taken or pair.returned:
            _remember(work, action)
            try:
                _write(work, action, rows[pair.index], pair, set(taken))
            except Unacceptable as refused:
                sentence = " ".join(refused.problems.values())
                raise ImportRefused(
                    f"{action.reference}: {sentence} Choose the plan’s words for it, or correct the row."
                ) from refused
            changed.append(action)
    for reference in merge.gone:
        action = live[reference]
        _remember(work, action)
        _edit(work, action, {"gone_from_document_on": work.as_at})
        changed.append(action)
    return changed


def _remember(work: Writing, action: Action) -> None:
    """Keep the action as it is before paper changes it."""
    work.undo.setdefault("changed", {})[str(action.pk)] = {
        "version": action.version,
        "fields": {name: _plain(getattr(action, name)) for name in FIELDS},
        "numbers": [number.text for number in action.numbers.all()],
        "owners": [
            {k: _plain(v) for k, v in owner.items()} for owner in action.owners.values(*OWNER_COLUMNS)
        ],
        "references": list(Reference.objects.filter(action=action).values(*REFERENCE_COLUMNS)),
        "sources": list(ActionSource.objects.filter(action=action).values(*SOURCE_COLUMNS)),
    }


OWNER_COLUMNS = ("agency_id", "group_id", "person_id", "raw", "role", "vacant_since", "order")
REFERENCE_COLUMNS = ("kind", "plan_text", "number", "target_id", "by_hand", "version")
SOURCE_COLUMNS = ("source_id", "recommendation_id", "raw", "order")


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _edit(work: Writing, action: Action, fields: Mapping[str, Any], **lists: Any) -> None:
    edit_action(
        action,
        action.version,
        fields,
        **lists,
        by=work.by,
        now=work.now,
        reason=work.reason,
        import_of=work.upload,
        refresh=False,
    )
    action.refresh_from_db()


def _write(work: Writing, action: Action, row: RowRead, pair: Pair, cells: Cells[str]) -> None:
    fields = _fields(work, action, row, cells)
    if pair.returned:
        fields["gone_from_document_on"] = None
    numbers = [number[:60] for number in row.numbers] if "number" in cells else None
    sources = [SourceGiven(text[:200]) for text in row.sources] if "source" in cells else None
    if fields or numbers is not None or sources is not None:
        _edit(work, action, fields, numbers=numbers, sources=sources)
    if "owners" in cells:
        set_owners(action, owners_of(work, row), version=action.version, reason=work.reason, **work.dated)
    if "timescale" in cells:
        revise_timescale(action, action.version, timescale_of(row), reason=work.reason, **work.dated)
    for change in pair.changes:
        if change.cell == "update" and change.cell in cells:
            write_update(work, action, change.added)
    _write_status(work, action, row, cells)


def _fields(work: Writing, action: Action, row: RowRead, cells: Cells[str]) -> dict[str, Any]:
    """The columns of the action that the taken cells change, the words of paper among them."""
    fields: dict[str, Any] = {}
    if "action" in cells:
        fields |= {"text": row.action.strip() or printing.NO_WORDS, "items": list(row.items)}
    if cells & {"priority", "outcome"}:
        number = row.priority if "priority" in cells else getattr(action.priority, "mark", None)
        words = row.outcome if "outcome" in cells else getattr(action.outcome, "text", "")
        fields |= {"priority": work.priorities.get(number or ""), "outcome": outcome_for(work, number, words)}
    others = {cell.removeprefix(OTHER) for cell in cells if cell.startswith(OTHER)}
    if STRAND in others or "priority" in cells:
        fields |= _strand(work, action, row, others)
        others -= {STRAND} if fields["strand"] else set()
    if others:
        fields["other"] = action.other | {heading: row.other.get(heading, "") for heading in others}
    raw = _raw(row, cells)
    if raw:
        fields["raw"] = action.raw | raw
    if "number" in cells and action.kind != row.kind:
        fields["kind"] = RowKind(row.kind)
    return fields


def _strand(work: Writing, action: Action, row: RowRead, others: Cells[str]) -> dict[str, Any]:
    """The strand that the row stands in now: under its own priority, in the words of paper where it says them."""
    words = row.other.get(STRAND, "") if STRAND in others else str(action.strand or "")
    mark = row.priority if row.priority else getattr(action.priority, "mark", None)
    return {"strand": strand_for(work, mark, words)}


_KEPT_WITH = {
    "number": ("number", "numbers"),
    "source": ("source", "sources"),
    "owners": ("owners", "owner_names"),
    "timescale": ("timescale",),
    "rating": ("rating", "rated", "complete"),
    "state": ("complete",),
    "outcome": ("outcome",),
}


def _raw(row: RowRead, cells: Cells[str]) -> dict[str, Any]:
    """What is kept of the taken cells as they stood on paper."""
    printed = printing.raw_of(row)
    return {name: printed[name] for cell, names in _KEPT_WITH.items() if cell in cells for name in names}


def _write_status(work: Writing, action: Action, row: RowRead, cells: Cells[str]) -> None:
    """The state first, where paper says one, then the ratings of the taken cells."""
    wanted = _state(action, row, cells)
    if wanted != action.state:
        change_state(action, wanted, reason=work.reason, **work.dated)
    if "rating" in cells or "impact" in cells:
        shown = RowRead(
            rating=row.rating if "rating" in cells else "blank",
            rating_raw=row.rating_raw,
            impact_rating=row.impact_rating if "impact" in cells else "",
        )
        write_ratings(work, action, shown, also_blank="rating" in cells, also_unknown="impact" in cells)


def _state(action: Action, row: RowRead, cells: Cells[str]) -> DeliveryState:
    """The state the taken cells lead to: their own column's, else complete or reopened by the status, else begun."""
    said, now = importing.state_of(row), DeliveryState(action.state)
    if "state" in cells or ("rating" in cells and said == DeliveryState.COMPLETE):
        return said
    if "rating" in cells and now == DeliveryState.COMPLETE and row.rating in importing.RATING_WORDS:
        return DeliveryState.IN_PROGRESS
    starts = now == DeliveryState.NOT_STARTED and begun(row)
    return DeliveryState.IN_PROGRESS if starts and cells & {"rating", "update"} else now
