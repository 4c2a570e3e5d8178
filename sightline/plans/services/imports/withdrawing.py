"""An import is taken back whole, while nothing depends on it. The file, the reading and the journal stay."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q

from sightline.events.choices import Actor
from sightline.events.services import deed
from sightline.messages.services import drop_work_items
from sightline.plans.choices import IN_THE_PLAN, ImportState, ReportState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import (
    Action,
    ActionOwner,
    ActionSource,
    Addressee,
    Answering,
    Block,
    CompletionClaim,
    Dependency,
    Edit,
    EmbeddingTest,
    Evidence,
    ExceptionReport,
    Import,
    ImportedRow,
    LedgerLine,
    Outcome,
    OwnersChange,
    Placement,
    Plan,
    PlanChange,
    Priority,
    PublishableText,
    Question,
    Rating,
    Recommendation,
    Reference,
    RollOver,
    Source,
    StateChange,
    Strand,
    Timescale,
    Update,
)
from sightline.plans.services.actions import set_numbers
from sightline.plans.services.current import refresh_current
from sightline.plans.services.imports.keeping import ImportRefused, held, moved_on, note
from sightline.plans.services.pointing import resolve_references
from sightline.search.services import drop, drop_guarded

# What people record about an action, and how a sentence calls it.
_HISTORY: tuple[tuple[type[Model], str], ...] = (
    (Update, "updates"),
    (Rating, "ratings"),
    (StateChange, "changes of state"),
    (Timescale, "revised timescales"),
    (OwnersChange, "changes of owner"),
    (Evidence, "evidence"),
    (EmbeddingTest, "embedding tests"),
    (CompletionClaim, "words that it is done"),
    (Question, "questions"),
    (PublishableText, "what may be published"),
    (Block, "blocks"),
    (Dependency, "dependencies"),
    (Answering, "what it answers"),
)


@deed
def withdraw(upload: Import, *, version: int | None = None, by: Actor, now: datetime) -> Import:
    """Take back everything a confirmed import wrote, whole. The file and the import's row stay, as does the journal.

    Agencies, groups and people it made stay, as do the names it taught. Raises ImportRefused naming what depends on
    it, StaleRecord.
    """
    return take_back(held(upload, {ImportState.CONFIRMED}, version), by=by, now=now)


def take_back(live: Import, *, by: Actor, now: datetime) -> Import:
    """Withdraw an import that the deed under way holds. Raises ImportRefused; nothing is then taken back."""
    for sentence in dependents(live):
        raise ImportRefused(sentence)
    before = {"state": live.state, "plan": live.plan.key if live.plan else "", "made": live.undo}
    kept = _take_back(live, by, now)
    live.state, live.withdrawn_at, live.confirmed_at = ImportState.WITHDRAWN, now, live.confirmed_at
    live.plan_name = live.plan_name or (live.plan.name if live.plan else "")
    live.plan, live.source, live.undo = kept, None, {}
    after = {"state": live.state, "file": live.file_name, "sha256": live.sha256}
    note(PlanEntry.IMPORT_WITHDRAWN, live, by=by, before=before, after=after)
    moved_on(live, "state", "withdrawn_at", "plan", "plan_name", "source", "undo")
    _drop_emptied(before["made"])
    return live


def dependents(upload: Import) -> list[str]:
    """What depends on a confirmed import, each in a sentence; an empty list where it can be withdrawn."""
    undo = upload.undo
    actions = Action.objects.filter(pk__in=_touched(undo))
    checks = (
        _later_imports(upload),
        _said_since(upload, actions),
        _edited_since(undo, actions),
        _plan_moved_on(upload),
        _reported(upload, actions),
        _leaned_upon(upload, undo),
        _answers(upload),
    )
    return [sentence for sentence in checks if sentence]


def _touched(undo: dict[str, Any]) -> set[int]:
    return set(undo.get("actions", [])) | {int(pk) for pk in undo.get("changed", {})}


def _refusal(what: str) -> str:
    return f"This import cannot be withdrawn, because {what} Withdraw or change that first."


def _later_imports(upload: Import) -> str:
    later = Import.objects.filter(follows=upload, state__in=IN_THE_PLAN).first()
    return _refusal(f"“{later.file_name}” was imported on top of it.") if later else ""


def _said_since(upload: Import, actions: Iterable[Action]) -> str:
    """What people have recorded about the actions since: history that is not of this import and came after it."""
    for model, words in _HISTORY:
        since = model._default_manager.filter(action__in=actions, recorded_at__gte=upload.confirmed_at)
        other = since.exclude(import_of=upload) if model is not Dependency else since
        found = other.select_related("action").first()
        if found is not None:
            reference: str = found.action.reference  # type: ignore[attr-defined]  # read with the record
            return _refusal(f"people have recorded {words} since, on {reference} for one.")
    needed = Dependency.objects.filter(needs__in=actions, recorded_at__gte=upload.confirmed_at).first()
    return _refusal(f"{needed.action.reference} waits for one of its actions.") if needed else ""


def _answers(upload: Import) -> str:
    """Whether its plan, or what its source asks for, was named since as what answers a challenge or treats a risk."""
    named = Q(plan=upload.plan, plan__isnull=False) | Q(
        recommendation__source=upload.source, recommendation__isnull=False
    )
    found = Answering.objects.filter(named, recorded_at__gte=upload.confirmed_at).first()
    return _refusal(f"“{found.named}” was named since as what answers “{found.logged}”.") if found else ""


def _edited_since(undo: dict[str, Any], actions: Iterable[Action]) -> str:
    versions = undo.get("versions", {})
    edited = next((a for a in actions if a.version != versions.get(str(a.pk))), None)
    return _refusal(f"{edited.reference} has been edited since.") if edited else ""


def _plan_moved_on(upload: Import) -> str:
    """Only where the import started the plan: whatever else has come into it since."""
    made = upload.undo
    if upload.plan is None or not made.get("plans"):
        return ""
    plan = upload.plan
    own = Q(import_of=upload)
    if plan.actions.exclude(own).exists():
        return _refusal("actions have been added to its plan since.")
    grown = (
        plan.priorities.exclude(own).exists()
        or Outcome.objects.filter(priority__plan=plan).exclude(own).exists()
        or Strand.objects.filter(priority__plan=plan).exclude(own).exists()
    )
    if grown or plan.version != made.get("plan_version") or plan.changes.exclude(own).exists():
        return _refusal("its plan has been changed since.")
    return ""


def _reported(upload: Import, actions: Iterable[Action]) -> str:
    """Reports issued since that name one of the actions: every line of a report can be followed back."""
    references = {action.reference for action in actions}
    issued = ExceptionReport.objects.filter(state=ReportState.ISSUED, issued_at__gte=upload.confirmed_at)
    named = any(row.get("reference") in references for report in issued for row in report.rows)
    on_plan = bool(upload.undo.get("plans")) and ExceptionReport.objects.filter(plan=upload.plan).exists()
    return _refusal("an exception report names its actions.") if named or on_plan else ""


def _leaned_upon(upload: Import, undo: dict[str, Any]) -> str:
    """Actions that answer recommendations of this import, and what has been changed in its source."""
    priorities, plans = undo.get("priorities", []), undo.get("plans", [])
    placed = Placement.objects.filter(
        Q(action__in=undo.get("actions", [])) | Q(priority__in=priorities) | Q(plan__in=plans)
    )
    if placed.exists():
        return _refusal("its actions stand in other plans as well, or others in its plan.")
    if RollOver.objects.filter(Q(plan__in=plans) | Q(next_plan__in=plans)).exists():
        return _refusal("its plan is, or was, being rolled over.")
    if Strand.objects.filter(priority__in=priorities).exclude(import_of=upload).exists():
        return _refusal("strands have been added to its priorities since.")
    links = ActionSource.objects.filter(
        Q(recommendation__in=undo.get("recommendations", [])) | Q(source__in=undo.get("sources", []))
    )
    if links.exists():
        return _refusal("actions answer its recommendations.")
    others = Recommendation.objects.filter(source__in=undo.get("sources", [])).exclude(import_of=upload)
    if others.exists():
        return _refusal("recommendations have been added to its source since.")
    made = Recommendation.objects.filter(pk__in=undo.get("recommendations", []))
    said = LedgerLine.objects.filter(recommendation__in=made).exclude(import_of=upload)
    if said.exists():
        return _refusal("something has been said of its recommendations since.")
    edited = made.filter(version__gt=1).exists() or Source.objects.filter(
        pk__in=undo.get("sources", []), version__gt=1
    )
    return _refusal("its source or recommendations have been edited since.") if edited else ""


def _take_back(live: Import, by: Actor, now: datetime) -> Plan | None:
    """Undo everything but what the import's own row points at; returns the plan that stays, if any."""
    undo, plan = live.undo, live.plan
    _remove_history(live)
    _remove_actions(undo.get("actions", []))
    changed = [
        _put_back(Action.objects.get(pk=int(pk)), kept) for pk, kept in undo.get("changed", {}).items()
    ]
    _carry_versions(plan, undo.get("changed", {}), changed)
    _put_back_orders(undo.get("orders", {}))
    for model, made in ((Strand, "strands"), (Outcome, "outcomes"), (Priority, "priorities")):
        drop(model, undo.get(made, []))
        model._default_manager.filter(pk__in=undo.get(made, [])).delete()
    _remove_recommendations(undo.get("recommendations", []))
    if changed:
        refresh_current(changed, now=now)
    if plan and not undo.get("plans"):
        resolve_references(plan, by=by)
    return None if undo.get("plans") else plan


def _remove_history(live: Import) -> None:
    """Every dated row this import wrote; timescales last first, because each points at the one before."""
    for model, _ in _HISTORY:
        rows = model._default_manager.filter(import_of=live)
        drop(model, rows.values_list("pk", flat=True))
        if model is not Timescale:
            rows.delete()
    for timescale in Timescale.objects.filter(import_of=live).order_by("-pk"):
        timescale.delete()
    PlanChange.objects.filter(import_of=live).delete()
    Edit.objects.filter(import_of=live).delete()


def _remove_actions(numbers: list[int]) -> None:
    """Actions with all that hangs on them; those that hang on another go before it."""
    made = Action.objects.filter(pk__in=numbers)
    drop_guarded("action", numbers)
    for action in made:
        drop_work_items(action)
    ImportedRow.objects.filter(action__in=made).update(action=None)
    made.exclude(parent=None).update(parent=None)
    # What a person had matched with one of them waits again, as words.
    Reference.objects.filter(target__in=made, by_hand=True).update(by_hand=False)
    made.delete()


def _remove_recommendations(numbers: list[int]) -> None:
    """Recommendations with their ledger, and what was asked of those they are addressed to."""
    made = Recommendation.objects.filter(pk__in=numbers)
    drop(Recommendation, numbers)
    drop(LedgerLine, LedgerLine.objects.filter(recommendation__in=made).values_list("pk", flat=True))
    for addressee in Addressee.objects.filter(recommendation__in=made):
        drop_work_items(addressee)
    made.delete()


def _put_back(action: Action, kept: dict[str, Any]) -> Action:
    """An action that was there before, as it was before; its version goes on, never back."""
    for name, value in kept["fields"].items():
        dated = name == "gone_from_document_on" and value
        setattr(action, name, date.fromisoformat(value) if dated else value)
    action.version, action.words_due = action.version + 1, True
    action.save(update_fields=[*kept["fields"], "version", "words_due"])
    set_numbers(action, kept["numbers"])
    action.owners.all().delete()
    ActionOwner.objects.bulk_create(ActionOwner(action=action, **owner) for owner in kept["owners"])
    action.sources.all().delete()
    ActionSource.objects.bulk_create(ActionSource(action=action, **source) for source in kept["sources"])
    # What was confirmed before references were kept with it leaves them as they are.
    if "references" in kept:
        _put_references_back(action, kept["references"])
    return action


def _put_references_back(action: Action, kept: list[dict[str, Any]]) -> None:
    """What it pointed at before, where paper had changed the words; what has been withdrawn since waits again."""
    words = ("kind", "plan_text", "number")
    if [tuple(row[name] for name in words) for row in kept] == list(action.references.values_list(*words)):
        return
    there = set(Action.objects.filter(pk__in=[row["target_id"] for row in kept]).values_list("pk", flat=True))
    action.references.all().delete()
    for row in kept:
        is_lost = row["target_id"] is not None and row["target_id"] not in there
        Reference.objects.create(
            action=action, **(row | ({"target_id": None, "by_hand": False} if is_lost else {}))
        )


def _carry_versions(plan: Plan | None, before: dict[str, Any], changed: list[Action]) -> None:
    """Earlier imports take an action that is as they left it for as they left it, though its version went on."""
    for earlier in Import.objects.filter(plan=plan, state__in=IN_THE_PLAN) if changed else ():
        versions = earlier.undo.get("versions", {})
        moved = {
            str(a.pk): a.version for a in changed if versions.get(str(a.pk)) == before[str(a.pk)]["version"]
        }
        if moved:
            earlier.undo = earlier.undo | {"versions": versions | moved}
            earlier.save(update_fields=["undo"])


def _put_back_orders(orders: dict[str, int]) -> None:
    actions = list(Action.objects.filter(pk__in=[int(pk) for pk in orders]))
    for action in actions:
        action.order = orders[str(action.pk)]
    Action.objects.bulk_update(actions, ["order"], batch_size=500)


def _drop_emptied(made: dict[str, Any]) -> None:
    """The plan and the source that the import started, now that its row points at them no more."""
    drop_guarded("plan", made.get("plans", []))
    drop_guarded("source", made.get("sources", []))
    for plan in Plan.objects.filter(pk__in=made.get("plans", [])):
        drop_work_items(plan)
        # Uploads that wait to go into it keep the name of the plan they were meant for.
        Import.objects.filter(plan=plan).update(plan=None, plan_name=plan.name)
        plan.delete()
    for source in Source.objects.filter(pk__in=made.get("sources", [])):
        drop_work_items(source)
        source.delete()
