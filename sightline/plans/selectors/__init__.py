"""Reading plans: every query starts from what the person may see."""

from sightline.plans.selectors.exceptions import (
    ExceptionRow,
    SourceLink,
    exceptions_for,
)
from sightline.plans.selectors.history import facts_of, lines_of
from sightline.plans.selectors.lists import ActionFilter, Counted, Sort, bounded_count, list_actions
from sightline.plans.selectors.parties import with_parties
from sightline.plans.selectors.reports import ReportRead, last_issued, read_report, since
from sightline.plans.selectors.visible import (
    actions_visible_to,
    get_action,
    get_plan,
    get_report,
    get_source,
    owned_by,
    plans_visible_to,
    reports_visible_to,
    sources_visible_to,
)

__all__ = [
    "ActionFilter",
    "Counted",
    "ExceptionRow",
    "ReportRead",
    "Sort",
    "SourceLink",
    "actions_visible_to",
    "bounded_count",
    "exceptions_for",
    "facts_of",
    "get_action",
    "get_plan",
    "get_report",
    "get_source",
    "last_issued",
    "lines_of",
    "list_actions",
    "owned_by",
    "plans_visible_to",
    "read_report",
    "reports_visible_to",
    "since",
    "sources_visible_to",
    "with_parties",
]
