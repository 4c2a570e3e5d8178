"""What is true of names: when two ways of writing one are the same, and which are alike; and of accounts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from rapidfuzz import fuzz, process

from sightline.partners.choices import QUIET_DAYS, RECENT_DAYS, PartyKind

_AND = re.compile(r"\s*[&+]\s*")
_APOSTROPHE = re.compile(r"['’‘`´]")
_NOT_WORD = re.compile(r"[^\w]+")
# A suggestion below this is noise (0 to 100, rapidfuzz WRatio); tried on invented plans.
LEAST_SCORE = 70.0
# Whose account is told as coming, moving, going or quiet. Local choices, not law.
RECENT, QUIET_FOR = timedelta(days=RECENT_DAYS), timedelta(days=QUIET_DAYS)


def normalise(text: str) -> str:
    """One form for ways of writing a name: case, accents' composition, & and "and", marks, blanks, a leading "the".

    An empty text stays empty: it names nobody.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = _NOT_WORD.sub(" ", _AND.sub(" and ", _APOSTROPHE.sub("", plain))).replace("_", " ").split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def slug(name: str) -> str:
    """A key made from a name: ASCII letters and digits with hyphens, 60 signs at most; "partner" where none is left."""
    ascii_name = unicodedata.normalize("NFKD", normalise(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[:60].strip("-") or "partner"


def free_key(name: str, taken: Iterable[str]) -> str:
    """The name's key, numbered from 2 where it is taken already."""
    used, wanted = set(taken), slug(name)
    key, number = wanted, 1
    while key in used:
        number += 1
        key = f"{wanted}-{number}"
    return key


def initials_of(name: str) -> str:
    """A person's initials as plans print them: "Ann-Marie O'Neil" gives AMO."""
    return "".join(word[0].upper() for word in re.split(r"[\s\-]+", name) if word[:1].isalpha())


@dataclass(frozen=True)
class PartyName:
    """One way of writing one party's name. `key` is the party's own, or the number of a person's agency."""

    text: str
    kind: PartyKind
    id: int
    title: str
    key: str = ""

    @property
    def agency_id(self) -> int | None:
        """The agency itself, or the one a person works for; None where there is none."""
        if self.kind == PartyKind.AGENCY:
            return self.id
        return int(self.key) if self.kind == PartyKind.PERSON and self.key else None


@dataclass(frozen=True)
class Suggestion:
    """A party whose name is like the text; `score` runs from 0 to 100."""

    kind: PartyKind
    id: int
    title: str
    score: float


def matching(text: str, names: Sequence[PartyName]) -> PartyName | None:
    """The one party this text names exactly (after `normalise`); None where none does, or two parties do."""
    wanted = normalise(text)
    found = [name for name in names if wanted and normalise(name.text) == wanted]
    return found[0] if len({(name.kind, name.id) for name in found}) == 1 else None


def suggestions(text: str, names: Sequence[PartyName], limit: int = 5) -> list[Suggestion]:
    """Parties whose names are like the text, best first, each once. For a person to choose from, never automatic."""
    texts = [normalise(name.text) for name in names]
    scored = process.extract(
        normalise(text), texts, scorer=fuzz.WRatio, limit=limit * 4, score_cutoff=LEAST_SCORE
    )
    best: dict[tuple[PartyKind, int], Suggestion] = {}
    for _, score, place in scored:
        name = names[place]
        best.setdefault((name.kind, name.id), Suggestion(name.kind, name.id, name.title, round(score, 1)))
    return list(best.values())[:limit]
