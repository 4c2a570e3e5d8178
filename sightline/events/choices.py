"""Plain words of the journal: how sensitive a record is, who acts, what is acted upon."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Tier(StrEnum):
    """How sensitive a record is (T0 public … T4 restricted); the order of the members is the order of care."""

    T0 = "T0"
    T1 = "T1"
    T2 = "T2"
    T3 = "T3"
    T4 = "T4"

    @property
    def marking(self) -> str:
        """The government marking printed on screens and papers; empty for public records."""
        return MARKINGS[self]

    @property
    def handling(self) -> str:
        """How a paper or screen of this tier is handled, printed beside its marking; empty where that says enough."""
        return HANDLING if self is Tier.T4 else ""

    @property
    def label(self) -> str:
        """The tier in words."""
        return TIER_LABELS[self]

    @classmethod
    def named(cls, text: str) -> Tier:
        """The tier of this name; the highest for what is none, so that nothing is shown that should not be."""
        return cls(text) if text in set(cls) else cls.T4


MARKINGS: dict[Tier, str] = {
    Tier.T0: "",
    Tier.T1: "OFFICIAL",
    Tier.T2: "OFFICIAL-SENSITIVE",
    Tier.T3: "OFFICIAL-SENSITIVE",
    Tier.T4: "OFFICIAL-SENSITIVE",
}
HANDLING = (
    "For named people only. Do not copy, forward or talk about this with anybody who is not on its case list."
)
TIER_LABELS: dict[Tier, str] = {
    Tier.T0: "Public",
    Tier.T1: "Partnership",
    Tier.T2: "Agency-confidential",
    Tier.T3: "Child-level",
    Tier.T4: "Restricted",
}


# Who may read a record that is either for every member or confidential, as a form asks it.
READERS = [
    (Tier.T1.value, "Every member of the partnership reads it"),
    (Tier.T2.value, "Confidential: read by those it concerns and by who serves the whole partnership"),
]


class Way(StrEnum):
    """How a record goes once it was kept long enough: with its row, or with the names in it alone, so that every count
    stays.
    """

    DELETE = "delete"
    ANONYMISE = "anonymise"


ActorKind = Literal["user", "system", "link"]


@dataclass(frozen=True)
class Actor:
    """Who did it: a signed-in person, Sightline itself, or somebody holding a one-use link.

    `role` is what they acted as at that moment; `user_id` is set for signed-in people only.
    """

    kind: ActorKind
    id: str
    label: str
    role: str = ""
    user_id: int | None = None


SYSTEM = Actor("system", "system", "Sightline")
COMMAND_LINE = Actor("system", "command line", "command line")


@dataclass(frozen=True)
class Subject:
    """What an entry is about, kept by name and number so that it outlives the record."""

    app: str
    model: str
    id: str
    title: str


class UnknownEntryType(Exception):
    """An entry type was recorded that no app has declared."""


class JournalKeyMissing(Exception):
    """The key that seals the journal is absent or too short; the message says what to do."""


class KeyNotChanged(Exception):
    """The newest seal is of an older key: entries wait unsealed until somebody says that the key was changed."""

    SENTENCE = (
        "The newest seal of the journal is of an older key than the one in the settings, so nothing is sealed. If you "
        "have just changed the key, or restored a backup of before, run `sightline journal rotate-key`. If not, "
        "somebody who has the old key has written the journal anew: compare it with the last head that you printed."
    )

    def __init__(self) -> None:
        super().__init__(self.SENTENCE)


class ImpossibleMove(Exception):
    """A state cannot follow another, or something is missing; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Unacceptable(Exception):
    """What was given cannot be saved; `problems` maps a field ("" for the whole) to a sentence fit to show."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class StaleRecord(Exception):
    """Somebody else saved the record after it was read; `sentence` is fit to show."""

    DEFAULT = (
        "Somebody else saved this while you were writing. Nothing of theirs was overwritten; "
        "look at what changed and save again."
    )

    def __init__(self, sentence: str = DEFAULT) -> None:
        super().__init__(sentence)
        self.sentence = sentence
