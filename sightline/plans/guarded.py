"""Who may read the records of plans that the journal tells of, and which of their parts have entries of their own."""

from __future__ import annotations

from sightline.events.guards import Guard
from sightline.plans.models import (
    Action,
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


offered = [
    Guard("plans", Action, actions_visible_to, lambda action: addresses.of_action(action.reference)),
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
