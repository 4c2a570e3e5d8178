"""Lists that look like tables and are no data: contents, glossaries (documents.md E2)."""

from __future__ import annotations

import re

from sightline.reading.blocks import Row, Table
from sightline.reading.interpreters.desk import FURNITURE, Desk

_CONTENTS = re.compile(r"^\W*(?:table of )?contents?\b", re.I)
_GLOSSARY = re.compile(r"\b(?:glossary|abbreviations?|acronyms?|definitions?)\b", re.I)
_LEADERS = re.compile(r"(?:\.{3,}|…|\t)\s*\d{1,3}\s*$")
_ACRONYM = re.compile(r"^[A-Z][A-Za-z&/ ]{0,9}[A-Z]s?$|^[A-Z]{2,10}$")


def read(desk: Desk) -> None:
    """Take contents lists and glossaries as furniture; a glossary's words are remembered for the checks."""
    last = ""
    for index, table in list(desk.open_tables()):
        if _is_contents(table):
            desk.take_table(FURNITURE, index, table)
        elif _is_glossary(desk, index, table, last):
            desk.glossary.update(pair for row in table.rows if (pair := _pair(row)))
            desk.take_table(FURNITURE, index, table)
            last = "glossary"
            continue
        last = ""
    for index, block in list(desk.prose()):
        if _LEADERS.search(block.text):
            desk.take(FURNITURE, index)


def _is_contents(table: Table) -> bool:
    """Two columns, the second of page numbers that never fall."""
    texts = [_cells(row) for row in table.rows]
    pages = [int(t[-1]) for t in texts if len(t) == 2 and re.fullmatch(r"\d{1,3}", t[-1])]
    return len(pages) >= 3 and len(pages) * 10 >= len(texts) * 9 and pages == sorted(pages)


def _is_glossary(desk: Desk, index: int, table: Table, last: str) -> bool:
    """Two columns of short forms and meanings, under such a heading or plainly so."""
    if table.width != 2 or len(table.rows) < 2:
        return False
    short = sum(1 for row in table.rows if _ACRONYM.match((_cells(row) or [""])[0]))
    headed = last == "glossary" or any(_GLOSSARY.search(b.text) for b in desk.prose_before(index, 1))
    headed = headed or bool(_GLOSSARY.search(" ".join(_cells(table.rows[0]))))
    share = short / len(table.rows)
    return (headed and share > 0.3) or share > 0.8


def _cells(row: Row) -> list[str]:
    return [" ".join(cell.text.split()) for cell in row.cells if cell.text.strip()]


def _pair(row: Row) -> tuple[str, str] | None:
    cells = _cells(row)
    return (cells[0], cells[1]) if len(cells) == 2 else None
