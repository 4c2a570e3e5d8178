"""Excel: one sheet per table, its heading row frozen; a last sheet holds what is not a table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from sightline.rendering.colours import BAND_FILL, HEADER_FILL, INK, LINE, LINK, text_on
from sightline.rendering.document import (
    BulletList,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    TableCell,
    TableRow,
)
from sightline.rendering.prepare import prepared
from sightline.rendering.text import BULLET, flat, plain
from sightline.rendering.widths import height, shares

CELL_LIMIT = 32_767
CUT = " … [cut here: a cell of a spreadsheet holds no more]"
ABOUT = "About"

_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{0,9}[1-9])?", re.ASCII)
_PROPERTIES = ("subject", "keywords", "category", "comments")
_LINK_LIMIT = 2_000
_CHARACTERS = 160


class _Formats:
    """The workbook's cell formats, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, str, bool, bool], Format] = {}

    def get(self, kind: str, fill: str = "", bold: bool = False, link: bool = False) -> Format:
        """`kind` is head, band, text, number (a table's cells), or free (outside tables)."""
        key = (kind, fill, bold, link)
        if key not in self._made:
            self._made[key] = self._make(*key)
        return self._made[key]

    def _make(self, kind: str, fill: str, bold: bool, link: bool) -> Format:
        ground = fill or {"head": HEADER_FILL, "band": BAND_FILL}.get(kind, "")
        ink = LINK if link and not ground else text_on(ground)
        style: dict[str, object] = {
            "font_name": "Arial",
            "font_size": 10,
            "font_color": f"#{ink}",
            "text_wrap": True,
            "valign": "top",
            "bold": bold or kind in ("head", "band"),
            "underline": int(link),
        }
        if kind != "free":
            style |= {"border": 1, "border_color": f"#{LINE}"}
        if kind == "head":
            style |= {"valign": "bottom", "bottom": 2, "bottom_color": f"#{INK}"}
        if kind == "number":
            style["align"] = "right"
        if ground:
            style |= {"bg_color": f"#{ground}", "pattern": 1}
        return self._book.add_format(style)


def to_xlsx(doc: Document) -> bytes:
    """The document as a workbook. No text is ever a formula; only plain numbers in number columns are numbers.

    Figures are given by their tables. The last sheet, "About", holds title, facts, headings, paragraphs and
    marking. Text beyond what a cell may hold is cut, and says so. Raises ValueError as `prepared` does.
    """
    doc = prepared(doc)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **_OPTIONS}) as book:
        known = {name: doc.properties[name] for name in _PROPERTIES if doc.properties.get(name)}
        book.set_properties({"title": doc.title, "author": doc.author, **known})
        formats = _Formats(book)
        taken = {ABOUT.lower(), "history"}
        for table in _tables(doc):
            sheet = book.add_worksheet(_sheet_name(table.caption or doc.title, taken))
            _page(sheet, doc)
            _write_table(sheet, table, formats)
        about = book.add_worksheet(ABOUT)
        _page(about, doc)
        _write_about(about, doc, formats)
    return file.getvalue()


def _tables(doc: Document) -> Iterator[Table]:
    for block in doc.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure) and block.table:
            yield block.table


def _sheet_name(caption: str, taken: set[str]) -> str:
    """A name Excel takes: at most 31 characters, none of []:*?/\\, no apostrophe at its ends, used once."""
    plain_name = " ".join(re.sub(r"[\[\]:*?/\\\t\ufffd]", " ", caption).split()).strip("'")
    name = plain_name[:31].strip("' ") or "Table"
    number = 1
    while name.lower() in taken:
        number += 1
        ending = f" {number}"
        name = (plain_name[: 31 - len(ending)].strip("' ") or "Table") + ending
    taken.add(name.lower())
    return name


def _page(sheet: Worksheet, doc: Document) -> None:
    """How the sheet prints: A4, one page wide, the marking above, page numbers below."""
    sheet.set_paper(9)
    if doc.landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    marking = doc.marking.replace("&", "&&")[:200]
    sheet.set_header(f"&C&B{marking}" if marking else "")
    sheet.set_footer("&RPage &P of &N")


def _write_table(sheet: Worksheet, table: Table, formats: _Formats) -> None:
    last = len(table.columns) - 1
    for number, (column, share) in enumerate(zip(table.columns, shares(table, _CHARACTERS), strict=True)):
        sheet.set_column(number, number, max(8, min(share * _CHARACTERS, 70)))
        sheet.write_string(0, number, column.heading, formats.get("head"))
    for number, row in enumerate(table.rows, start=1):
        if row.band:
            _write_band(sheet, number, last, row.cells[0], formats)
            continue
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            _write_cell(sheet, number, place, cell, column, formats)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    if table.rows:
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(table.rows) + 1}"})


def _write_band(sheet: Worksheet, row: int, last: int, cell: TableCell, formats: _Formats) -> None:
    style = formats.get("band", cell.fill)
    if last:
        sheet.merge_range(row, 0, row, last, "", style)
    # Spreadsheet programs fit the height of a row to its text, but not where cells are merged.
    sheet.set_row(row, 14 * height(TableRow((cell,), band=True), [_CHARACTERS]))
    sheet.write_string(row, 0, _cut(flat(cell)), style)


def _write_cell(
    sheet: Worksheet, row: int, place: int, cell: TableCell, column: Column, formats: _Formats
) -> None:
    text = _cut(flat(cell))
    link = bool(text) and 0 < len(cell.href) <= _LINK_LIMIT and not cell.href.startswith("#")
    style = formats.get("number" if column.number else "text", cell.fill, cell.bold, link)
    if link:
        sheet.write_url(row, place, cell.href, style)
        sheet.write_string(row, place, text, style)
    elif column.number and _NUMBER.fullmatch(text):
        sheet.write_number(row, place, float(text), style)
    elif text:
        sheet.write_string(row, place, text, style)
    else:
        sheet.write_blank(row, place, None, style)


def _write_about(sheet: Worksheet, doc: Document, formats: _Formats) -> None:
    """What surrounds the tables, in one column, in the order of the document."""
    entries = [(doc.title, True), (doc.subtitle, False), (doc.marking, False)]
    entries += [(f"{name}: {value}", False) for name, value in doc.facts]
    for block in doc.blocks:
        if isinstance(block, Heading):
            entries.append((block.text, True))
        elif isinstance(block, Paragraph):
            entries.append((plain(block.content), False))
        elif isinstance(block, BulletList):
            entries += [(BULLET + plain(item), False) for item in block.items]
        elif isinstance(block, Figure):
            entries.append((block.alt, False))
    sheet.set_column(0, 0, 100)
    for number, (text, bold) in enumerate((text, bold) for text, bold in entries if text):
        sheet.write_string(number, 0, _cut(text), formats.get("free", bold=bold))


def _cut(text: str) -> str:
    """The text as long as a cell may hold it. Excel counts in UTF-16 units, so an emoji counts twice."""
    if len(text) * 2 <= CELL_LIMIT or len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT:
        return text
    units = text.encode("utf-16-le")[: 2 * (CELL_LIMIT - len(CUT))]
    return units.decode("utf-16-le", "ignore") + CUT
