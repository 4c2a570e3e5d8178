"""What the journal records about requests."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class RequestEntry(StrEnum):
    """Entry types of requests."""

    ROUND_OPENED = "round_opened"
    ROUND_MOVED = "round_moved"
    MORE_ASKED = "more_asked"
    ROUND_CLOSED = "round_closed"
    LINK_SENT = "link_sent"
    LINK_ENDED = "link_ended"
    ROUND_ANSWERED = "round_answered"
    SILENCE_TOLD = "silence_told"
    LIST_TAKEN = "list_taken"
    CYCLE_BEGUN = "cycle_begun"
    CYCLE_ENDED = "cycle_ended"
    OWED_LAID_OUT = "owed_laid_out"
    OWED_CAME = "owed_came"
    OWED_CALLED_OFF = "owed_called_off"
    OWED_TAKEN_BACK = "owed_taken_back"
    GAP_TAKEN = "gap_taken"


declare(
    "requests",
    RequestEntry,
    {
        RequestEntry.ROUND_OPENED: "Round opened",
        RequestEntry.ROUND_MOVED: "Round followed its record",
        RequestEntry.MORE_ASKED: "More people asked in a round",
        RequestEntry.ROUND_CLOSED: "Round closed",
        RequestEntry.LINK_SENT: "Personal link sent",
        RequestEntry.LINK_ENDED: "Personal link ended",
        RequestEntry.ROUND_ANSWERED: "Answer to a round came in",
        RequestEntry.SILENCE_TOLD: "Somebody was told how many are silent",
        RequestEntry.LIST_TAKEN: "List of those asked taken away",
        RequestEntry.CYCLE_BEGUN: "Something is owed to a group again and again",
        RequestEntry.CYCLE_ENDED: "Something is not owed any more",
        RequestEntry.OWED_LAID_OUT: "What is owed was laid out further ahead",
        RequestEntry.OWED_CAME: "Something that was owed came",
        RequestEntry.OWED_CALLED_OFF: "Something that was owed was excused",
        RequestEntry.OWED_TAKEN_BACK: "Something owed is still to come",
        RequestEntry.GAP_TAKEN: "What did not come was put on an agenda",
    },
    # To whom a link went is a person's name and address.
    personal={RequestEntry.LINK_SENT: ("name", "to"), RequestEntry.SILENCE_TOLD: ("to",)},
)
