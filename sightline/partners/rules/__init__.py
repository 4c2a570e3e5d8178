"""What is true of names and of accounts; of seats in `seats`."""

from sightline.partners.rules.names import (
    LEAST_SCORE,
    QUIET_FOR,
    RECENT,
    PartyName,
    Suggestion,
    free_key,
    initials_of,
    matching,
    normalise,
    slug,
    suggestions,
)

__all__ = [
    "LEAST_SCORE",
    "QUIET_FOR",
    "RECENT",
    "PartyName",
    "Suggestion",
    "free_key",
    "initials_of",
    "matching",
    "normalise",
    "slug",
    "suggestions",
]
