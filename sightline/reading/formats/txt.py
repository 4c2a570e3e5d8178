"""Plain text: paragraphs, bullets, `##` headings, and tables whose cells are separated by tabs or pipes."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
from sightline.reading.formats.html import html_blocks
from sightline.reading.formats.inline import read_inline
from sightline.reading.formats.weighing import weigh_blocks, weigh_rows
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
    blocks = text_blocks(text, limits)
    title = next((b.text for b in blocks if isinstance(b, Heading)), "")
    return PrintedDocument(tuple(blocks), "txt", title=title, notices=tuple(notices))


def text_blocks(text: str, limits: Limits = DEFAULT) -> list[Block]:
    """The blocks of plain text. Consecutive lines with tabs (or between pipes) are one table; HTML tables are read."""
    weigh_blocks(sum(1 for line in text.split("\n") if line.strip()) - limits.rows, limits)
    blocks: list[Block] = []
    for first_line, part, is_html in _parts(text):
        tables = sum(1 for block in blocks if isinstance(block, Table))
        if is_html:
            blocks += html_blocks(part, limits, tables)[0]
        else:
            for block in _plain_blocks(part, first_line, tables, limits):
                blocks.append(block)
                weigh_blocks(len(blocks), limits)
    return [b for b in blocks if isinstance(b, Table) or b.text]


def _parts(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text cut before and after its HTML tables: first line, words, whether a table."""
    lower, place = text.lower(), 0
    while (begin := lower.find("<table", place)) >= 0 and (end := lower.find("</table>", begin)) >= 0:
        end += len("</table>")
        yield text.count("\n", 0, place) + 1, text[place:begin], False
        yield text.count("\n", 0, begin) + 1, text[begin:end], True
        place = end
    yield text.count("\n", 0, place) + 1, text[place:], False


def _plain_blocks(text: str, first_line: int, tables: int, limits: Limits) -> Iterator[Block]:
    run: list[tuple[int, list[str]]] = []
    for number, line in enumerate([*text.split("\n"), ""], start=first_line):
        cells = _cells(line, within=bool(run))
        if cells is not None:
            run.append((number, cells))
            weigh_rows(len(run), limits)
            continue
        if run:
            tables += 1
            yield _table(run, tables)
            run = []
        if line.strip():
            yield _line(line, number)


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
