"""The life of a membership list that is read in, and what becomes of its rows."""

from __future__ import annotations

from enum import StrEnum


class ListState(StrEnum):
    """The life of an uploaded membership list."""

    WAITING = "waiting"
    READING = "reading"
    REFUSED = "refused"
    PREVIEW = "preview"
    CONFIRMING = "confirming"
    CONFIRMED = "confirmed"
    WITHDRAWING = "withdrawing"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


LIST_LABELS: dict[ListState, str] = {
    ListState.WAITING: "Waiting to be read",
    ListState.READING: "Being read",
    ListState.REFUSED: "Could not be read",
    ListState.PREVIEW: "To be confirmed",
    ListState.CONFIRMING: "Being confirmed",
    ListState.CONFIRMED: "Confirmed",
    ListState.WITHDRAWING: "Being withdrawn",
    ListState.WITHDRAWN: "Withdrawn",
    ListState.DISCARDED: "Given up",
}
LIST_COLOURS: dict[ListState, str] = {
    ListState.REFUSED: "red",
    ListState.PREVIEW: "yellow",
    ListState.CONFIRMED: "green",
    ListState.WITHDRAWN: "grey",
    ListState.DISCARDED: "grey",
}
# No seat rests on it.
NEVER_CONFIRMED = frozenset(
    {ListState.WAITING, ListState.READING, ListState.REFUSED, ListState.PREVIEW, ListState.DISCARDED}
)
# Somebody waits for these; the page looks again by itself.
UNDER_WAY = frozenset({ListState.WAITING, ListState.READING, ListState.CONFIRMING, ListState.WITHDRAWING})


class Fate(StrEnum):
    """What a row of a membership list would do."""

    STAYS = "stays"
    FILLS = "fills"
    FOLLOWS = "follows"
    ADDS = "adds"
    VACANT = "vacant"
    OUT = "out"


FATE_LABELS: dict[Fate, str] = {
    Fate.STAYS: "Unchanged",
    Fate.FILLS: "New in a seat that was free",
    Fate.FOLLOWS: "New in place of somebody",
    Fate.ADDS: "New, with a new seat",
    Fate.VACANT: "Vacant seat",
    Fate.OUT: "Left out",
}
FATE_COLOURS: dict[Fate, str] = {
    Fate.STAYS: "grey",
    Fate.FILLS: "green",
    Fate.FOLLOWS: "green",
    Fate.ADDS: "turquoise",
    Fate.VACANT: "grey",
    Fate.OUT: "red",
}
# What may be answered about a row besides the number of a record: leave it to the list, somebody or something new,
# nobody at all.
LEFT_TO_LIST, NEW, NOBODY = "", "new", "none"


NO_DAY = "Say first of which day the list is."


class ListRefused(Exception):
    """A membership list cannot go on; `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
