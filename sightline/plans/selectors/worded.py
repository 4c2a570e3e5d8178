"""Actions that hold typed words: found by the index of search, so that a rare word costs what a common one does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, Q

from sightline.search.rules.query import beginnings
from sightline.search.selectors import entry_holding, records_found

# Where more actions hold the words, a list is walked in its own order instead: the next that fits is never far. Lists
# by words are counted as far.
MOST_SOUGHT = 2_000


def holding(words: str, number: str = "pk") -> Q:
    """What lets through the actions that hold every word, or a word that begins so, in what search keeps of them.

    `number`: the column with the action's number. Asks the index once; words without a letter or figure find nothing.
    """
    if not words.strip():
        return Q()
    query = beginnings(words)
    found = records_found("action", query, MOST_SOUGHT + 1)
    if len(found) > MOST_SOUGHT:
        return Q(entry_holding("action", query, OuterRef(number)))
    return Q(**{f"{number}__in": found})


def most_counted(chosen: Mapping[str, Any]) -> int | None:
    """How far a list is counted whose filter has these answers; None where no words are asked for."""
    return MOST_SOUGHT if chosen.get("words") else None
