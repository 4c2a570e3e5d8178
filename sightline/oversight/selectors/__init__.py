"""Reading what is looked after, for whoever looks after it."""

from sightline.oversight.selectors.days import days_of
from sightline.oversight.selectors.samples import drawn_of, entries_of_kind, samples, signatures_of
from sightline.oversight.selectors.unusual import alerts, answers_of, last_day_looked_at

__all__ = [
    "alerts",
    "answers_of",
    "days_of",
    "drawn_of",
    "entries_of_kind",
    "last_day_looked_at",
    "samples",
    "signatures_of",
]
