"""The life of an uploaded document, and what became of its rows."""

from __future__ import annotations

from enum import StrEnum


class ImportState(StrEnum):
    """The life of an uploaded document."""

    WAITING = "waiting"
    READING = "reading"
    PREVIEW = "preview"
    CONFIRMING = "confirming"
    REFUSED = "refused"
    CONFIRMED = "confirmed"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


# Its rows stand in the plan: taking it back has not happened while it is only asked for.
IN_THE_PLAN: frozenset[ImportState] = frozenset({ImportState.CONFIRMED, ImportState.WITHDRAWING})


# Nothing in a plan rests on it.
NEVER_CONFIRMED: frozenset[ImportState] = frozenset(
    {
        ImportState.WAITING,
        ImportState.READING,
        ImportState.PREVIEW,
        ImportState.REFUSED,
        ImportState.DISCARDED,
    }
)


class RowFate(StrEnum):
    """What became of a row of the paper: the counts of an import add up over these."""

    IMPORTED = "imported"
    JOINED = "joined"
    FURNITURE = "furniture"
    SET_ASIDE = "set_aside"


IMPORT_LABELS: dict[ImportState, str] = {
    ImportState.WAITING: "Waiting to be read",
    ImportState.READING: "Being read",
    ImportState.PREVIEW: "To be confirmed",
    ImportState.CONFIRMING: "Being confirmed",
    ImportState.REFUSED: "Could not be read",
    ImportState.CONFIRMED: "Confirmed",
    ImportState.WITHDRAWING: "Being withdrawn",
    ImportState.WITHDRAWN: "Withdrawn",
    ImportState.DISCARDED: "Given up",
}
