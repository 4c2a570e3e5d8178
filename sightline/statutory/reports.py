"""A person's own data as a document and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from sightline.access.models import User
from sightline.events.held import Cell, Held, parts
from sightline.rendering.document import Column, Document, Heading, Paragraph, Table, TableCell, TableRow

# A paper with more rows of one kind is nobody's to read: the JSON file holds them all.
MOST_ON_PAPER = 1_000
CHUNK = 1_000


def words_of(cell: Cell) -> str:
    """A value as a person reads it."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, datetime):
        local = timezone.localtime(cell)
        return f"{local.day} {local:%B %Y, %H:%M}"
    if isinstance(cell, date):
        return f"{cell.day} {cell:%B %Y}"
    return "" if cell is None else str(cell)


def own_data_document(user: User, now: datetime) -> Document:
    """Everything held about the person, up to a thousand rows of each kind."""
    made = words_of(now)
    blocks: list[Any] = [
        Paragraph(f"Made on {made} for {user.name}, from what this installation of Sightline holds.")
    ]
    for part in parts().values():
        rows = list(part.rows(user)[: MOST_ON_PAPER + 1])
        blocks += [Heading(part.title, 2), Paragraph(part.why)]
        if len(rows) > MOST_ON_PAPER:
            blocks.append(Paragraph(f"The first {MOST_ON_PAPER:,} are shown; the JSON file holds all."))
        blocks.append(_table(part, rows[:MOST_ON_PAPER]) if rows else Paragraph("Nothing is held."))
    return Document(title="What is held about you", blocks=tuple(blocks))


def _table(part: Held, rows: list[Any]) -> Table:
    columns = tuple(Column(heading) for heading in part.columns)
    told = [TableRow(tuple(TableCell(words_of(cell)) for cell in part.cells(row))) for row in rows]
    return Table(caption=part.title, columns=columns, rows=tuple(told))


def own_data_json(user: User, now: datetime) -> Iterator[str]:
    """The same without a limit, written row by row so that memory does not grow with them."""
    head = {"made_on": now.isoformat(), "name": user.name, "email": user.email}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "parts": ['
    for place, part in enumerate(parts().values()):
        about = {"key": part.key, "title": part.title, "why": part.why}
        yield (",\n" if place else "\n") + json.dumps(about, ensure_ascii=False)[:-1] + ', "rows": ['
        for number, row in enumerate(_each(part.rows(user))):
            cells = [_plain(cell) for cell in part.cells(row)]
            told = json.dumps(dict(zip(part.columns, cells, strict=True)), ensure_ascii=False)
            yield (",\n  " if number else "\n  ") + told
        yield "]}"
    yield "\n]}\n"


def _each(rows: QuerySet[Any, Any] | list[Any]) -> Iterable[Any]:
    return rows if isinstance(rows, list) else rows.iterator(chunk_size=CHUNK)


def _plain(cell: Cell) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
