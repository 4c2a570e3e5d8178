"""What of plans can be found by searching, and who may find it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sightline.plans.models import (
    Action,
    Evidence,
    ExceptionReport,
    Import,
    Outcome,
    Plan,
    Priority,
    Recommendation,
    Source,
    Update,
)
from sightline.plans.rules import addresses
from sightline.plans.selectors import words
from sightline.plans.selectors.imports import imports_visible_to
from sightline.plans.selectors.visible import (
    actions_visible_to,
    plans_visible_to,
    reports_visible_to,
    sources_visible_to,
)
from sightline.search.registry import Guard, Kind, Offer

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_REFERENCE = re.compile(r"\s*sl[\s-]?0*(\d{1,9})\s*", re.IGNORECASE)


def jump(user: Reader, text: str) -> str | None:
    """The page of the action whose reference was typed ("SL-00012", "sl 12"), where the person may read it."""
    named = _REFERENCE.fullmatch(text)
    if named is None:
        return None
    actions = actions_visible_to(user).filter(reference=f"SL-{int(named[1]):05d}")
    found = actions.values_list("reference", flat=True).first()
    return addresses.of_action(found) if found else None


offered = Offer(
    guards=(
        Guard("action", actions_visible_to, words.facts_of_actions),
        Guard("plan", plans_visible_to, words.facts_of_plans),
        Guard("source", sources_visible_to, words.facts_of_sources),
        Guard("report", reports_visible_to),
        Guard("import", imports_visible_to),
    ),
    kinds=(
        Kind("action", ("Action", "Actions"), "action", Action, Action.objects.all, words.of_actions, 10),
        Kind(
            "update",
            ("Update", "Updates"),
            "action",
            Update,
            lambda: Update.objects.select_related("action"),
            words.of_updates,
            20,
            of_guard=True,
        ),
        Kind(
            "evidence",
            ("Evidence", "Evidence"),
            "action",
            Evidence,
            lambda: Evidence.objects.select_related("action"),
            words.of_evidence,
            21,
            of_guard=True,
        ),
        Kind(
            "recommendation",
            ("Recommendation", "Recommendations"),
            "source",
            Recommendation,
            lambda: Recommendation.objects.select_related("source"),
            words.of_recommendations,
            30,
        ),
        Kind("source", ("Source", "Sources"), "source", Source, Source.objects.all, words.of_sources, 31),
        Kind("plan", ("Plan", "Plans"), "plan", Plan, Plan.objects.all, words.of_plans, 40),
        Kind(
            "priority",
            ("Priority", "Priorities"),
            "plan",
            Priority,
            lambda: Priority.objects.select_related("plan"),
            words.of_priorities,
            41,
        ),
        Kind(
            "outcome",
            ("Outcome", "Outcomes"),
            "plan",
            Outcome,
            lambda: Outcome.objects.select_related("priority__plan"),
            words.of_outcomes,
            42,
        ),
        Kind(
            "report",
            ("Exception report", "Exception reports"),
            "report",
            ExceptionReport,
            lambda: ExceptionReport.objects.select_related("group", "plan").defer("rows", "resolved"),
            words.of_reports,
            60,
        ),
        Kind(
            "import",
            ("Import", "Imports"),
            "import",
            Import,
            lambda: Import.objects.defer("reading", "undo"),
            words.of_imports,
            70,
        ),
    ),
    jumps=(jump,),
)
