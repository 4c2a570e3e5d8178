"""How alike two recommendations or actions are, whatever their wording: "we have asked for this before".

Words are reduced to stems, and expressions of one meaning (`definitions/synonyms.yaml`) to that meaning. What is rare
among the candidates weighs more than what is common. Measured by `benchmarks/likeness.py`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from sightline.definitions.synonyms import Synonyms, words_of
from sightline.definitions.synonyms import standard as standard_synonyms
from sightline.plans.rules.stems import STOP, stem
from sightline.plans.rules.themes import suggested

WORD_LENGTH = 40
# A likeness below this is noise; measured on the labelled set in benchmarks/likeness.yaml.
LEAST_LIKENESS = 0.3
# Share of the letters' likeness in the whole; the rest is the meanings'.
LETTERS = 0.3
# How many words an agreed meaning or a theme weighs: two authors share those more often than they share a word.
AGREED = 2.5
MOST_SHOWN = 5


def index_words(text: str) -> tuple[str, ...]:
    """The stems under which a text is found, each once. They do not depend on the synonyms, which may change."""
    found = (stem(word)[:WORD_LENGTH] for word in words_of(text) if word not in STOP)
    return tuple(dict.fromkeys(word for word in found if len(word) > 1))


def search_words(text: str, most: int, synonyms: Synonyms | None = None) -> tuple[str, ...]:
    """The stems to look under for texts like this one: its own first, then those of other words for the same."""
    meant = synonyms or standard_synonyms()
    others = [
        word
        for span in meant.spans(words_of(text))
        if span.meaning
        for expression in span.meaning.others(span.words)
        for word in index_words(expression)
    ]
    return tuple(dict.fromkeys([*index_words(text), *others]))[:most]


@lru_cache(maxsize=4_000)
def meanings(text: str, synonyms: Synonyms | None = None) -> Counter[str]:
    """What a text means: names of meanings, stems, and the themes its words suggest; not the words every text has.

    An expression of several words counts as its meaning and word by word, for it is like them as well.
    """
    found = Counter(f"@{key}" for key in suggested(text, synonyms=synonyms))
    for span in (synonyms or standard_synonyms()).spans(words_of(text)):
        words = [word for word in span.words.split() if word not in STOP and len(word) > 1]
        if span.meaning:
            found[f"={span.meaning.name}"] += 1
        if span.meaning is None or len(span.words.split()) > 1:
            found.update(map(stem, words))
    return found


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be like another, under any key."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like it is, 0 to 1."""

    key: str
    score: float


def ranked(text: str, candidates: Sequence[Candidate], *, least: float = LEAST_LIKENESS) -> list[Likeness]:
    """The candidates that are like the text, the likest first; equals in the order given."""
    wanted = meanings(text)
    known = {each.key: meanings(each.text) for each in candidates}
    weights = rarity([wanted, *known.values()])
    scored = [Likeness(c.key, _likeness(wanted, known[c.key], weights)) for c in candidates]
    return sorted((s for s in scored if s.score >= least), key=lambda s: -s.score)


def rarity(texts: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """How much each meaning weighs: much where few of the texts have it, and more than a word weighs."""
    found = Counter(term for terms in texts for term in terms)
    return {
        term: math.log(1 + len(texts) / number) * (AGREED if term[:1] in "=@" else 1)
        for term, number in found.items()
    }


def _likeness(one: Mapping[str, int], other: Mapping[str, int], weights: Mapping[str, float]) -> float:
    """The cosine of what both mean, each meaning as long as the root of its rarity, helped by how alike letters are."""
    shared = sum(weights[term] for term in one if term in other)
    sizes = _size(one, weights) * _size(other, weights)
    if not shared or not sizes:
        return 0.0
    letters = fuzz.token_set_ratio(_line(one), _line(other)) / 100
    return (1 - LETTERS) * shared / sizes + LETTERS * letters


def _size(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weights[term] for term in terms))


def _line(terms: Iterable[str]) -> str:
    return " ".join(sorted(term.lstrip("=@") for term in terms))
