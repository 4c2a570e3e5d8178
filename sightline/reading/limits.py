"""How large and how costly a file may be. Every number can be set by whoever starts a reading."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one reading. Sizes in bytes, times in seconds.

    `expanded` bounds what a zipped file (docx, xlsx) may unpack to, `ratio` how far any part of it over one
    megabyte may grow. `cpu`, `wall` and `memory` bound the child process (`sandbox.py`).
    """

    file: int = 20 * MEGABYTE
    pages: int = 200
    rows: int = 5_000
    columns: int = 100
    cell: int = 50_000
    blocks: int = 50_000
    depth: int = 200
    parts: int = 2_000
    expanded: int = 200 * MEGABYTE
    ratio: int = 200
    cpu: int = 120
    wall: int = 300
    memory: int = 1024 * MEGABYTE
    answer: int = 64 * MEGABYTE


DEFAULT = Limits()
