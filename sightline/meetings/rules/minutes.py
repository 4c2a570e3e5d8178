"""Minutes that two people write at once: both texts are kept. Source: issue 6, "no word lost"."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def replaced(standing: Collection[int], seen: Collection[int]) -> frozenset[int]:
    """Which of the texts that stand are replaced by a new one: those its writer had seen, and no other.

    A text that somebody else wrote meanwhile was not seen, so it stays and stands beside the new one.
    """
    return frozenset(standing) & frozenset(seen)


def says_nothing_new(
    texts: Sequence[str], standing: Collection[int], seen: Collection[int], text: str
) -> bool:
    """Whether saving would change nothing: one text stands, its writer saw it, and it is the same."""
    return len(texts) == 1 and texts[0] == text and frozenset(standing) == frozenset(seen)


def joined_texts(texts: Sequence[str]) -> str:
    """Every text below the other: where a writer begins who makes one of several."""
    return "\n\n".join(texts)
