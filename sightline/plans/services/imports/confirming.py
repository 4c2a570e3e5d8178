"""A person confirms an import: all of it reaches the plan in one transaction, or nothing does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed
from sightline.events.services.keeping import today
from sightline.partners.choices import PartyKind
from sightline.partners.models import Party
from sightline.partners.rules import matching
from sightline.partners.selectors import names_now, party, party_names
from sightline.partners.services import create_agency, create_group, create_person, remember_alias
from sightline.plans.choices import IN_THE_PLAN, ImportState, PlanState, RowFate, SourceKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Import, ImportedRow, Plan
from sightline.plans.rules import importing
from sightline.plans.rules.columns import columns_of
from sightline.plans.rules.merging import Merge
from sightline.plans.selectors.imports import (
    ReadRows,
    fingerprint,
    last_import_of,
    merge_of,
    plan_meant,
    rows_of,
)
from sightline.plans.selectors.preview import PLAN_KINDS, obstacles
from sightline.plans.services.current import refresh_current
from sightline.plans.services.imports.keeping import (
    ImportRefused,
    Progress,
    held,
    moved_on,
    nobody_watches,
    note,
)
from sightline.plans.services.imports.merging import write_merge
from sightline.plans.services.imports.ordering import keep_printed_order
from sightline.plans.services.imports.writing import Writing, write_priorities, write_references, write_rows
from sightline.plans.services.plans import create_plan, create_recommendation, create_source
from sightline.reading import periods
from sightline.reading.schema import Counts, Reading

PLAN_CHANGED = "The plan has changed since you looked at what this import would do. Look at it again."


@deed
def confirm(
    upload: Import, *, version: int | None = None, seen: str | None = None, by: Actor, now: datetime
) -> Import:
    """Make the import part of its plan, all of it or nothing, and return it with its plan or source.

    `version` and `seen` (the preview's fingerprint) say what the person looked at. A new plan is in force at once; a
    plan that is there takes what the three-way merge proposes and what was chosen. Raises ImportRefused, StaleRecord.
    """
    return write_import(held(upload, {ImportState.PREVIEW}, version), seen=seen, by=by, now=now)


def write_import(
    live: Import, *, seen: str | None, progress: Progress = nobody_watches, by: Actor, now: datetime
) -> Import:
    """Confirm an import that the deed under way holds. Raises ImportRefused, StaleRecord; nothing is then kept."""
    rows = rows_of(live)
    kind = rows.reading.document.kind
    plan = _plan_held(live)
    merge = merge_of(live, plan, rows.kept) if plan and kind in PLAN_KINDS else None
    for sentence in obstacles(live, merge, len(rows.kept), len(rows.reading.recommendations)):
        raise ImportRefused(sentence)
    if seen is not None and seen != fingerprint(merge):
        raise StaleRecord(PLAN_CHANGED)
    try:
        after = _write(live, rows, plan, merge, progress, by, now)
    except Unacceptable as refused:
        raise ImportRefused(" ".join(refused.problems.values())) from refused
    live.state, live.confirmed_at = ImportState.CONFIRMED, now
    counts = importing.counts_after(rows.reading.counts, len(rows.set_aside))
    after |= {"file": live.file_name, "sha256": live.sha256, "as_at": live.as_at, "counts": _counts(counts)}
    note(PlanEntry.IMPORT_CONFIRMED, live, by=by, after=after)
    return moved_on(live, "state", "confirmed_at", "plan", "source", "follows", "undo")


def _counts(counts: Counts) -> dict[str, int]:
    names = ("rows_seen", "imported", "joined", "furniture", "set_aside")
    return {name: getattr(counts, name) for name in names}


def _plan_held(live: Import) -> Plan | None:
    """The plan meant, held so that two imports into it are confirmed one after the other."""
    plan = plan_meant(live)
    return Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk) if plan else None


def _write(
    live: Import,
    rows: ReadRows,
    plan: Plan | None,
    merge: Merge | None,
    progress: Progress,
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    """What the kind of document asks for; returns what the journal says of it."""
    kind = rows.reading.document.kind
    if kind in PLAN_KINDS:
        return _into_plan(live, rows, plan, merge, progress, by, now)
    if kind == "recommendations":
        return _into_source(live, rows.reading, by, now)
    return {"kept": kind}


def _into_plan(
    live: Import,
    rows: ReadRows,
    plan: Plan | None,
    merge: Merge | None,
    progress: Progress,
    by: Actor,
    now: datetime,
) -> dict[str, Any]:
    as_at = live.as_at or today(now)
    live.follows = last_import_of(plan) if plan else None
    known = plan or _new_plan(live, rows.reading, as_at, by, now)
    work = Writing(live, known, as_at, by, now, _parties(live, rows, by), progress)
    if plan is None:
        work.made("plans", known.pk)
    live.plan = known
    write_priorities(work, rows.reading.priorities, rows.kept.values())
    changed = write_merge(work, merge, rows.kept) if merge else []
    fresh = {i: rows.kept[i] for i in (merge.added if merge else rows.kept)}
    write_rows(work, fresh, {index: place for place, index in enumerate(rows.kept)})
    keep_printed_order(work, list(rows.kept))
    write_references(work, rows.kept, _with_references(work, fresh, changed))
    _keep_rows(work, rows, merge)
    refresh_current(_fresh(known, [*work.actions.values(), *changed]), now=now)
    _note_versions(work)
    live.undo = work.undo
    return _told(work, merge, changed)


def _new_plan(live: Import, reading: Reading, as_at: date, by: Actor, now: datetime) -> Plan:
    """The plan as its paper prints it: in force and at work already, unless it was said to be a draft."""
    facts = reading.document
    found = periods.of_title(facts.period_raw)
    starts_on, ends_on = (
        (date.fromisoformat(found[1]), date.fromisoformat(found[2])) if found else (None, None)
    )
    backwards = bool(starts_on and ends_on and ends_on < starts_on)
    columns = [{"heading": c.heading, "meaning": c.meaning} for c in columns_of(facts.columns, reading.rows)]
    return create_plan(
        live.plan_name,
        live.group,
        as_at=as_at,
        state=PlanState(live.plan_state),
        period_raw=facts.period_raw[:100],
        starts_on=None if backwards else starts_on,
        ends_on=None if backwards else ends_on,
        columns=columns,
        legend=facts.legend,
        import_of=live,
        by=by,
        now=now,
    )


def _parties(live: Import, rows: ReadRows, by: Actor) -> dict[str, Party]:
    """Every printed owner that somebody or something of the name stands for, those just decided among them.

    A decided name is remembered, so that the next document is understood without asking.
    """
    decided = {raw: _decided(decision, by) for raw, decision in live.matches.items()}
    for raw, found in decided.items():
        if found:
            remember_alias(raw, found, by=by)
    names, parties = party_names(), {raw: found for raw, found in decided.items() if found}
    for owner in {owner for row in rows.kept.values() for owner in row.owners} - set(live.matches):
        known = matching(owner, names)
        if known:
            parties[owner] = party(known.kind, known.id)
    return parties


def _decided(decision: Mapping[str, str], by: Actor) -> Party | None:
    if decision["as"] == "text":
        return None
    kind = PartyKind(decision["as"])
    if "id" in decision:
        return party(kind, int(decision["id"]))
    known = matching(decision["name"], [name for name in party_names() if name.kind == kind])
    return party(kind, known.id) if known else _new_party(kind, decision["name"], by)


def _new_party(kind: PartyKind, name: str, by: Actor) -> Party:
    if kind is PartyKind.AGENCY:
        return create_agency(name, by=by)
    return create_group(name, by=by) if kind is PartyKind.GROUP else create_person(name, by=by)


def _with_references(work: Writing, fresh: Mapping[int, Any], changed: list[Action]) -> list[int]:
    """The rows whose references are written: those new, and those whose action changed."""
    moved = {action.pk for action in changed}
    return [index for index, action in work.actions.items() if index in fresh or action.pk in moved]


def _keep_rows(work: Writing, rows: ReadRows, merge: Merge | None) -> None:
    """What became of every row, and what the next version of the document will be compared with."""
    before = {row.action_id: row.confirmed["cells"] for row in _earlier(work) if row.action_id}
    printed: dict[str, Any] = work.upload.reading or {}
    kept = [
        ImportedRow(
            import_of=work.upload,
            index=index,
            fate=RowFate.SET_ASIDE if index in rows.set_aside else RowFate.IMPORTED,
            action=work.actions.get(index),
            read=printed["rows"][index],
            confirmed=_confirmed(work, rows, index, before),
        )
        for index in rows.read
    ]
    places = range(len(rows.read), len(rows.read) + len(rows.reading.leftovers))
    kept += [
        ImportedRow(import_of=work.upload, index=place, fate=RowFate.SET_ASIDE, read=words, confirmed={})
        for place, words in zip(places, printed["leftovers"], strict=True)
    ]
    ImportedRow.objects.bulk_create(kept, batch_size=500)


def _earlier(work: Writing) -> list[ImportedRow]:
    """The rows of the import before this one, oldest import first where an action was in several."""
    confirmed = ImportedRow.objects.filter(import_of__plan=work.plan, import_of__state__in=IN_THE_PLAN)
    return list(confirmed.exclude(action=None).order_by("import_of__confirmed_at", "import_of_id", "index"))


def _confirmed(
    work: Writing, rows: ReadRows, index: int, before: Mapping[int, dict[str, str]]
) -> dict[str, Any]:
    """The row as confirmed; columns this document does not print stay as an earlier one had them."""
    row = rows.kept.get(index)
    if row is None:
        return {}
    cells, action = importing.cells_of(row), work.actions[index]
    if action.pk in before:
        printed = importing.printed_cells(rows.kept.values())
        cells = before[action.pk] | {cell: text for cell, text in cells.items() if cell in printed}
    return {"cells": cells, "numbers": list(row.numbers)}


def _fresh(plan: Plan, actions: list[Action]) -> list[Action]:
    return list(plan.actions.filter(pk__in={action.pk for action in actions}).order_by("pk"))


def _note_versions(work: Writing) -> None:
    """How far each record had moved when the import was done: whatever moves further depends on it."""
    touched = {int(pk) for pk in work.undo.get("changed", {})} | set(work.undo.get("actions", []))
    versions = work.plan.actions.filter(pk__in=touched).values_list("pk", "version")
    work.undo["versions"] = {str(pk): version for pk, version in versions}
    work.undo["plan_version"] = Plan.objects.get(pk=work.plan.pk).version


def _told(work: Writing, merge: Merge | None, changed: list[Action]) -> dict[str, Any]:
    made = set(work.undo.get("actions", []))
    return {
        "plan": work.plan.key,
        "added": sorted(action.reference for action in work.actions.values() if action.pk in made),
        "changed": sorted(action.reference for action in changed),
        "gone": sorted(merge.gone) if merge else [],
    }


def _into_source(live: Import, reading: Reading, by: Actor, now: datetime) -> dict[str, Any]:
    """The document becomes a source with its recommendations and the paragraphs that answer them."""
    title = live.plan_name or reading.document.title or live.file_name
    live.source = create_source(title, SourceKind.REVIEW, by=by, now=now)
    names = names_now()
    made = [
        create_recommendation(
            live.source,
            number=found.number,
            title=found.title[:300],
            text=found.text.strip() or found.title.strip() or f"Recommendation {found.number}",
            addressed_to=found.addressed_to,
            response=found.response,
            import_of=live,
            as_at=live.as_at,
            names=names,
            by=by,
            now=now,
        )
        for found in reading.recommendations
    ]
    live.undo = {"sources": [live.source.pk], "recommendations": [row.pk for row in made]}
    return {"source": live.source.key, "recommendations": [row.number for row in made]}
