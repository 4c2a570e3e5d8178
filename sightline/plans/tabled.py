"""What of plans can stand on the agenda of a meeting."""

from __future__ import annotations

from sightline.access.tabling import Kind
from sightline.plans.models import Action, ExceptionReport, Plan, Recommendation, Source
from sightline.plans.selectors.ledger import recommendations_visible_to
from sightline.plans.selectors.visible import (
    actions_visible_to,
    plans_visible_to,
    reports_visible_to,
    sources_visible_to,
)


def _unsaid(found: Plan | Source) -> str:
    """A plan and a source have no number, and their names may tell of what not everybody reads."""
    return ""


offered = [
    Kind(
        "Action",
        Action,
        "plans:action",
        actions_visible_to,
        part="reference",
        field="reference",
        address=lambda found: (found.reference,),
        number=lambda found: found.reference,
        title=lambda found: found.text,
    ),
    Kind(
        "Plan",
        Plan,
        "plans:plan",
        plans_visible_to,
        part="key",
        field="key",
        address=lambda found: (found.key,),
        number=_unsaid,
    ),
    Kind(
        "Source",
        Source,
        "plans:source",
        sources_visible_to,
        part="key",
        field="key",
        address=lambda found: (found.key,),
        number=_unsaid,
        title=lambda found: found.title,
    ),
    Kind(
        "Recommendation",
        Recommendation,
        "plans:recommendation",
        lambda user: recommendations_visible_to(user).select_related("source"),
        address=lambda found: (found.source.key, found.pk),
        title=lambda found: found.text,
    ),
    Kind(
        "Exception report",
        ExceptionReport,
        "plans:report",
        reports_visible_to,
    ),
]
