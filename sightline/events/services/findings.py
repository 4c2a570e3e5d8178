"""What a verification of the journal finds: breaks, each with its place, and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sightline.events.choices import KeyNotChanged

# Breaks told of: a journal in ruins need not be listed line by line.
MOST_BREAKS = 1_000


class BreakKind(StrEnum):
    """What is wrong, and so where to look."""

    ENTRY_CHANGED = "entry changed"
    ENTRY_GONE = "entry gone"
    PLACE_GONE = "place in seal gone"
    SEAL_CHANGED = "seal changed"
    SEAL_GONE = "seal gone"
    WRONG_KEY = "wrong key"
    OLDER_KEY = "older key"
    KEY_NOT_CHANGED = "key not changed"
    ENTRY_FORGED = "unsealed entry not ours"
    PERSONAL_CHANGED = "personal value changed"
    PERSONAL_GONE = "personal value gone"
    CHECKPOINT_FORGED = "checkpoint not ours"
    CHECKPOINT_GONE = "checkpoint gone"
    ROW_CHANGED = "row changed without an entry"
    CHANGE_GONE = "note of a change gone"
    REMOVED_UNTOLD = "removed without an entry"


SENTENCES: dict[BreakKind, str] = {
    BreakKind.ENTRY_CHANGED: "Entry {entry} is not what was sealed in seal {seal}.",
    BreakKind.ENTRY_GONE: "Entry {entry}, sealed in seal {seal}, is gone.",
    BreakKind.PLACE_GONE: "Seal {seal} has lost an entry: {detail}.",
    BreakKind.SEAL_CHANGED: "Seal {seal} was changed, or does not follow the seal before it.",
    BreakKind.SEAL_GONE: "Seal {seal} is gone.",
    BreakKind.WRONG_KEY: "Seal {seal} was made with another key than the one in the settings.",
    BreakKind.OLDER_KEY: "Seal {seal} was made with an older key than a seal before it.",
    BreakKind.KEY_NOT_CHANGED: KeyNotChanged.SENTENCE,
    BreakKind.ENTRY_FORGED: "Entry {entry}, not sealed yet, was changed or not written by Sightline.",
    BreakKind.PERSONAL_CHANGED: "The personal value {detail} of entry {entry} is not what was written.",
    BreakKind.PERSONAL_GONE: "The personal value {detail} of entry {entry} is gone, and no shredding tells why.",
    BreakKind.CHECKPOINT_FORGED: "Checkpoint {detail} was changed, or not signed by Sightline.",
    BreakKind.CHECKPOINT_GONE: "Checkpoint {detail} is gone.",
    BreakKind.ROW_CHANGED: "Changed behind the application's back, without an entry: {detail}.",
    BreakKind.CHANGE_GONE: "What the net noted of the change that entry {entry} tells of is gone.",
    BreakKind.REMOVED_UNTOLD: "The entries up to seal {seal} were removed, and no entry of the journal tells of it.",
}


class UnreadableHead(ValueError):
    """The head given is not one; the text says how one looks."""


@dataclass(frozen=True)
class Break:
    """One thing that is not as it was sealed, located."""

    kind: BreakKind
    seal: int | None = None
    entry: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        """What is wrong and where, in one sentence."""
        return SENTENCES[self.kind].format(seal=self.seal, entry=self.entry, detail=self.detail)


@dataclass
class Verification:
    """What a verification found. `head` is the newest seal's, to be printed in minutes or e-mailed."""

    sealed: int = 0
    unsealed: int = 0
    shredded: int = 0
    removed: int = 0
    broken: list[Break] = field(default_factory=list)
    head: str = ""
    rolled_back: bool = False

    @property
    def is_sound(self) -> bool:
        """Whether nothing is broken and the head given, if any, still stands."""
        return not self.broken and not self.rolled_back

    def note(self, found: Break) -> None:
        """Keep a break, up to the most that are told of."""
        if len(self.broken) < MOST_BREAKS:
            self.broken.append(found)
