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

WORD_LENGTH = 40
# A likeness below this is noise; measured on the labelled set in benchmarks/likeness.
LEAST_LIKENESS = 0.26
# Share of the letters' likeness in the whole; the rest is the meanings'.
LETTERS = 0.2
MOST_SHOWN = 5
# Words that stand in every recommendation, whatever it asks for.
_STOP = frozenset(
    words_of(
        """
        a about across after again against all also am an and any are as at be because been before being between both
        but by can could did do does doing down during each ensure ensuring every everyone few for from further had has
        have having he her here hers him his how i if in into is it its itself know known less make makes making may me
        more most must my need needs new no nor not of off on once one only or other our out over own part partner
        partners partnership recommend recommendation recommended recommends review reviewed reviews s same set she
        should so some such than that the their them then there these they this those through to together too under
        until up upon use used using very was way we well were what when where whether which while who whom whose why
        will with within without would you your agency agencies year years including consider take taken relevant
        """
    )
)
_ENDINGS = tuple(
    words_of(
        "ements ement ations ation ating ated ates ate ators ator ingly ings ing edly ies ied ions ion ers ment ness "
        "ance ence able ive ed es er ly al s e"
    )
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, so that "training", "trains" and "trained" are one. Light: four letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return stem(word[: -len(ending)])
    return word[:-1] if len(word) > 4 and word.endswith("y") else word


def index_words(text: str) -> tuple[str, ...]:
    """The stems under which a text is found, each once. They do not depend on the synonyms, which may change."""
    found = (stem(word)[:WORD_LENGTH] for word in words_of(text) if word not in _STOP)
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


def meanings(text: str, synonyms: Synonyms | None = None) -> Counter[str]:
    """What a text means: names of meanings and stems, without the words that every text has."""
    spans = (synonyms or standard_synonyms()).spans(words_of(text))
    return Counter(
        f"={span.meaning.name}" if span.meaning else stem(span.words)
        for span in spans
        if span.meaning or (span.words not in _STOP and len(span.words) > 1)
    )


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
    """How much each meaning weighs: much where few of the texts have it."""
    found = Counter(term for terms in texts for term in terms)
    return {term: math.log(1 + len(texts) / number) for term, number in found.items()}


def _likeness(one: Mapping[str, int], other: Mapping[str, int], weights: Mapping[str, float]) -> float:
    """The cosine of what both mean, helped by how alike the letters of their words are."""
    shared = sum(weights[term] ** 2 for term in one if term in other)
    sizes = _size(one, weights) * _size(other, weights)
    if not shared or not sizes:
        return 0.0
    letters = fuzz.token_set_ratio(_line(one), _line(other)) / 100
    return (1 - LETTERS) * shared / sizes + LETTERS * letters


def _size(terms: Iterable[str], weights: Mapping[str, float]) -> float:
    return math.sqrt(sum(weights[term] ** 2 for term in terms))


def _line(terms: Iterable[str]) -> str:
    return " ".join(sorted(term.lstrip("=") for term in terms))
