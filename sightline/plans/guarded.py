"""Who may read the records of plans that the journal tells of, and which of their parts have entries of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sightline.events.guards import Guard
from sightline.plans.models import (
    Action,
    ActionOwner,
    ExceptionReport,
    Import,
    Outcome,
    Plan,
    Priority,
    Recommendation,
    Source,
    Strand,
)
from sightline.plans.rules import addresses
from sightline.plans.selectors.imports import imports_visible_to
from sightline.plans.selectors.ledger import recommendations_visible_to
from sightline.plans.selectors.visible import (
    actions_visible_to,
    plans_visible_to,
    reports_visible_to,
    sources_visible_to,
)


def _of_plan(plan: Plan) -> dict[str, list[int]]:
    """What is printed in a plan beside its actions, each of which has a time line of its own."""
    found = {
        "priority": Priority.objects.filter(plan=plan),
        "outcome": Outcome.objects.filter(priority__plan=plan),
        "strand": Strand.objects.filter(priority__plan=plan),
    }
    return {model: list(rows.values_list("pk", flat=True)) for model, rows in found.items()}


def _of_source(source: Source) -> dict[str, list[int]]:
    return {"recommendation": list(source.recommendations.values_list("pk", flat=True))}


def _agencies_of_actions(numbers: Collection[int]) -> dict[int, set[str]]:
    """The agencies that answer for actions, by themselves or by one of their people; one query."""
    found: dict[int, set[str]] = defaultdict(set)
    owners = ActionOwner.objects.filter(action_id__in=numbers)
    for number, own, employer in owners.values_list("action_id", "agency__key", "person__agency__key"):
        found[number] |= {key for key in (own, employer) if key}
    return found


offered = [
    Guard(
        "plans",
        Action,
        actions_visible_to,
        lambda action: addresses.of_action(action.reference),
        agencies=_agencies_of_actions,
    ),
    Guard("plans", Plan, plans_visible_to, lambda plan: addresses.of_plan(plan.key), _of_plan),
    Guard("plans", Source, sources_visible_to, lambda source: addresses.of_source(source.key), _of_source),
    Guard(
        "plans",
        Recommendation,
        recommendations_visible_to,
        lambda asked: addresses.of_recommendation(asked.source.key, asked.pk),
    ),
    Guard("plans", ExceptionReport, reports_visible_to, lambda report: addresses.of_report(report.pk)),
    Guard("plans", Import, imports_visible_to, lambda upload: addresses.of_import(upload.pk)),
]
