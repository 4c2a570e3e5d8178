"""What the journal records about the yearly rhythm."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class RhythmEntry(StrEnum):
    """Entry types of the yearly rhythm."""

    RETURN_BEGUN = "return_begun"
    RETURN_ANSWERS = "return_answers"
    RETURN_WRITTEN = "return_written"
    RETURN_SIGNED = "return_signed"
    RETURN_OPENED = "return_opened"
    RETURN_SENT_BACK = "return_sent_back"
    PAPER_KEPT = "paper_kept"
    PAPER_LOOKED_OVER = "paper_looked_over"
    RETURNS_READ = "returns_read"
    PAPER_GIVEN_UP = "paper_given_up"
    RETURNS_TAKEN_BACK = "returns_taken_back"
    RETURN_TAKEN = "return_taken"
    LIST_TAKEN = "list_taken"
    CALENDAR_MADE = "calendar_made"
    CALENDAR_ENDED = "calendar_ended"
    KEPT_KNOWINGLY = "kept_knowingly"


LABELS: dict[StrEnum, str] = {
    RhythmEntry.RETURN_BEGUN: "Return of a group begun",
    RhythmEntry.RETURN_ANSWERS: "Return of a group answers one more thing that is owed",
    RhythmEntry.RETURN_WRITTEN: "Return of a group written",
    RhythmEntry.RETURN_SIGNED: "Return of a group signed off",
    RhythmEntry.RETURN_OPENED: "Return of a group opened again",
    RhythmEntry.RETURN_SENT_BACK: "Return of a group sent back",
    RhythmEntry.PAPER_KEPT: "Paper with returns of groups kept, to be looked over",
    RhythmEntry.PAPER_LOOKED_OVER: "Said which groups a paper with returns is of",
    RhythmEntry.RETURNS_READ: "Returns of groups read in from a paper",
    RhythmEntry.PAPER_GIVEN_UP: "Paper with returns of groups given up",
    RhythmEntry.RETURNS_TAKEN_BACK: "Returns of groups that were read from a paper taken back",
    RhythmEntry.RETURN_TAKEN: "Return of a group taken away as a file",
    RhythmEntry.LIST_TAKEN: "List of returns taken away",
    RhythmEntry.CALENDAR_MADE: "Secret address of a calendar made",
    RhythmEntry.CALENDAR_ENDED: "Secret address of a calendar ended",
    RhythmEntry.KEPT_KNOWINGLY: "Kept what may tell who a child is, with a reason",
}

declare(
    "rhythm",
    RhythmEntry,
    LABELS,
    {RhythmEntry.RETURN_SIGNED: ("signed_by",), RhythmEntry.KEPT_KNOWINGLY: ("because",)},
)
