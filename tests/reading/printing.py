"""Print the blocks of a plan as Word, Excel, HTML and PDF files, so that one paper is read in every format.

The printers know nothing of how files are read: they put headings, paragraphs and tables on paper as an office
program would, with lists in cells, merged title rows, and the status in words or by the cell's colour alone.
"""

from __future__ import annotations

import html
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Cell
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

from sightline.reading.blocks import Cell, Heading, PrintedDocument, Row, Table
from sightline.rendering import document as paper
from sightline.rendering.pdf import to_pdf

FILLS = {"green": "00B050", "amber": "FFC000", "red": "FF0000", "yellow": "FFFF00", "blue": "0070C0"}


def status_fill(text: str) -> str:
    """The colour an office would give a status cell, by its first word."""
    word = text.strip(" *").split()[0].strip(":?.,").lower() if text.strip(" *") else ""
    return FILLS.get(word, "")


def status_column(table: Table) -> int:
    """The column headed as a status, or -1."""
    return next(
        (c.column for c in table.rows[0].cells if "RAG" in c.text or c.text in ("Status", "Rating")), -1
    )


def is_title(row: Row) -> bool:
    """Whether only the first cell of a wide row has words."""
    filled = [cell for cell in row.cells if cell.text.strip()]
    return (
        len(filled) == 1
        and filled[0].column == 0
        and filled[0].text.lower().startswith(("priority", "targeted"))
    )


def before_list(cell: Cell) -> str:
    """The words of a cell before its list."""
    at = cell.text.find(cell.items[0]) if cell.items else -1
    return cell.text if at < 0 else cell.text[:at].strip()


# Word ---------------------------------------------------------------------------------------------------------------


def as_docx(doc: PrintedDocument, path: Path, *, colour_only: bool = False, merged: bool = False) -> Path:
    """A Word file: one table with the header marked to repeat, or (`merged`) cells merged downwards where empty."""
    word = docx.Document()
    for block in doc.blocks:
        if isinstance(block, Table):
            _word_table(word, block, colour_only=colour_only, merged=merged)
        elif isinstance(block, Heading):
            word.add_heading(block.text, min(block.level, 9))
        else:
            word.add_paragraph(block.text)
    word.save(str(path))
    return path


def _word_table(word: Document, table: Table, *, colour_only: bool, merged: bool) -> None:
    width, status = table.width, status_column(table)
    made = word.add_table(rows=0, cols=width)
    made.style = "Table Grid"
    for number, row in enumerate(table.rows):
        cells = made.add_row().cells
        if number == 0:
            _mark_header(made.rows[0])
        if is_title(row):
            cells[0].merge(cells[-1])
        for cell in row.cells:
            if cell.text:
                shade = status_fill(cell.text) if cell.column == status and number else ""
                _word_cell(cells[cell.column], cell, shade, words=not (colour_only and shade))
    if merged:
        _merge_down(made, table)


def _mark_header(row: object) -> None:
    properties = row._tr.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement("w:tblHeader"))


def _word_cell(made: _Cell, cell: Cell, shade: str, *, words: bool) -> None:
    if words:
        made.text = before_list(cell)
        for item in cell.items:
            made.add_paragraph(item, style="List Bullet")
    if shade:
        properties = made._tc.get_or_add_tcPr()
        fill = OxmlElement("w:shd")
        fill.set(qn("w:val"), "clear")
        fill.set(qn("w:fill"), shade)
        properties.append(fill)


def _merge_down(made: object, table: Table) -> None:
    """Merge outcome and lead (columns 2 and 3) with the empty cells below them, within one priority."""
    for column in (1, 2):
        top = None
        for number, row in enumerate(table.rows):
            if number == 0 or is_title(row):
                top = None
            elif row.text_at(column):
                top = made.cell(number, column)  # type: ignore[attr-defined]
            elif top is not None and row.text_at(3):
                top = top.merge(made.cell(number, column))  # type: ignore[attr-defined]


# Excel --------------------------------------------------------------------------------------------------------------


def as_xlsx(doc: PrintedDocument, path: Path, *, colour_only: bool = False, merged: bool = False) -> Path:
    """A workbook with everything on one sheet, lists in cells as lines with bullets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    at = 1
    for block in doc.blocks:
        if not isinstance(block, Table):
            sheet.cell(at, 1, block.text).font = Font(bold=isinstance(block, Heading))
            at += 2
            continue
        status = status_column(block)
        for number, row in enumerate(block.rows):
            _excel_row(sheet, at, row, status if number else -1, colour_only=colour_only)
            if is_title(row):
                sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=block.width)
            at += 1
        at += 1
    book.save(path)
    return path


def _excel_row(sheet: object, at: int, row: Row, status: int, *, colour_only: bool) -> None:
    for cell in row.cells:
        text = "\n".join([before_list(cell), *(f"• {item}" for item in cell.items)]).strip("\n")
        shade = status_fill(text) if cell.column == status else ""
        made = sheet.cell(at, cell.column + 1)  # type: ignore[attr-defined]
        made.value = None if (colour_only and shade) or not text else text
        made.alignment = Alignment(wrap_text=True, vertical="top")
        if shade:
            made.fill = PatternFill("solid", fgColor=f"FF{shade}")


# HTML ---------------------------------------------------------------------------------------------------------------

_STYLE = """
@page { size: A4 landscape; margin: 12mm } body { font: 9pt sans-serif }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #333; padding: 2px 4px; vertical-align: top }
"""


def as_html(doc: PrintedDocument, path: Path, *, colour_only: bool = False, merged: bool = False) -> Path:
    """A web page; a plan that the text printed page by page becomes one table whose header the browser repeats."""
    parts = [
        f"<!doctype html><html lang='en-GB'><head><meta charset='utf-8'><style>{_STYLE}</style></head><body>"
    ]
    tables = [block for block in doc.blocks if isinstance(block, Table)]
    for block in doc.blocks:
        if isinstance(block, Heading):
            parts.append(f"<h{block.level}>{html.escape(block.text)}</h{block.level}>")
        elif not isinstance(block, Table):
            parts.append(f"<p>{html.escape(block.text)}</p>")
        elif not merged:
            parts.append(_html_table([block], colour_only=colour_only))
        elif block is tables[0]:
            parts.append(_html_table(tables, colour_only=colour_only))
    path.write_text("\n".join([*parts, "</body></html>"]), encoding="utf-8")
    return path


def _html_table(tables: list[Table], *, colour_only: bool) -> str:
    head, status = tables[0].rows[0], status_column(tables[0])
    out = [
        "<table><thead><tr>",
        *(f"<th>{html.escape(c.text)}</th>" for c in head.cells),
        "</tr></thead><tbody>",
    ]
    for row in (row for table in tables for row in table.rows[1:]):
        if is_title(row):
            out.append(f"<tr><th colspan='{tables[0].width}'>{html.escape(row.cells[0].text)}</th></tr>")
            continue
        out.append("<tr>")
        for cell in row.cells:
            shade = status_fill(cell.text) if cell.column == status else ""
            style = f" style='background-color:#{shade}'" if shade else ""
            out.append(f"<td{style}>{'' if colour_only and shade else _html_cell(cell)}</td>")
        out.append("</tr>")
    return "".join([*out, "</tbody></table>"])


def _html_cell(cell: Cell) -> str:
    points = "".join(f"<li>{html.escape(item)}</li>" for item in cell.items)
    words = html.escape(before_list(cell)).replace("\n", "<br>")
    return f"{words}<ul>{points}</ul>" if points else words


# PDF ----------------------------------------------------------------------------------------------------------------


def as_pdf_ours(doc: PrintedDocument, path: Path) -> Path:
    """A tagged PDF by the project's own writer."""
    blocks: list[object] = []
    tables = [block for block in doc.blocks if isinstance(block, Table)]
    for block in doc.blocks:
        if isinstance(block, Table):
            if block is tables[0]:
                blocks.append(_paper_table(tables))
        elif isinstance(block, Heading):
            if block.text != doc.title:
                blocks.append(paper.Heading(block.text, 2))
        else:
            blocks.append(paper.Paragraph(block.text))
    made = paper.Document(title=doc.title or "Plan", blocks=tuple(blocks), landscape=True)  # type: ignore[arg-type]
    path.write_bytes(to_pdf(made))
    return path


def _paper_table(tables: list[Table]) -> paper.Table:
    head, status = tables[0].rows[0], status_column(tables[0])
    columns = tuple(paper.Column(c.text, _width([t.rows for t in tables], c.column)) for c in head.cells)
    rows = []
    for row in (row for table in tables for row in table.rows[1:]):
        if is_title(row):
            rows.append(paper.TableRow((paper.TableCell(row.cells[0].text),), band=True))
            continue
        cells = tuple(
            paper.TableCell(before_list(c), c.items, status_fill(c.text) if c.column == status else "")
            for c in row.cells
        )
        rows.append(paper.TableRow(cells))
    return paper.Table("Plan", columns, tuple(rows))


def _width(tables: list[tuple[Row, ...]], column: int) -> float:
    """A column's share: wide for sentences, narrow for numbers."""
    longest = max(len(row.text_at(column)) for rows in tables for row in rows[1:] if not is_title(row))
    return 1.0 if longest < 12 else 1.6 if longest < 90 else 4.0


def chromium() -> str:
    """The browser's program, or "" where there is none."""
    named = os.environ.get("SIGHTLINE_CHROMIUM")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return named or next((path for name in names if (path := shutil.which(name))), "")


def as_pdf_printed(page: Path, path: Path) -> Path:
    """A web page as Chromium prints it to PDF."""
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="sightline-print-") as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=arguments, env={**os.environ, "HOME": home}
        )
        sheet = browser.new_page()
        sheet.goto(page.as_uri())
        sheet.pdf(path=str(path), prefer_css_page_size=True)
        browser.close()
    return path


PRINTERS: dict[str, Callable[..., Path]] = {"docx": as_docx, "xlsx": as_xlsx, "html": as_html}
