"""Weighs the sheets of a workbook before any library lays them out in memory."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import Limits

_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,4})(\d{1,8})\"[^>]*?(?<!/)>")
_MERGED = re.compile(rb"mergeCell\b[^>]*?\bref=\"([A-Z]{1,4})(\d{1,8}):([A-Z]{1,4})(\d{1,8})\"")
# A stray cell far off asks for gigabytes.
_SPREAD = 2_000_000  # cells of the rectangle around everything written
_EMPTY_ROWS = 100_000
_CELLS = 1_000_000


def weigh(path: Path, limits: Limits) -> None:
    """Raises UnreadableFile where a sheet has more filled rows than allowed, or lies too far spread."""
    filled = 0
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.lower().startswith("xl/worksheets/") and name.lower().endswith(".xml"):
                filled += _weigh_sheet(archive.read(name), limits)
    if filled > limits.rows:
        raise UnreadableFile(f"This file has more than {limits.rows:,} filled rows; split it.")


def _weigh_sheet(content: bytes, limits: Limits) -> int:
    if content.count(b"<row") + content.count(b":row ") > _EMPTY_ROWS or content.count(b"<c ") > _CELLS:
        raise UnreadableFile(
            "A sheet is formatted far below its table; delete the empty rows and save the file."
        )
    if sum(_area(found) for found in _MERGED.finditer(content)) > _CELLS:
        raise UnreadableFile(
            "Cells in this file are merged far beyond its tables; undo that and save it again."
        )
    rows: set[int] = set()
    widest = 0
    for found in _CELL.finditer(content):
        rows.add(int(found[2]))
        widest = max(widest, column_number(found[1].decode("ascii")))
    if rows and max(rows) * widest > _SPREAD:
        raise UnreadableFile(
            "The cells of a sheet in this file lie too far apart; delete those far from the table."
        )
    if widest > limits.columns * 5:
        raise UnreadableFile(
            f"A sheet has more than {limits.columns * 5} columns; leave out what is no plan."
        )
    return len(rows)


def _area(merged: re.Match[bytes]) -> int:
    left, right = (column_number(letters.decode("ascii")) for letters in (merged[1], merged[3]))
    return (right - left + 1) * (int(merged[4]) - int(merged[2]) + 1)


def column_number(letters: str) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
