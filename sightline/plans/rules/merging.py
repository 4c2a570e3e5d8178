"""What changed between the last import of a plan, the plan as it lives now, and a new version of its document.

A three-way merge over plain values: `base` is the cell as it was last confirmed from paper, `live` as the plan
has it now, `paper` as the new document prints it. Nothing is lost: where both moved, both are shown and the plan's
words are kept unless somebody chooses the paper's; updates are only ever added to; an action missing from paper is
marked. Source of the rules: design.md 4 and 7; a later version of a document "records history, including actions
that disappear".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sightline.plans.rules.matching import Asked, LiveRow, Pairing, PaperRow, pair_rows, plain

UPDATE = "update"


class Verdict(StrEnum):
    """Who moved since the last import."""

    SAME = "same"
    PROPOSED = "proposed"
    KEPT = "kept"
    BOTH = "both"


class Side(StrEnum):
    """Whose words stand after the merge."""

    LIVE = "live"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that differs. `added`: the words an update cell gained; `base` is None where it was never on paper."""

    cell: str
    base: str | None
    live: str
    paper: str
    verdict: Verdict
    chosen: Side
    added: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A printed row and the action it speaks of. `returned`: the action had been marked as gone from the document."""

    index: int
    key: str
    changes: tuple[CellChange, ...] = ()
    returned: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Everything a new version of a document would do to a plan.

    `added`: rows that become new actions. `gone`: actions the last document held and this one does not. `asked`: rows
    that could be more than one action; nothing is done until somebody says which. `stays`: actions never on paper.
    """

    pairs: tuple[Pair, ...] = ()
    added: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = field(default=())

    @property
    def changes_nothing(self) -> bool:
        """True where confirming would leave the plan exactly as it is."""
        taken = any(c.chosen is Side.PAPER for pair in self.pairs for c in pair.changes)
        returned = any(pair.returned for pair in self.pairs)
        return not (taken or returned or self.added or self.gone or self.asked)


def merge(
    live: Sequence[LiveRow],
    paper: Sequence[PaperRow],
    answers: Mapping[int, str] | None = None,
    choices: Mapping[tuple[str, str], Side] | None = None,
) -> Merge:
    """What the document proposes for the plan.

    `answers` says which action a row is (an empty key: a new one); `choices` which side stands, by (action, cell).
    """
    pairing = pair_rows(live, paper, answers or {})
    missing = _missing(live, set(pairing.pairs.values()), pairing.asked)
    gone = tuple(row.key for row in missing if row.base is not None and not row.gone)
    stays = tuple(row.key for row in missing if row.base is None)
    return Merge(_pairs(pairing, live, paper, choices or {}), pairing.new, gone, stays, pairing.asked)


def _pairs(
    pairing: Pairing,
    live: Sequence[LiveRow],
    paper: Sequence[PaperRow],
    choices: Mapping[tuple[str, str], Side],
) -> tuple[Pair, ...]:
    by_key, by_index = {row.key: row for row in live}, {row.index: row for row in paper}
    return tuple(
        Pair(index, key, _changes(by_key[key], by_index[index], choices), by_key[key].gone)
        for index, key in sorted(pairing.pairs.items())
    )


def _missing(live: Sequence[LiveRow], paired: set[str], asked: Sequence[Asked]) -> list[LiveRow]:
    open_question = {key for question in asked for key in question.candidates}
    return [row for row in live if row.key not in paired and row.key not in open_question]


def _changes(
    live: LiveRow, paper: PaperRow, choices: Mapping[tuple[str, str], Side]
) -> tuple[CellChange, ...]:
    found = (
        merge_cell(cell, _base(live, cell), live.cells.get(cell, ""), text, choices.get((live.key, cell)))
        for cell, text in paper.cells.items()
    )
    return tuple(change for change in found if change.verdict is not Verdict.SAME)


def _base(live: LiveRow, cell: str) -> str | None:
    return None if live.base is None else live.base.get(cell)


def merge_cell(cell: str, base: str | None, live: str, paper: str, choice: Side | None = None) -> CellChange:
    """One cell seen three ways. Where nothing is chosen the paper wins only if the plan had not moved."""
    if cell == UPDATE:
        verdict, added = update_verdict(base, live, paper)
    else:
        verdict, added = verdict_of(base, live, paper), ""
    default = Side.PAPER if verdict is Verdict.PROPOSED else Side.LIVE
    return CellChange(cell, base, live, paper, verdict, choice or default, added)


def verdict_of(base: str | None, live: str, paper: str) -> Verdict:
    """Who moved a cell. A cell with no base that the plan leaves empty is simply filled; otherwise both are shown."""
    if plain(live) == plain(paper):
        return Verdict.SAME
    if base is None:
        return Verdict.PROPOSED if not plain(live) else Verdict.BOTH
    if plain(base) == plain(paper):
        return Verdict.KEPT
    return Verdict.PROPOSED if plain(base) == plain(live) else Verdict.BOTH


def update_verdict(base: str | None, live: str, paper: str) -> tuple[Verdict, str]:
    """Who moved an update cell, and the words it gained. A cell that holds the old text yields only what was added;
    one that was rewritten yields the whole of it; words taken off the paper stay in the history."""
    if plain(live) == plain(paper):
        return Verdict.SAME, ""
    if plain(paper) == plain(base or "") or added_words(paper, live) is not None:
        return Verdict.KEPT, ""
    for old in (live, base or ""):
        added = added_words(old, paper)
        if added is not None:
            return (Verdict.KEPT, "") if added_words(added, live) is not None else (Verdict.PROPOSED, added)
    rewritten = Verdict.PROPOSED if base is not None and plain(base) == plain(live) else Verdict.BOTH
    return rewritten, paper.strip()


def added_words(old: str, new: str) -> str | None:
    """The words of `new` around `old`, where it holds `old` word for word; None where it does not.

    White space, bullets, the shape of quotation marks and a stop after a word do not count: paper that goes on after
    "Asked forty" prints "Asked forty. Asked ninety". An empty `old` is held by every text.
    """
    words = [
        (_bare(w), m.start(), m.end()) for m in re.finditer(r"\S+", new) for w in plain(m.group()).split()
    ]
    wanted = [_bare(word) for word in plain(old).split()]
    for start in range(len(words) - len(wanted) + 1):
        window = words[start : start + len(wanted)]
        if [word for word, _, _ in window] == wanted:
            return _around(new, window)
    return None


def _bare(word: str) -> str:
    return word.rstrip(".,;:") or word


def _around(text: str, window: list[tuple[str, int, int]]) -> str:
    if not window:
        return text.strip()
    parts = (text[: window[0][1]].strip(), text[window[-1][2] :].strip())
    return "\n".join(part for part in parts if part)
