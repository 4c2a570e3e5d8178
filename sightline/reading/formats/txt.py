"""Plain text: paragraphs, bullets, `##` headings, and tables whose cells are separated by tabs or pipes."""

from __future__ import annotations

import re
from pathlib import Path

from sightline.reading.blocks import (
    At,
    Block,
    Cell,
    Heading,
    ListItem,
    Paragraph,
    PrintedDocument,
    Row,
    Table,
)
from sightline.reading.formats.encodings import decode
from sightline.reading.formats.inline import read_inline
from sightline.reading.formats.words import BULLETS, printable
from sightline.reading.limits import DEFAULT, Limits

_HEADING = re.compile(r"(#{1,6})\s+(\S.*)")
_BULLET = re.compile(rf"(\s*)([{BULLETS}*–-]|(?<=\s)o)\s+(\S.*)")
_MARKED = re.compile(rf"\s*(?:[{BULLETS}*–o-]|\(?(?:\d{{1,3}}|[a-z]|[ivx]+)[.)])\t+[^\t]+\s*")
_PIPES = re.compile(r"\s*\|.*\|.*\|\s*")
_RULE = re.compile(r"\s*(?::?-{3,}:?)?\s*")  # the line under a Markdown header, or a row of empty cells


def read_txt(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a text file. Positions are lines, 1-based, as the file is split at its line ends."""
    text, notices = decode(path.read_bytes())
    blocks = text_blocks(text)
    title = next((b.text for b in blocks if isinstance(b, Heading)), "")
    return PrintedDocument(tuple(blocks), "txt", title=title, notices=tuple(notices))


def text_blocks(text: str) -> list[Block]:
    """The blocks of plain text. Consecutive lines with tabs (or between pipes) are one table."""
    blocks: list[Block] = []
    run: list[tuple[int, list[str]]] = []
    tables = 0
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        cells = _cells(line, within=bool(run))
        if cells is not None:
            run.append((number, cells))
            continue
        if run:
            tables += 1
            blocks.append(_table(run, tables))
            run = []
        if line.strip():
            blocks.append(_line(line, number))
    return [b for b in blocks if isinstance(b, Table) or b.text]


def _cells(line: str, *, within: bool) -> list[str] | None:
    """The cells of a table line; None for prose (a list marker or, outside a table, an indent is no column)."""
    if _PIPES.fullmatch(line):
        return re.split(r"(?<!\\)\|", line.strip())[1:-1]
    indented_only = "\t" not in line.lstrip()
    if "\t" not in line or _MARKED.fullmatch(line) or (indented_only and not within):
        return None
    return line.split("\t")


def _table(run: list[tuple[int, list[str]]], number: int) -> Table:
    kept = [(line, cells) for line, cells in run if not all(_RULE.fullmatch(cell) for cell in cells)]
    rows = tuple(
        Row(
            tuple(
                _cell(raw, At(table=number, row=row, column=column, line=line))
                for column, raw in enumerate(cells, 1)
            ),
            at=At(table=number, row=row, line=line),
        )
        for row, (line, cells) in enumerate(kept, start=1)
    )
    return Table(rows, at=At(table=number, line=run[0][0]))


def _cell(raw: str, at: At) -> Cell:
    inline = read_inline(raw)
    return Cell(
        inline.text,
        column=(at.column or 1) - 1,
        items=inline.items,
        raw=printable(raw.strip()),
        bold=inline.bold,
        at=at,
    )


def _line(line: str, number: int) -> Heading | Paragraph | ListItem:
    at = At(line=number)
    if heading := _HEADING.fullmatch(line.strip()):
        return Heading(read_inline(heading[2]).text, len(heading[1]), at)
    if bullet := _BULLET.fullmatch(line.rstrip().replace("\t", " ")):
        return ListItem(read_inline(bullet[3]).text, bullet[2], min(len(bullet[1]) // 2, 8), at)
    inline = read_inline(line)
    return Paragraph(inline.text, printable(line.strip()), inline.bold, at)
