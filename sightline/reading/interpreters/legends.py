"""The document's own key to its statuses; a key in the document always wins (documents.md A3)."""

from __future__ import annotations

import re

from sightline.reading import statuses
from sightline.reading.blocks import Cell, Table
from sightline.reading.interpreters import columns
from sightline.reading.interpreters.desk import FURNITURE, Desk

_KEY = re.compile(
    r"^\W*(?:(?:b?rag|status|colour|rating|progress)\s+)*(?:key|legend|rating key|status key|ratings?)\b\W*",
    re.I,
)
_PAIR = re.compile(
    r"(?P<word>(?:dark |light |pale )?(?:green|amber|orange|yellow|red|blue|purple|grey|gray|white|black)"
    r"|\b[GARBYCN]\b)"
    r"\s*(?:=|:|-|–|—|\()\s*(?P<means>[^;,|=]*?)(?=\)?\s*(?:[;,|.]|$|\n)|\)?\s+(?:(?:green|amber|yellow|red|blue|purple|grey|white)\s*(?:=|:|-|–|—|\()))",
    re.I,
)
_MOST_ROWS = 9


def read(desk: Desk) -> None:
    """Find the key: a line ("Key: Green = complete; …") or a small table of colours and what they mean."""
    for index, block in list(desk.prose()):
        if _KEY.match(block.text) and (pairs := _pairs(_KEY.sub("", block.text))):
            desk.reading.document.legend.update(pairs)
            desk.take(FURNITURE, index)
    for index, table in list(desk.open_tables()):
        if pairs := _table(desk, index, table):
            desk.reading.document.legend.update(pairs)
            desk.take_table(FURNITURE, index, table)


def _pairs(text: str) -> dict[str, str]:
    found = [(m["word"].strip(), m["means"].strip(" ()")) for m in _PAIR.finditer(text)]
    return {word: _rating(word, means) for word, means in found if means} if len(found) > 1 else {}


def _rating(word: str, means: str) -> str:
    """What a key's word stands for: its explanation decides, else its colour."""
    return statuses.meaning(means) or statuses.named(word.split()[-1]) or "other"


def _table(desk: Desk, index: int, table: Table) -> dict[str, str]:
    """The key in a table of two or three columns: a colour (word or shading), and its meaning."""
    if len(table.rows) > _MOST_ROWS or table.width > 3 or columns.find(table.rows):
        return {}
    pairs: dict[str, str] = {}
    others = 0
    for row in table.rows:
        cells = [cell for cell in row.cells if cell.text.strip() or cell.fill]
        pair = _pair(cells)
        pairs.update(pair)
        others += 0 if pair else 1
    announced = any(_KEY.match(block.text) for block in desk.prose_before(index, 1)) or _says_key(table)
    wanted = 1 if announced else 2
    return pairs if len(pairs) >= wanted and others <= 1 and (announced or len(pairs) > others + 1) else {}


def _says_key(table: Table) -> bool:
    first = table.rows[0].cells if table.rows else ()
    return any(_KEY.match(cell.text) for cell in first)


def _pair(cells: list[Cell]) -> dict[str, str]:
    if not cells:
        return {}
    means = " ".join(cell.text for cell in cells[1:])
    word = " ".join(cells[0].text.split())
    colour = statuses.named(word) if len(word) > 1 or word.isupper() else ""
    if colour and (means or cells[0].fill):
        return {word: _rating(word, means)}
    shade = next((s for cell in cells if (s := statuses.from_fill(cell.fill)) != "blank"), "")
    text = " ".join(cell.text for cell in cells).strip()
    if shade and text and len(text.split()) <= 25:
        rating = statuses.meaning(text) or shade
        return {shade.capitalize(): rating} | ({word: rating} if word and len(word.split()) <= 3 else {})
    return {}
