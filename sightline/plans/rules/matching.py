"""Which printed row speaks of which action: by our own reference first, then by number and words.

Two rows that could be the same action are never guessed at: they are asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

# Likeness in per cent. With the same number an action may be reworded a good deal; without it hardly at all.
SAME_NUMBER = 60.0
OTHER_NUMBER = 85.0
# A rival this near to the best makes the match a question.
TOO_NEAR = 5.0
NUMBER_BONUS = 20.0

_SHAPES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-"})
_BULLET = re.compile(r"(?:^|(?<=\s))[•▪◦●·‣*](?=\s|$)")


def plain(text: str) -> str:
    """Text as it is compared: one kind of quotation mark and dash, no bullets, single spaces."""
    shaped = unicodedata.normalize("NFKC", text).translate(_SHAPES)
    return " ".join(_BULLET.sub(" ", shaped).split())


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row of the new document. `cells` holds only the columns the document has."""

    index: int
    cells: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    words: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class LiveRow:
    """An action as it is now; `base` its cells as last confirmed from paper (None: it was never on paper)."""

    key: str
    cells: Mapping[str, str]
    numbers: frozenset[str] = frozenset()
    words: str = ""
    base: Mapping[str, str] | None = None
    base_numbers: frozenset[str] = frozenset()
    base_words: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A row that could be any of `candidates` (action keys, likeliest first), or a new action."""

    index: int
    candidates: tuple[str, ...]


@dataclass(slots=True)
class Pairing:
    """Rows that are actions, rows that are new, rows that are asked about."""

    pairs: dict[int, str] = field(default_factory=dict)
    new: tuple[int, ...] = ()
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class _Edge:
    score: float
    index: int
    key: str
    sure: bool = True


class _Table:
    """The rows not yet paired, on both sides, in the order of the page."""

    def __init__(self, live: Sequence[LiveRow], paper: Sequence[PaperRow]) -> None:
        self.live = {row.key: row for row in live}
        self.paper = {row.index: row for row in paper}
        self.pairs: dict[int, str] = {}

    def join(self, index: int, key: str) -> None:
        if index in self.paper and key in self.live:
            self.pairs[index] = key
            del self.paper[index], self.live[key]

    def join_equal(
        self,
        of_paper: Callable[[PaperRow], Hashable | None],
        of_live: Callable[[LiveRow], Hashable | None],
    ) -> None:
        """Pair rows whose keys are equal, first with first; None pairs with nothing."""
        waiting: dict[Hashable, list[str]] = defaultdict(list)
        for live in self.live.values():
            waiting[of_live(live)].append(live.key)
        for row in list(self.paper.values()):
            key = of_paper(row)
            if key is not None and waiting[key]:
                self.join(row.index, waiting[key].pop(0))


def pair_rows(live: Sequence[LiveRow], paper: Sequence[PaperRow], answers: Mapping[int, str]) -> Pairing:
    """Pair rows with actions. `answers`: what a person said of a row (an empty key means a new action)."""
    table = _Table(live, paper)
    for index, key in answers.items():
        table.join(index, key)
    new = [table.paper.pop(index).index for index, key in answers.items() if not key and index in table.paper]
    table.join_equal(lambda r: r.reference or None, lambda a: a.key)
    printed = {cell for row in paper for cell in row.cells}
    table.join_equal(lambda r: _whole(r.cells, printed), lambda a: a.base and _whole(a.base, printed))
    table.join_equal(lambda r: _exact(r.numbers, r.words), lambda a: _exact(a.base_numbers, a.base_words))
    table.join_equal(lambda r: _exact(r.numbers, r.words), lambda a: _exact(a.numbers, a.words))
    asked = _by_likeness(table)
    unclear = {question.index for question in asked}
    return Pairing(
        table.pairs, tuple(sorted([*new, *(index for index in table.paper if index not in unclear)])), asked
    )


def _whole(cells: Mapping[str, str], printed: Collection[str]) -> Hashable:
    """A row whole, by the columns the new document prints."""
    return tuple(sorted((cell, plain(text)) for cell, text in cells.items() if text and cell in printed))


def _exact(numbers: frozenset[str], words: str) -> Hashable | None:
    said = plain(words).casefold()
    return (numbers, said) if said else None


def _by_likeness(table: _Table) -> tuple[Asked, ...]:
    """Pair the sure ones, best first, and return the questions."""
    edges = sorted(_edges(table), key=lambda e: (-e.score, e.index, e.key))
    beside: dict[int | str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        beside[edge.index].append(edge)
        beside[edge.key].append(edge)
    for edge in edges:
        if _is_free(edge, table) and edge.sure and not _has_rival(edge, beside, table):
            table.join(edge.index, edge.key)
    open_edges = [edge for edge in edges if _is_free(edge, table)]
    unclear: dict[int, list[str]] = defaultdict(list)
    for edge in open_edges:
        unclear[edge.index].append(edge.key)
    return tuple(Asked(index, tuple(keys)) for index, keys in sorted(unclear.items()))


def _is_free(edge: _Edge, table: _Table) -> bool:
    return edge.index in table.paper and edge.key in table.live


def _has_rival(edge: _Edge, beside: Mapping[int | str, Sequence[_Edge]], table: _Table) -> bool:
    return any(
        other is not edge and _is_free(other, table) and edge.score - other.score < TOO_NEAR
        for other in (*beside[edge.index], *beside[edge.key])
    )


def _edges(table: _Table) -> list[_Edge]:
    """Every likely pair of a row and an action with its likeness, a same number counting extra."""
    by_number: dict[str, list[LiveRow]] = defaultdict(list)
    for live in table.live.values():
        for number in live.numbers | live.base_numbers:
            by_number[number].append(live)
    printed = Counter(number for row in table.paper.values() for number in row.numbers)
    found: list[_Edge] = []
    said = _texts(table.live.values())
    for row in table.paper.values():
        near = {live.key: live for number in row.numbers for live in by_number[number]}
        alone = len(near) == 1 and all(printed[number] == 1 for number in row.numbers)
        found += _same_number(row, near, alone)
        found += _same_words(row, said, near)
    return found


def _same_number(row: PaperRow, near: Mapping[str, LiveRow], alone: bool) -> list[_Edge]:
    scored = [(likeness(row, live), live.key) for live in near.values()]
    return [
        _Edge(score + NUMBER_BONUS, row.index, key, score >= SAME_NUMBER)
        for score, key in scored
        if score >= SAME_NUMBER or alone
    ]


def _texts(live: Iterable[LiveRow]) -> tuple[dict[str, str], dict[str, str]]:
    """What the actions say now and what they said on the last paper, made plain once for all rows."""
    now = {row.key: plain(row.words).casefold() for row in live}
    before = {row.key: plain(row.base_words).casefold() for row in live if row.base_words}
    return now, {key: text for key, text in before.items() if text != now[key]}


def _same_words(
    row: PaperRow, texts: tuple[Mapping[str, str], Mapping[str, str]], near: Mapping[str, LiveRow]
) -> list[_Edge]:
    said = plain(row.words).casefold()
    best: dict[str, float] = {}
    for some in texts if said else ():
        for _, score, key in process.extract(
            said, some, scorer=fuzz.ratio, score_cutoff=OTHER_NUMBER, limit=5 + len(near)
        ):
            best[key] = max(score, best.get(key, 0.0))
    return [_Edge(score, row.index, key) for key, score in best.items() if key not in near]


def likeness(row: PaperRow, live: LiveRow) -> float:
    """How alike the words are, 0 to 100: of what the action says now or said on the last paper, the nearer."""
    said = plain(row.words).casefold()
    texts = (plain(live.words).casefold(), plain(live.base_words).casefold())
    return max((max(fuzz.ratio(said, t), fuzz.token_sort_ratio(said, t)) for t in texts if t), default=0.0)
