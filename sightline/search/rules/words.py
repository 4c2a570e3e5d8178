"""Cutting a text into the words that the index holds: one way for what is kept and for what is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sightline.search.rules.stems import stem

# A printed number ("1.1c", "2.11") is one word; an apostrophe stands inside one.
TOKEN = re.compile(r"\d+(?:\.\d+)+[^\W\d_]?(?![^\W_])|[^\W_]+(?:['’‘`][^\W_]+)*")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: as it is compared, as the index holds it, and where it stands."""

    plain: str
    kept: str
    start: int
    end: int


def cut(text: str) -> Iterator[Word]:
    """Every word of a text, in order."""
    for found in TOKEN.finditer(text):
        plain = plain_of(found.group())
        if plain:
            yield Word(plain, kept_of(plain), found.start(), found.end())


def plain_of(word: str) -> str:
    """Small letters, no accents, no apostrophes, a possessive 's dropped."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(sign for sign in folded if not unicodedata.combining(sign))
    straight = re.sub(r"['’‘`]s$", "", letters)
    return re.sub(r"[^\w.]|_", "", straight)[:LONGEST]


def kept_of(plain: str) -> str:
    """The word in the index: its stem; a number with points as one run of letters and figures (both databases cut
    words by rules of their own, and neither cuts such a run)."""
    return f"n{plain.replace('.', 'q')}" if plain[:1].isdigit() else stem(plain)


def kept_text(text: str) -> str:
    """A text as the index holds it."""
    return " ".join(word.kept for word in cut(text))
