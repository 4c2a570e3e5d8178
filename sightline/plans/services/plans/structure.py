"""Writing the printed structure of a plan: its priorities and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.events.services.keeping import need
from sightline.plans.choices import PriorityKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Import, Outcome, Plan, Priority, Strand
from sightline.plans.services.keeping import only, tier_of
from sightline.plans.services.plans.placing import edit_row, next_order
from sightline.search.services import keep_words

PRIORITY_FIELDS = frozenset({"kind", "number", "title", "aim", "owners_raw", "timescale_raw", "order"})
OUTCOME_FIELDS = frozenset({"text", "order"})
STRAND_FIELDS = frozenset({"number", "title", "order"})
NO_STRAND_TITLE = "Give the strand a title."


@deed
def add_priority(
    plan: Plan,
    *,
    number: str,
    title: str,
    kind: PriorityKind = PriorityKind.PRIORITY,
    aim: str = "",
    owners_raw: str = "",
    timescale_raw: str = "",
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Priority:
    """Add a priority, or a function beside the priorities, to a plan. Raises Unacceptable for an empty title."""
    priority = Priority.objects.create(
        plan=plan,
        kind=kind,
        number=number.strip()[:20],
        title=need(title, "title", "Give the priority a title."),
        aim=aim,
        owners_raw=owners_raw,
        timescale_raw=timescale_raw,
        order=next_order(plan.priorities.all()) if order is None else order,
        import_of=import_of,
    )
    after = {"plan": plan.key, "number": priority.number, "title": priority.title, "kind": priority.kind}
    record(PlanEntry.PRIORITY_ADDED, by=by, subject=priority, after=after, tier=tier_of(plan))
    keep_words(priority)
    return priority


@deed
def edit_priority(
    priority: Priority, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Priority:
    """Change a priority. Raises Unacceptable, StaleRecord."""
    only(changes, PRIORITY_FIELDS)
    sentence = "Give the priority a title."
    tier = tier_of(priority.plan)
    edit_row(priority, version, changes, PlanEntry.PRIORITY_EDITED, "title", sentence, by, tier, now)
    return priority


@deed
def add_outcome(
    priority: Priority,
    *,
    text: str,
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Outcome:
    """Say what will be different for children under a priority. Raises Unacceptable for an empty text."""
    outcome = Outcome.objects.create(
        priority=priority,
        text=need(text, "text", "Say what will be different for children."),
        order=next_order(priority.outcomes.all()) if order is None else order,
        import_of=import_of,
    )
    tier = tier_of(priority.plan)
    record(PlanEntry.OUTCOME_ADDED, by=by, subject=outcome, after={"text": outcome.text}, tier=tier)
    keep_words(outcome)
    return outcome


@deed
def edit_outcome(
    outcome: Outcome, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Outcome:
    """Change an outcome. Raises Unacceptable, StaleRecord."""
    only(changes, OUTCOME_FIELDS)
    sentence = "Say what will be different for children."
    tier = tier_of(outcome.priority.plan)
    edit_row(outcome, version, changes, PlanEntry.OUTCOME_EDITED, "text", sentence, by, tier, now)
    return outcome


@deed
def add_strand(
    priority: Priority,
    *,
    number: str = "",
    title: str,
    order: int | None = None,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
) -> Strand:
    """Add a strand of work under a priority. Raises Unacceptable for an empty title."""
    strand = Strand.objects.create(
        priority=priority,
        number=number.strip()[:20],
        title=need(title, "title", NO_STRAND_TITLE),
        order=next_order(priority.strands.all()) if order is None else order,
        import_of=import_of,
    )
    keep_words(strand)
    after = {"priority": str(priority), "number": strand.number, "title": strand.title}
    record(PlanEntry.STRAND_ADDED, by=by, subject=strand, after=after, tier=tier_of(priority.plan))
    return strand


@deed
def edit_strand(
    strand: Strand, version: int, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Strand:
    """Change a strand. Raises Unacceptable, StaleRecord."""
    only(changes, STRAND_FIELDS)
    tier = tier_of(strand.priority.plan)
    edit_row(strand, version, changes, PlanEntry.STRAND_EDITED, "title", NO_STRAND_TITLE, by, tier, now)
    return strand
