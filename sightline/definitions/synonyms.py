"""Words that mean the same (`synonyms.yaml`), for everything that compares or looks for what people wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from sightline import definitions

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_APOSTROPHES = str.maketrans({"‘": "'", "’": "'", "`": "'"})


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared: small letters, one kind of apostrophe, a possessive 's dropped."""
    plain = unicodedata.normalize("NFKC", text).translate(_APOSTROPHES).casefold()
    return [word.removesuffix("'s") for word in _WORD.findall(plain)]


@dataclass(frozen=True, slots=True)
class Meaning:
    """Expressions of one meaning, as `words_of` gives them joined by spaces; the first names it."""

    expressions: tuple[str, ...]

    @property
    def name(self) -> str:
        """The expression that stands for all."""
        return self.expressions[0]

    def others(self, expression: str) -> tuple[str, ...]:
        """The other expressions of the meaning."""
        return tuple(other for other in self.expressions if other != expression)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words, from `start` up to `end`, and what it means (None: a word without synonyms)."""

    start: int
    end: int
    words: str
    meaning: Meaning | None = None


@dataclass(frozen=True)
class Synonyms:
    """Every meaning, found by any of its expressions."""

    meanings: tuple[Meaning, ...]

    @cached_property
    def by_expression(self) -> Mapping[str, Meaning]:
        """Each expression with its meaning."""
        return {words: meaning for meaning in self.meanings for words in meaning.expressions}

    @cached_property
    def _longest(self) -> int:
        return max((len(words.split()) for words in self.by_expression), default=1)

    def alternatives(self, text: str) -> tuple[str, ...]:
        """Other words for a word or phrase; none where it has no synonyms."""
        expression = " ".join(words_of(text))
        meaning = self.by_expression.get(expression)
        return meaning.others(expression) if meaning else ()

    def spans(self, words: Sequence[str]) -> list[Span]:
        """Words (of `words_of`) cut into the longest expressions that have a meaning; the rest word by word."""
        found: list[Span] = []
        at = 0
        while at < len(words):
            found.append(self._span(words, at))
            at = found[-1].end
        return found

    def _span(self, words: Sequence[str], at: int) -> Span:
        for end in range(min(at + self._longest, len(words)), at, -1):
            expression = " ".join(words[at:end])
            if meaning := self.by_expression.get(expression):
                return Span(at, end, expression, meaning)
        return Span(at, at + 1, words[at])


def synonyms_from(groups: Iterable[Sequence[str]]) -> Synonyms:
    """The groups of a definition. Raises ValueError where an expression stands in two of them."""
    meanings = tuple(Meaning(tuple(dict.fromkeys(map(_folded, group)))) for group in groups)
    seen: set[str] = set()
    for expression in (words for meaning in meanings for words in meaning.expressions):
        if expression in seen:
            raise ValueError(f"Synonyms: {expression!r} stands in two groups.")
        seen.add(expression)
    return Synonyms(meanings)


def _folded(expression: str) -> str:
    return " ".join(words_of(expression))


@cache
def standard() -> Synonyms:
    """The synonyms that ship with Sightline."""
    return synonyms_from(definitions.load("synonyms")["groups"])
