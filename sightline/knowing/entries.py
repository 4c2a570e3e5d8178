"""What the journal records about who may read child-level and restricted records."""

from __future__ import annotations

from enum import StrEnum

from sightline.events.entries import declare


class KnowingEntry(StrEnum):
    """Entry types of case lists, conflicts of interest and break-glass."""

    LISTED = "listed"
    LISTING_ENDED = "listing_ended"
    CONFLICT_DECLARED = "conflict_declared"
    CONFLICT_ENDED = "conflict_ended"
    CONFLICT_DISPOSED = "conflict_disposed"
    NAME_SHOWN = "name_shown"
    GLASS_BROKEN = "glass_broken"
    GLASS_REFUSED = "glass_refused"
    GLASS_SLOWED = "glass_slowed"
    GLASS_CLOSED = "glass_closed"
    GLASS_REVIEWED = "glass_reviewed"


# Names of people, and reasons in which a child may be named, are personal values: they can be shredded.
_PERSON = ("subject", "person", "reason")
# Whose conflict it was is disposed of with it, so not even the account's number stands in the entry.
_CONFLICT = (*_PERSON, "user_id", "reference", "kept_knowingly")
declare(
    "knowing",
    KnowingEntry,
    {
        KnowingEntry.LISTED: "Put on a record's case list",
        KnowingEntry.LISTING_ENDED: "Taken off a record's case list",
        KnowingEntry.CONFLICT_DECLARED: "Conflict of interest declared",
        KnowingEntry.CONFLICT_ENDED: "Conflict of interest over",
        KnowingEntry.CONFLICT_DISPOSED: "Conflict of interest that was over disposed of",
        KnowingEntry.NAME_SHOWN: "Name shown",
        KnowingEntry.GLASS_BROKEN: "Break-glass: a record opened without being on its list",
        KnowingEntry.GLASS_REFUSED: "Break-glass: nothing opened",
        KnowingEntry.GLASS_SLOWED: "Break-glass made to wait after too many wrong references",
        KnowingEntry.GLASS_CLOSED: "Break-glass: closed before its time",
        KnowingEntry.GLASS_REVIEWED: "Break-glass: looked into",
    },
    personal={
        KnowingEntry.LISTED: _PERSON,
        KnowingEntry.LISTING_ENDED: _PERSON,
        KnowingEntry.CONFLICT_DECLARED: _CONFLICT,
        KnowingEntry.CONFLICT_ENDED: _CONFLICT,
        KnowingEntry.NAME_SHOWN: ("subject",),
        KnowingEntry.GLASS_BROKEN: _PERSON,
        KnowingEntry.GLASS_REFUSED: ("reference",),
        KnowingEntry.GLASS_CLOSED: _PERSON,
        KnowingEntry.GLASS_REVIEWED: (*_PERSON, "finding"),
    },
)
