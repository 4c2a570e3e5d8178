"""The part of a text that shows why it was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sightline.search.rules.query import Expression, Query
from sightline.search.rules.words import Word, cut

# How many words of a text are shown, and how many of them stand before the first that was found.
WINDOW = 40
BEFORE = 8
MOST_READ = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `found`: it is what was looked for."""

    text: str
    found: bool = False


def marked(text: str, expressions: Sequence[Expression]) -> tuple[Piece, ...]:
    """The whole text with every word marked that was looked for."""
    words = list(cut(text[:MOST_READ]))
    return tuple(_pieces(text, words, found_in(words, expressions), 0, len(text)))


def snippet(text: str, expressions: Sequence[Expression]) -> tuple[Piece, ...]:
    """About forty words of the text, where most of what was looked for stands; its beginning if nothing does."""
    words = list(cut(text[:MOST_READ]))
    if not words:
        return ()
    found = found_in(words, expressions)
    first = max(0, _densest(found, len(words)) - BEFORE)
    last = min(len(words), first + WINDOW) - 1
    start = 0 if first == 0 else words[first].start
    end = len(text) if last == len(words) - 1 else words[last].end
    pieces = list(_pieces(text, words, found, start, end))
    dots = (Piece("… "),) if start else ()
    return (*dots, *pieces, *((Piece(" …"),) if end < len(text) else ()))


def fits(text: str, query: Query) -> bool:
    """Whether a text in hand is what the query asks for; nothing is for one that asks for nothing."""
    words = list(cut(text))
    found = (any(found_in(words, [way]) for way in need.ways) for need in query.needs)
    return bool(query.needs) and all(found) and not found_in(words, query.left_out)


def found_in(words: Sequence[Word], expressions: Iterable[Expression]) -> set[int]:
    """The places of the words that some expression found."""
    found: set[int] = set()
    for expression in expressions:
        if expression.ordered:
            size = len(expression.words)
            starts = (at for at in range(len(words) - size + 1) if _stands(words[at : at + size], expression))
            found.update(place for at in starts for place in range(at, at + size))
        else:
            found.update(at for at, word in enumerate(words) if word.kept in expression.words)
    return found


def _stands(words: Sequence[Word], expression: Expression) -> bool:
    for at, (word, wanted) in enumerate(zip(words, expression.words, strict=True)):
        goes_on = expression.prefix and at == len(words) - 1
        if not (word.kept == wanted or (goes_on and word.kept.startswith(wanted))):
            return False
    return True


def _densest(found: set[int], length: int) -> int:
    """Where the window begins that holds most of what was found; the first of equals."""
    starts = sorted(found)
    return max(
        starts, key=lambda at: (sum(1 for each in found if at <= each < at + WINDOW - BEFORE), -at), default=0
    )


def _pieces(text: str, words: Sequence[Word], found: set[int], start: int, end: int) -> Iterable[Piece]:
    at = start
    for place in sorted(found):
        word = words[place]
        if word.start < at or word.end > end:
            continue
        if word.start > at:
            yield Piece(text[at : word.start])
        yield Piece(text[word.start : word.end], True)
        at = word.end
    if at < end:
        yield Piece(text[at:end])
