"""What the journal records about requests."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class RequestEntry(StrEnum):
    """Entry types of requests."""

    ROUND_OPENED = "round_opened"
    ROUND_CLOSED = "round_closed"
    LINK_SENT = "link_sent"
    LINK_ENDED = "link_ended"
    ROUND_ANSWERED = "round_answered"
    SILENCE_TOLD = "silence_told"
    LIST_TAKEN = "list_taken"


declare(
    "requests",
    RequestEntry,
    {
        RequestEntry.ROUND_OPENED: "Round opened",
        RequestEntry.ROUND_CLOSED: "Round closed",
        RequestEntry.LINK_SENT: "Personal link sent",
        RequestEntry.LINK_ENDED: "Personal link ended",
        RequestEntry.ROUND_ANSWERED: "Answer to a round came in",
        RequestEntry.SILENCE_TOLD: "Somebody was told how many are silent",
        RequestEntry.LIST_TAKEN: "List of those asked taken away",
    },
    # To whom a link went is a person's name and address.
    personal={RequestEntry.LINK_SENT: ("name", "to"), RequestEntry.SILENCE_TOLD: ("to",)},
)
