"""Writing actions: what is promised."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.functions import Coalesce

from sightline.events.choices import Actor
from sightline.events.services import deed, record, subject_of
from sightline.events.services.keeping import changed, need, not_ahead, today
from sightline.messages.services import hide_titles
from sightline.plans.entries import PlanEntry
from sightline.plans.models import (
    Action,
    ActionNumber,
    ActionSource,
    Import,
    Plan,
    Reference,
    StateChange,
    Timescale,
)
from sightline.plans.rules.numbering import sort_key
from sightline.plans.rules.tiers import highest
from sightline.plans.services.accounts.evidence import keep_files_as_closely
from sightline.plans.services.current import begin_current, begin_work, refresh_current
from sightline.plans.services.edits import keep_edit
from sightline.plans.services.given import ActionGiven, ReferenceGiven, SourceGiven
from sightline.plans.services.keeping import held_at, only, stamp, tier_of
from sightline.plans.services.owners import new_owners, save_owners
from sightline.plans.services.plans import behind
from sightline.plans.services.pointing import resolve_after, resolve_references
from sightline.plans.services.references import keep_reference, next_references
from sightline.plans.services.timescales import new_timescale

R = TypeVar("R", bound=Model)
ACTION_FIELDS = frozenset(
    {
        "text",
        "items",
        "priority",
        "outcome",
        "strand",
        "parent",
        "kind",
        "order",
        "raw",
        "other",
        "tier",
        "outcome_inherited",
        "owners_inherited",
        "gone_from_document_on",
    }
)


@deed
def add_action(
    plan: Plan, given: ActionGiven, *, as_at: date, by: Actor, now: datetime, refresh: bool = True
) -> Action:
    """Add an action with everything printed beside it.

    `refresh=False` leaves the `current_…` columns, and what points at what, to one `refresh_current` and one
    `resolve_references` at the end of many. Raises Unacceptable.
    """
    not_ahead(as_at, now)
    action = Action(plan=plan, **_columns(plan, given, as_at))
    owners = new_owners(action, given.owners, as_at, now, given.import_of)
    numbers, history = _numbers(action, given.numbers), _history(action, given, as_at, by, now)
    facts = begin_current(action, owners, numbers, history, today(now)) if refresh else None
    action.save(force_insert=True)
    if given.order is None:
        del action.order
    ActionNumber.objects.bulk_create(_of(action, numbers))
    _write_sources(action, given.sources)
    _write_references(action, given.references)
    save_owners(action, _of(action, owners), as_at, "", by, now, given.import_of)
    for row in _of(action, history):
        row.save(force_insert=True)
    after = {"plan": plan.key, "text": action.text, "numbers": list(given.numbers), "state": given.state}
    after["owners"] = [str(owner) for owner in owners]
    record(PlanEntry.ACTION_ADDED, by=by, subject=action, after=after, tier=tier_of(action, plan))
    if facts:
        # One after many, whoever adds many resolves once.
        if given.references:
            resolve_references(plan, numbers=[reference.number for reference in given.references], by=by)
        resolve_after(plan, plan, given.numbers, by=by)
        begin_work(action, owners, numbers, facts, now)
    return action


def _history(
    action: Action, given: ActionGiven, as_at: date, by: Actor, now: datetime
) -> list[StateChange | Timescale]:
    """How an action begins: its first state and, where one is given, its first timescale; not saved yet."""
    said = stamp(by, now, given.import_of)
    since = given.state_since or as_at
    begun: list[StateChange | Timescale] = [
        StateChange(action=action, to_state=given.state, as_at=since, **said)
    ]
    if given.timescale:
        begun.append(new_timescale(action, given.timescale, as_at, "", None, by, now, given.import_of))
    return begun


def _of(action: Action, rows: Sequence[R]) -> Sequence[R]:
    """Rows made before their action was saved, which know its number now."""
    for row in rows:
        row.action = action  # type: ignore[attr-defined]  # read with the record
    return rows


def _columns(plan: Plan, given: ActionGiven, as_at: date) -> dict[str, Any]:
    opened_on = given.opened_on or (min(plan.starts_on, as_at) if plan.starts_on else as_at)
    reference, order = _place(plan, given)
    return {
        "priority": given.priority,
        "outcome": given.outcome,
        "strand": given.strand,
        "carried_from": given.carried_from,
        "parent": given.parent,
        "reference": reference,
        "kind": given.kind,
        "order": order,
        "text": need(given.text, "text", "Write what is promised."),
        "items": list(given.items),
        "outcome_inherited": given.outcome_inherited,
        "owners_inherited": given.owners_inherited,
        "raw": dict(given.raw),
        "other": dict(given.other),
        "tier": highest([given.tier, plan.tier]),
        "state": given.state,
        "import_of": given.import_of,
        "opened_on": opened_on,
    }


def _place(plan: Plan, given: ActionGiven) -> tuple[str, int | Coalesce]:
    """The action's reference and its place in the plan: those given, else the next ones.

    Whoever adds one more waits for the sequence, so that the insert sees the last place of whoever came before.
    """
    if given.reference:
        keep_reference(given.reference)
    number = given.reference or next_references()[0]
    return number, behind(plan.actions.all()) if given.order is None else given.order


@deed
def edit_action(
    action: Action,
    version: int,
    changes: Mapping[str, Any],
    *,
    numbers: Sequence[str] | None = None,
    sources: Sequence[SourceGiven] | None = None,
    by: Actor,
    now: datetime,
    reason: str = "",
    import_of: Import | None = None,
    refresh: bool = True,
) -> Action:
    """Change what is promised. Numbers and sources, where given, replace those there were.

    Raises Unacceptable, StaleRecord.
    """
    values = _values(action, changes)
    held_at(action, version)
    before, after = changed(action, values, save=False)
    moved = ["version", *after]
    for name, old, new in (_renumber(action, numbers), _resource(action, sources)):
        if old != new:
            before[name], after[name] = old, new
    if "numbers" in after:
        resolve_after(action, action.plan, {*before["numbers"], *after["numbers"]}, by=by)
    if after:
        keep_edit(action, before, after, by=by, now=now, reason=reason, import_of=import_of)
        told: dict[str, Any] = {"before": before, "after": after, "reason": reason, "tier": tier_of(action)}
        record(PlanEntry.ACTION_EDITED, by=by, subject=action, **told)
    if "text" in after:
        action.words_due = True
        moved.append("words_due")
    if "tier" in after:
        hide_titles([subject_of(action)])
        if action.current_quarters:
            keep_files_as_closely(action, by=by)
    if refresh:
        refresh_current(action, now=now, also=moved)
    else:
        action.save(update_fields=moved)
    return action


def _values(action: Action, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The columns to set: never without words, never less close than the plan. Raises Unacceptable."""
    only(changes, ACTION_FIELDS)
    values = dict(changes)
    if "text" in values:
        values["text"] = need(values["text"], "text", "Write what is promised.")
    if "tier" in values:
        values["tier"] = highest([values["tier"], action.plan.tier])
    return values


def _renumber(action: Action, numbers: Sequence[str] | None) -> tuple[str, list[str], list[str]]:
    if numbers is None:
        return "numbers", [], []
    before = [number.text for number in action.numbers.all()]
    if list(numbers) == before:
        return "numbers", before, before
    set_numbers(action, numbers)
    return "numbers", before, list(numbers)


def _resource(action: Action, sources: Sequence[SourceGiven] | None) -> tuple[str, list[str], list[str]]:
    if sources is None:
        return "sources", [], []
    before = [str(link) for link in action.sources.all()]
    action.sources.all().delete()
    _write_sources(action, sources)
    return "sources", before, [str(link.recommendation or link.source or link.raw) for link in sources]


def _write_sources(action: Action, sources: Sequence[SourceGiven]) -> None:
    ActionSource.objects.bulk_create(
        ActionSource(
            action=action,
            source=given.source,
            recommendation=given.recommendation,
            raw=given.raw[:200],
            order=place,
        )
        for place, given in enumerate(sources)
    )


def set_numbers(action: Action, numbers: Sequence[str]) -> None:
    """Replace the printed numbers; for services, inside their transaction and with their journal entry."""
    action.numbers.all().delete()
    _write_numbers(action, numbers)


def _write_numbers(action: Action, numbers: Sequence[str]) -> None:
    ActionNumber.objects.bulk_create(_numbers(action, numbers))


def _numbers(action: Action, numbers: Sequence[str]) -> list[ActionNumber]:
    return [
        ActionNumber(
            action=action, plan_id=action.plan_id, text=text[:60], sort_key=sort_key(text), order=place
        )
        for place, text in enumerate(numbers)
    ]


def set_references(action: Action, references: Sequence[ReferenceGiven]) -> None:
    """Replace what an action points at; for services, inside their transaction and with their journal entry.

    What the same words were found to mean before, they mean still.
    """
    known = {(r.kind, r.plan_text, r.number): r for r in action.references.all()}
    action.references.all().delete()
    _write_references(action, references, known)


def _write_references(
    action: Action,
    references: Sequence[ReferenceGiven],
    known: Mapping[tuple[str, str, str], Reference] = MappingProxyType({}),
) -> None:
    made = []
    for given in references:
        words = (given.kind, given.plan_text[:200], given.number[:60])
        before = known.get(words)
        row = Reference(
            action=action, kind=words[0], plan_text=words[1], number=words[2], target=given.target
        )
        if before is not None and given.target is None:
            row.target_id, row.by_hand, row.version = before.target_id, before.by_hand, before.version
        made.append(row)
    Reference.objects.bulk_create(made)
