"""CSV and TSV: one table (of our own files a second), its separator found by trying, line ends in cells kept."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from sightline.reading.blocks import Heading, PrintedDocument, UnreadableFile
from sightline.reading.formats.encodings import decode
from sightline.reading.formats.weighing import weigh_rows
from sightline.reading.formats.words import printable
from sightline.reading.formats.xlsx_grid import Grid, sheet_blocks
from sightline.reading.formats.xlsx_looks import SheetLooks
from sightline.reading.limits import DEFAULT, Limits

SEPARATORS = ",;\t|"
_DECLARED = re.compile(r"sep=(.)\n")
# Apostrophes before what a spreadsheet would run: one was put there so that it does not (rendering/csv_writer.py).
_GUARDED = re.compile("'+[=+\\-@\t\n＝＋－＠]")
# Over the second table of a plan that Sightline wrote: actions of other plans, none of the plan's own.
APART = "Actions of other plans that stand in this one"
_SAMPLE = 50  # records looked at to find the separator


def read_csv(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The table of a CSV file. Positions are table, row (the record) and column.

    Raises UnreadableFile where it has more records than `limits.rows`, or a cell that never ends.
    """
    return _read(path, limits, "", "csv")


def read_tsv(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """As `read_csv`, cells separated by tabs."""
    return _read(path, limits, "\t", "tsv")


def _read(path: Path, limits: Limits, separator: str, name: str) -> PrintedDocument:
    text, notices = decode(path.read_bytes())
    text = printable(text)
    if declared := _DECLARED.match(text):
        separator, text = declared[1], text[declared.end() :]
    separator = separator or _separator(text)
    texts: dict[tuple[int, int], str] = {}
    parts = [texts]
    filled = 0
    try:
        for row, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
            filled += any(cell.strip() for cell in record)
            weigh_rows(filled, limits)
            if "".join(record).strip() == APART:
                texts = {}
                parts.append(texts)
            cells = enumerate(map(_unguarded, record), start=1)
            texts.update({(row, column): cell for column, cell in cells if cell.strip()})
    except csv.Error as error:
        raise UnreadableFile(
            "A cell of this file never ends; check that its quotation marks come in pairs."
        ) from error
    blocks = [
        block
        for number, part in enumerate(parts)
        for block in sheet_blocks(Grid(part, SheetLooks(), {}), number)
    ]
    title = next((block.text for block in blocks if isinstance(block, Heading)), "")
    return PrintedDocument(tuple(blocks), name, title=title, notices=tuple(notices))


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _separator(text: str) -> str:
    """The character that parts most records into the same number of cells; a comma where none does."""
    return max(SEPARATORS, key=lambda candidate: _evenness(text, candidate))


def _evenness(text: str, separator: str) -> tuple[float, int]:
    widths = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if any(cell.strip() for cell in record):
                widths.append(len(record))
            if len(widths) == _SAMPLE:
                break
    except csv.Error:
        return 0.0, 0
    several = [width for width in widths if width > 1]
    if not several:
        return 0.0, 0
    width, times = Counter(several).most_common(1)[0]
    return times / len(widths), width
