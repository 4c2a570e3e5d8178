"""Paragraphs and tables as WordprocessingML strings: many times faster than one object per cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from sightline.rendering.colours import BAND_FILL, HEADER_FILL, INK, LINE, text_on
from sightline.rendering.document import Column, Span, Table, TableCell, TableRow
from sightline.rendering.text import lines
from sightline.rendering.widths import SPLIT_ABOVE, height, shares

NAMESPACES = nsdecls("w", "r")

Relate = Callable[[str], str]
"""Gives the id of the relationship for an address outside the document."""


def paragraph(content: str, style: str, more: str = "") -> str:
    """A paragraph of runs. `more` holds paragraph properties that stand after the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{content}</w:p>'


def run(text: str, properties: str = "") -> str:
    """A run of text, line breaks and tabs in it as such."""
    if not text:
        return ""
    body = "<w:br/>".join(_tabbed(line) for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{body}</w:r>"


def _tabbed(line: str) -> str:
    parts = (f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\t"))
    return "<w:tab/>".join(parts)


def linked(href: str, content: str, relate: Relate) -> str:
    """Runs as a link: to a bookmark where `href` begins with "#", else to an address."""
    if not href or not content:
        return content
    if href.startswith("#"):
        return f'<w:hyperlink w:anchor="{href[1:]}" w:history="1">{content}</w:hyperlink>'
    return f'<w:hyperlink r:id="{relate(href)}" w:history="1">{content}</w:hyperlink>'


def span(one: Span, relate: Relate) -> str:
    """A span as a run."""
    properties = '<w:rStyle w:val="Hyperlink"/>' if one.href else ""
    properties += "<w:b/>" if one.bold else ""
    properties += "<w:i/>" if one.italic else ""
    return linked(one.href, run(one.text, properties), relate)


def table(content: Table, width: int, room: float, relate: Relate) -> str:
    """A table `width` twips wide, `room` characters across: header row repeated, bands merged across."""
    parts = shares(content, room)
    twips = [round(part * width) for part in parts]
    characters = [part * room for part in parts]
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in twips)
    heads = "".join(_head(column, w) for column, w in zip(content.columns, twips, strict=True))
    rows = "".join(_row(row, content.columns, twips, characters, relate) for row in content.rows)
    return (
        f"<w:tbl {NAMESPACES}><w:tblPr>"
        f'<w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar>'
        '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
        f' w:noHBand="1" w:noVBand="1"/>{_title(content.caption)}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heads}</w:tr>{rows}</w:tbl>"
    )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = "".join(
    f'<w:{side} w:w="{twips}" w:type="dxa"/>'
    for side, twips in (("top", 60), ("left", 85), ("bottom", 60), ("right", 85))
)
_HEAD_RULE = f'<w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{INK}"/></w:tcBorders>'
_RIGHT = '<w:jc w:val="right"/>'


def _title(caption: str) -> str:
    """The caption once more as the table's title, for access technology."""
    return f"<w:tblCaption w:val={quoteattr(caption)}/>" if caption else ""


def _shade(fill: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""


def _head(column: Column, width: int) -> str:
    side = _RIGHT if column.number else ""
    words = paragraph(run(column.heading), "TableHeading", side)
    properties = f'{_HEAD_RULE}{_shade(HEADER_FILL)}<w:vAlign w:val="bottom"/>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{words}</w:tc>'


def _row(
    row: TableRow,
    columns: Sequence[Column],
    twips: Sequence[int],
    characters: Sequence[float],
    relate: Relate,
) -> str:
    whole = "<w:trPr><w:cantSplit/></w:trPr>" if height(row, characters) <= SPLIT_ABOVE else ""
    if row.band:
        span = f'<w:gridSpan w:val="{len(columns)}"/>{_shade(row.cells[0].fill or BAND_FILL)}'
        size = f'<w:tcW w:w="{sum(twips)}" w:type="dxa"/>'
        return f"<w:tr>{whole}<w:tc><w:tcPr>{size}{span}</w:tcPr>{_band(row.cells[0], relate)}</w:tc></w:tr>"
    cells = (_cell(*one, relate) for one in zip(row.cells, columns, twips, strict=True))
    return f"<w:tr>{whole}{''.join(cells)}</w:tr>"


def _band(cell: TableCell, relate: Relate) -> str:
    return _words(cell, "TableHeading", "", relate)


def _cell(cell: TableCell, column: Column, width: int, relate: Relate) -> str:
    words = _words(cell, "TableText", _RIGHT if column.number else "", relate)
    size = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{size}{_shade(cell.fill)}</w:tcPr>{words}</w:tc>"


def _words(cell: TableCell, style: str, side: str, relate: Relate) -> str:
    """A paragraph for each line and each list item; a cell never is without a paragraph."""
    colour = f'<w:color w:val="{text_on(cell.fill)}"/>' if cell.fill else ""
    properties = ("<w:b/>" if cell.bold else "") + colour
    link = properties
    if cell.href:
        underline = '<w:u w:val="single"/>'
        link = f'<w:rStyle w:val="Hyperlink"/>{properties}{underline}'
    parts = [paragraph(linked(cell.href, run(line, link), relate), style, side) for line in lines(cell.text)]
    parts += [paragraph(run(item, colour), "TableBullet", side) for item in cell.items]
    return "".join(parts) or paragraph("", style, side)
