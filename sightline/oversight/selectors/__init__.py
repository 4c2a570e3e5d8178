"""Reading what is looked after, for whoever looks after it."""

from sightline.oversight.selectors.days import days_of
from sightline.oversight.selectors.reviews import (
    agencies_named_for,
    decisions_of,
    grants,
    grants_of,
    named_reviewers,
    reviews,
)
from sightline.oversight.selectors.samples import drawn_of, entries_of_kind, samples, signatures_of
from sightline.oversight.selectors.unusual import alerts, answers_of, last_day_looked_at

__all__ = [
    "agencies_named_for",
    "alerts",
    "answers_of",
    "days_of",
    "decisions_of",
    "drawn_of",
    "entries_of_kind",
    "grants",
    "grants_of",
    "last_day_looked_at",
    "named_reviewers",
    "reviews",
    "samples",
    "signatures_of",
]
