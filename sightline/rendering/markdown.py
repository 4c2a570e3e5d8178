"""Markdown with pipe tables: what people paste into notes, and what our own reader reads back."""

from __future__ import annotations

import re

from sightline.rendering.document import (
    Block,
    BulletList,
    Document,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
)
from sightline.rendering.prepare import prepared
from sightline.rendering.text import flat, spans

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&|~#])")
_OPENING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))")


def to_markdown(doc: Document) -> str:
    """The document as Markdown (CommonMark with tables), every mark in the text escaped.

    A line break inside a cell is `<br>`, a list item in a cell begins with "• ", a band stands bold in the
    first column. Figures give their text and their table. Raises ValueError as `prepared` does.
    """
    doc = prepared(doc)
    parts = [f"**{_words(doc.marking)}**"] if doc.marking else []
    parts.append(f"# {_words(doc.title)}")
    if doc.subtitle:
        parts.append(_line(doc.subtitle))
    if doc.facts:
        parts.append("\n".join(f"- **{_words(name)}:** {_words(value)}" for name, value in doc.facts))
    parts += [_block(block) for block in doc.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * min(block.level + 1, 6)} {_words(block.text)}"
    if isinstance(block, Paragraph):
        return _inline(block.content)
    if isinstance(block, BulletList):
        marks = (f"{n}." if block.ordered else "-" for n in range(1, len(block.items) + 1))
        return "\n".join(f"{mark} {_inline(item)}" for mark, item in zip(marks, block.items, strict=True))
    if isinstance(block, Figure):
        return "\n\n".join([_line(block.alt), *([_table(block.table)] if block.table else [])])
    return _table(block)


def _words(text: str) -> str:
    """Text so that every character is itself; bare addresses stay words, as no link was asked for."""
    return _SPECIAL.sub(r"\\\1", text).replace("\t", " ")


def _line(text: str) -> str:
    """Text at the start of a line: nothing in it opens a list, heading or rule."""
    return _OPENING.sub(_unopened, _words(text))


def _inline(content: str | tuple[Span, ...]) -> str:
    """Spans with their emphasis; lines broken hard."""
    text = "".join(_span(span) for span in spans(content))
    return "\\\n".join(_OPENING.sub(_unopened, line) for line in text.split("\n"))


def _unopened(match: re.Match[str]) -> str:
    lead, mark = match[1], match[2]
    return f"{lead}{mark}\\" if mark.isdigit() else f"{lead}\\{mark}"


def _span(span: Span) -> str:
    text = _words(span.text)
    mark = "*" * (2 * span.bold + span.italic)
    core = text.strip()
    if mark and core and "\n" not in core:
        start = text.index(core)
        text = f"{text[:start]}{mark}{core}{mark}{text[start + len(core) :]}"
    return f"[{text}](<{span.href}>)" if span.href and core else text


def _table(table: Table) -> str:
    rule = ["---:" if column.number else "---" for column in table.columns]
    rows = [[_cell(TableCell(column.heading)) for column in table.columns], rule]
    for row in table.rows:
        texts = [_cell(cell, bold=row.band or cell.bold) for cell in row.cells]
        rows.append(texts + [""] * (len(table.columns) - len(texts)))
    body = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{_words(table.caption)}**\n\n{body}" if table.caption and table.caption_visible else body


def _cell(cell: TableCell, bold: bool = False) -> str:
    """A cell on one line. Emphasis goes around each line of it; a link around its text, on one line only."""
    rows = [_words(line).strip() for line in flat(cell).split("\n")]
    if bold:
        rows = [f"**{row}**" if row else "" for row in rows]
    if cell.href and rows[0]:
        rows[0] = f"[{rows[0]}](<{cell.href}>)"
    return "<br>".join(rows)
