"""Minutes that two people write at once: both texts are kept. Source: issue 6, "no word lost"."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256

# A word with the space after it, so that what is put together again is the text.
WORD = re.compile(r"\S+\s*|\s+")


def replaced(standing: Collection[int], seen: Collection[int]) -> frozenset[int]:
    """Which of the texts that stand are replaced by a new one: those its writer had seen, and no other.

    A text that somebody else wrote meanwhile was not seen, so it stays and stands beside the new one.
    """
    return frozenset(standing) & frozenset(seen)


def stands_already(texts: Mapping[int, str], gone: Collection[int], text: str) -> int | None:
    """The number of the text that says the same already, where saving would replace no other; else None.

    `texts`: those that stand, by number. Something sent twice therefore stands once.
    """
    same = next((number for number, words in texts.items() if words == text), None)
    return same if same is not None and set(gone) <= {same} else None


def mark_of(form: str, words: str = "") -> str:
    """A mark of what was typed in a form: sent twice it has the same; none for what was typed in no form."""
    return sha256(f"{form}\n{words}".encode()).hexdigest() if form else ""


def joined_texts(texts: Sequence[str]) -> str:
    """Every text below the other: where a writer begins who makes one of several."""
    return "\n\n".join(texts)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of two texts: in both, in the earlier one alone (`is_gone`) or in the later alone (`is_new`)."""

    words: str
    is_gone: bool = False
    is_new: bool = False


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """What a text says otherwise than the one before it, word by word, in the order of reading; gone before new."""
    old, new = WORD.findall(before), WORD.findall(after)
    made: list[Piece] = []
    for what, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            made.append(Piece("".join(old[i:j])))
            continue
        made += [Piece("".join(old[i:j]), is_gone=True)] if i < j else []
        made += [Piece("".join(new[k:m]), is_new=True)] if k < m else []
    return tuple(made)


def drafts_before(
    number: int, replaced_by: Mapping[int, Sequence[int]], corrections: Collection[int]
) -> list[int]:
    """The drafts that a correction began from: back over every correction that it replaced, to the texts before them.

    `replaced_by`: which texts each text replaced. A chair's screen saves as they type, so there are many between.
    """
    found, ahead = [], list(replaced_by.get(number, ()))
    while ahead:
        earlier = ahead.pop()
        if earlier in corrections:
            ahead += replaced_by.get(earlier, ())
        else:
            found.append(earlier)
    return sorted(found)
