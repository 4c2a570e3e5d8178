"""Counts what a file holds before anything is laid out in memory, so that one that is too large is refused at once."""

from __future__ import annotations

from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import Limits

_PIECES = 60  # tags, lines or paragraphs there may be to each block that is allowed


def weigh_rows(count: int, limits: Limits) -> None:
    """Raises UnreadableFile where there are more table rows than `limits.rows`."""
    if count > limits.rows:
        raise UnreadableFile(f"This file has more than {limits.rows:,} table rows; split it.")


def weigh_blocks(count: int, limits: Limits) -> None:
    """Raises UnreadableFile where there are more paragraphs, headings, list items and tables than `limits.blocks`."""
    if count > limits.blocks:
        raise UnreadableFile(f"This file has more than {limits.blocks:,} paragraphs and tables; split it.")


def weigh_pieces(count: int, limits: Limits) -> None:
    """As `weigh_blocks`, for a rough count of things of which a block has several."""
    weigh_blocks(count // _PIECES, limits)
