"""Keeping what search finds: called by the services of plans, in their transaction."""

from __future__ import annotations

from typing import Any

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
from sightline.plans.selectors import words
from sightline.search.services import keep

_INDEXED: dict[type, Any] = {
    Action: words.of_actions,
    Evidence: words.of_evidence,
    ExceptionReport: words.of_reports,
    Import: words.of_imports,
    Outcome: words.of_outcomes,
    Plan: words.of_plans,
    Priority: words.of_priorities,
    Recommendation: words.of_recommendations,
    Source: words.of_sources,
    Update: words.of_updates,
}


def keep_words(*records: Any) -> None:
    """Let these records, all of one kind, be found by what they say now; one statement.

    A kind that search does not offer (a strand) is passed over.
    """
    if records and type(records[0]) in _INDEXED:
        keep(_INDEXED[type(records[0])](records))
