"""What is true, due and required of plans: plain values in and out, no clock, no database. Source: `design.md` 4a."""

from sightline.plans.rules.dates import (
    days_overdue,
    days_since_update,
    is_blocked,
    is_due_soon,
    is_overdue,
    is_review_missed,
    is_silent,
    slips,
    update_day,
)
from sightline.plans.rules.exceptions import Found, exceptions
from sightline.plans.rules.facts import ActionFacts, EvidenceFacts, RatingFacts
from sightline.plans.rules.history import Line, Moment, facts_from
from sightline.plans.rules.numbering import sort_key
from sightline.plans.rules.numbers import Numbers, standard
from sightline.plans.rules.ratings import (
    needs_a_sentence,
    stands_unexplained,
    suggested,
    suggested_delivery,
    suggested_impact,
)
from sightline.plans.rules.timescales import firm_date, last_day, review_date

__all__ = [
    "ActionFacts",
    "EvidenceFacts",
    "Found",
    "Line",
    "Moment",
    "Numbers",
    "RatingFacts",
    "days_overdue",
    "days_since_update",
    "exceptions",
    "facts_from",
    "firm_date",
    "is_blocked",
    "is_due_soon",
    "is_overdue",
    "is_review_missed",
    "is_silent",
    "last_day",
    "needs_a_sentence",
    "review_date",
    "slips",
    "sort_key",
    "standard",
    "stands_unexplained",
    "suggested",
    "suggested_delivery",
    "suggested_impact",
    "update_day",
]
