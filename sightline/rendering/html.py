"""HTML: a file of its own, or a fragment for a page. Classes only, never style attributes; every word escaped."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files

from sightline.rendering.colours import text_on
from sightline.rendering.document import (
    Block,
    BulletList,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Span,
    Table,
    TableCell,
    TableRow,
)
from sightline.rendering.prepare import prepared
from sightline.rendering.text import pieces, spans

_LONG = 28
# A table of more columns keeps its breadth on a narrow screen, and scrolls.
_NARROW = 3
_STYLES = {"lead": "lead", "small": "small", "warning": "warning"}


def to_html(doc: Document, standalone: bool = True) -> str:
    """The document as HTML.

    `standalone` gives a whole file with its own style sheet. Without it, a fragment to set into a page that has
    a heading of level 1 already: the page's style sheet dresses the classes, fills among them
    (`fill-RRGGBB`), and links may be paths of this site. The title is level 1, so headings move down by one.
    Raises ValueError as `prepared` does.
    """
    doc = prepared(doc, paths=not standalone)
    body = "\n".join(_block(block, number) for number, block in enumerate(doc.blocks, start=1))
    if not standalone:
        return f'<div class="document">\n{_head(doc, title=False)}{body}\n</div>\n'
    marking = f'<p class="marking">{escape(doc.marking)}</p>\n' if doc.marking else ""
    author = f'<meta name="author" content="{escape(doc.author)}">\n' if doc.author else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{doc.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(doc.title)}</title>\n{author}"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_style(doc)}</style>\n</head>\n<body>\n{marking}"
        f'<main class="document">\n{_head(doc, title=True)}{body}\n</main>\n{marking}</body>\n</html>\n'
    )


@cache
def _sheet() -> str:
    return files(__package__).joinpath("document.css").read_text("utf-8")


def _style(doc: Document) -> str:
    """The style sheet, with a rule for each fill that is used, and the page turned where it should be."""
    tables = [b if isinstance(b, Table) else b.table for b in doc.blocks if isinstance(b, Table | Figure)]
    cells = (cell for table in tables if table for row in table.rows for cell in row.cells)
    fills = sorted({cell.fill for cell in cells if cell.fill})
    rules = "".join(f".fill-{f} {{ background: #{f}; color: #{text_on(f)}; }}\n" for f in fills)
    page = "@page { size: A4 landscape; }\n" if doc.landscape else ""
    return _sheet() + page + rules


def _head(doc: Document, title: bool) -> str:
    parts = [f"<h1>{escape(doc.title)}</h1>"] if title else []
    if doc.subtitle:
        parts.append(f'<p class="subtitle">{escape(doc.subtitle)}</p>')
    if doc.facts:
        facts = "".join(f"<p><strong>{escape(n)}:</strong> {escape(v)}</p>" for n, v in doc.facts)
        parts.append(f'<div class="facts">{facts}</div>')
    return "".join(f"{part}\n" for part in parts)


def _block(block: Block, number: int) -> str:
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        anchor = f' id="{block.anchor}"' if block.anchor else ""
        return f"<h{level}{anchor}>{escape(block.text)}</h{level}>"
    if isinstance(block, Paragraph):
        style = f' class="{_STYLES[block.style]}"' if block.style in _STYLES else ""
        return f"<p{style}>{_inline(block.content)}</p>"
    if isinstance(block, BulletList):
        name = "ol" if block.ordered else "ul"
        return f"<{name}>{''.join(f'<li>{_inline(item)}</li>' for item in block.items)}</{name}>"
    if isinstance(block, Figure):
        caption = f"<figcaption>{escape(block.caption)}</figcaption>" if block.caption else ""
        table = _table(block.table, number) if block.table else ""
        return f'<figure class="figure" tabindex="0">{caption}{block.svg}</figure>{table}'
    return _table(block, number)


def _inline(content: str | tuple[Span, ...]) -> str:
    return "".join(_span(span) for span in spans(content))


def _span(span: Span) -> str:
    text = _broken(span.text)
    if span.italic:
        text = f"<em>{text}</em>"
    if span.bold:
        text = f"<strong>{text}</strong>"
    return f'<a href="{escape(span.href)}">{text}</a>' if span.href else text


def _broken(text: str) -> str:
    """Escaped words; lines as they are, words of no ordinary length breakable."""
    return "<br>\n".join("<wbr>".join(escape(p) for p in pieces(row, _LONG)) for row in text.split("\n"))


def _table(table: Table, number: int) -> str:
    """A table in a frame that scrolls and can be reached by keyboard; each band opens a group of rows."""
    hidden = "" if table.caption_visible else ' class="visually-hidden"'
    caption, label = "", ""
    if table.caption:
        caption = f'<caption id="caption-{number}"{hidden}>{escape(table.caption)}</caption>\n'
        label = f' role="region" aria-labelledby="caption-{number}"'
    heads = "".join(f'<th scope="col"{_side(c)}>{_broken(c.heading)}</th>' for c in table.columns)
    body = "".join(_row(row, table.columns, first=not n) for n, row in enumerate(table.rows))
    broad = ' class="broad"' if len(table.columns) > _NARROW else ""
    return (
        f'<div class="table-frame"{label} tabindex="0">\n<table{broad}>\n{caption}'
        f"<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>"
    )


def _side(column: Column) -> str:
    return ' class="number"' if column.number else ""


def _row(row: TableRow, columns: tuple[Column, ...], first: bool) -> str:
    if row.band:
        group = "" if first else "</tbody>\n<tbody>\n"
        cell = row.cells[0]
        fill = f' class="fill-{cell.fill}"' if cell.fill else ""
        head = f'<th scope="rowgroup" colspan="{len(columns)}"{fill}>{_cell_words(cell)}</th>'
        return f'{group}<tr class="band">{head}</tr>\n'
    cells = "".join(_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True))
    return f"<tr>{cells}</tr>\n"


def _cell(cell: TableCell, column: Column) -> str:
    names = [*(["number"] if column.number else []), *([f"fill-{cell.fill}"] if cell.fill else [])]
    classes = f' class="{" ".join(names)}"' if names else ""
    return f"<td{classes}>{_cell_words(cell)}</td>"


def _cell_words(cell: TableCell) -> str:
    text = _broken(cell.text)
    if text and cell.bold:
        text = f"<strong>{text}</strong>"
    if text and cell.href:
        text = f'<a href="{escape(cell.href)}">{text}</a>'
    if cell.items:
        text += f"<ul>{''.join(f'<li>{_broken(item)}</li>' for item in cell.items)}</ul>"
    return text
