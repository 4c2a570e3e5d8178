"""Word documents (.docx): headings, paragraphs, lists and tables as they would be printed with changes accepted."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from sightline.reading.blocks import (
    At,
    Block,
    Cell,
    Heading,
    ListItem,
    Notice,
    Paragraph,
    PrintedDocument,
    Row,
    Table,
)
from sightline.reading.formats.colours import css_colour
from sightline.reading.formats.docx_numbers import Numbering
from sightline.reading.formats.docx_styles import Styles
from sightline.reading.formats.docx_words import W_P, W_TBL, Words, blocks_in, cells_in, rows_in
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.weighing import weigh_pieces, weigh_rows
from sightline.reading.formats.words import collapse
from sightline.reading.limits import DEFAULT, Limits

_MAIN = re.compile(r"word/document\d*\.xml")
# The colours of Word's highlighter pen (ECMA-376 part 1, 17.18.40).
_HIGHLIGHT = {
    "green": "00FF00", "darkGreen": "008000", "yellow": "FFFF00", "darkYellow": "808000", "red": "FF0000",
    "darkRed": "800000", "blue": "0000FF", "darkBlue": "000080", "cyan": "00FFFF", "darkCyan": "008080",
    "magenta": "FF00FF", "darkMagenta": "800080", "lightGray": "C0C0C0", "darkGray": "808080", "black": "000000",
}  # fmt: skip


def read_docx(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a Word document. Positions are table, row and column; a page is not known before printing.

    Raises UnreadableFile where its parts nest deeper than `limits.depth`.
    """
    _weigh(path, limits)
    document = docx.Document(str(path))
    body = _Body(Words(_styles(document), limits))
    body.walk(document.element.body)
    for note in _notes(document):
        body.walk(note)
    title = body.title or next((b.text for b in body.blocks if isinstance(b, Heading)), "")
    return PrintedDocument(
        tuple(body.blocks),
        "docx",
        title=title or collapse(document.core_properties.title or ""),
        notices=(*body.words.notices(), *_unread(document)),
    )


def _weigh(path: Path, limits: Limits) -> None:
    with zipfile.ZipFile(path) as archive:
        contents = [archive.read(name) for name in archive.namelist() if _MAIN.fullmatch(name)]
    weigh_rows(sum(content.count(b"<w:tr>") + content.count(b"<w:tr ") for content in contents), limits)
    weigh_pieces(sum(content.count(b"<") for content in contents), limits)


def _notes(document: Document) -> Iterator[Element]:
    """The footnotes and endnotes, in the order they were written; the lines that part them are none."""
    for kind in (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES):
        for part in _related(document, kind):
            notes = parse_xml(part.blob)
            yield from (note for note in notes if note.get(qn("w:type")) in (None, "normal"))


def _unread(document: Document) -> Iterator[Notice]:
    comments = sum(len(parse_xml(part.blob)) for part in _related(document, RELATIONSHIP_TYPE.COMMENTS))
    if comments:
        yield Notice("comments_unread", f"{comments} comments in the margin were not read.")
    chunks = sum(1 for _ in document.element.body.iter(qn("w:altChunk")))
    if chunks:
        yield Notice("embedded_files", f"{chunks} documents placed inside this one were not read.")


def _related(document: Document, kind: str) -> list[Part]:
    relations = document.part.rels.values()
    return [
        relation.target_part
        for relation in relations
        if relation.reltype == kind and not relation.is_external
    ]


def _styles(document: Document) -> Styles:
    try:
        numbering = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]  # the part of a list of numbers has an element
    except KeyError:
        numbering = None
    return Styles.of(document.styles.element, Numbering.of(numbering))


@dataclass(slots=True)
class _Body:
    """The document as far as it has been walked."""

    words: Words
    blocks: list[Block] = field(default_factory=list)
    tables: int = 0
    title: str = ""

    def walk(self, element: Element) -> None:
        """Adds the blocks of a body or of a cell that only places them."""
        for part in blocks_in(element):
            if part.tag == W_P:
                self._paragraph(part)
            elif _is_layout(part):
                for row in rows_in(part):
                    for cell in cells_in(row):
                        self.walk(cell)
            else:
                self._table(part)

    def _paragraph(self, element: Element) -> None:
        kind = self.words.styles.kind(element)
        pen = Pen()
        self.words.paragraph(element, pen)
        text, label = pen.text, kind.label
        if not text or kind.contents:
            return
        if label and not label.is_bullet and (kind.heading or label.is_words):
            text, label = f"{label.text} {text}", None
        if kind.heading:
            self.blocks.append(Heading(collapse(text), kind.heading))
            if not self.title and _is_title(self.words.styles, element):
                self.title = collapse(text)
        elif label:
            self.blocks.append(ListItem(collapse(text), label.text, label.level))
        else:
            self.blocks.append(Paragraph(text, text, pen.all_bold))

    def _table(self, table: Element) -> None:
        self.tables += 1
        rows = tuple(
            self._row(row, At(table=self.tables, row=number)) for number, row in enumerate(rows_in(table), 1)
        )
        self.blocks.append(Table(rows, at=At(table=self.tables)))

    def _row(self, row: Element, at: At) -> Row:
        cells: list[Cell] = []
        column = _number(row, "w:trPr/w:gridBefore")
        for element in cells_in(row):
            span = max(1, _number(element, "w:tcPr/w:gridSpan", 1))
            place = At(table=at.table, row=at.row, column=column + 1)
            if _merge(element, "w:vMerge") == "continue":
                cells.append(Cell("", column, span, continued=True, at=place))
            elif _merge(element, "w:hMerge") == "continue" and cells:
                last = cells.pop()
                cells.append(_widened(last, span))
            else:
                cells.append(self._cell(element, column, span, place))
            column += span
        header = row.find(qn("w:trPr"))
        marked = header is not None and header.find(qn("w:tblHeader")) is not None
        return Row(tuple(cells), marked, at)

    def _cell(self, element: Element, column: int, span: int, at: At) -> Cell:
        pen = Pen()
        self.words.story(element, pen)
        return Cell(
            pen.text,
            column,
            span,
            pen.items,
            pen.text,
            _fill(element) or _marker_fill(element),
            pen.all_bold,
            at=at,
        )


def _widened(cell: Cell, more: int) -> Cell:
    return Cell(
        cell.text, cell.column, cell.span + more, cell.items, cell.raw, cell.fill, cell.bold, at=cell.at
    )


def _number(element: Element, path: str, otherwise: int = 0) -> int:
    found = _find(element, path)
    value = "" if found is None else str(found.get(qn("w:val")) or "")
    return min(int(value), 1000) if value.isdigit() else otherwise


def _find(element: Element, path: str) -> Element | None:
    found: Element | None = element.find("/".join(qn(step) for step in path.split("/")))
    return found


def _merge(cell: Element, name: str) -> str:
    """ "restart", "continue" or "": a merge mark without a value continues (ECMA-376 part 1, 17.4.84)."""
    mark = _find(cell, f"w:tcPr/{name}")
    return "" if mark is None else str(mark.get(qn("w:val")) or "continue")


def _fill(cell: Element) -> str | None:
    return _shade(_find(cell, "w:tcPr/w:shd"))


def _shade(shading: Element | None) -> str | None:
    if shading is None:
        return None
    if shading.get(qn("w:val")) == "solid":
        return _hex(shading.get(qn("w:color")))
    return _hex(shading.get(qn("w:fill")))


def _hex(value: str | None) -> str | None:
    return css_colour(f"#{value}") if value and len(value) == 6 else None


def _marker_fill(cell: Element) -> str | None:
    """The one colour with which every word of a cell is highlighted or shaded."""
    colours = {_run_colour(run) for run in cell.iter(qn("w:r")) if (run.text or "").strip()}
    return colours.pop() if len(colours) == 1 else None


def _run_colour(run: Element) -> str | None:
    highlight = _find(run, "w:rPr/w:highlight")
    if highlight is not None:
        return _HIGHLIGHT.get(str(highlight.get(qn("w:val"))))
    return _shade(_find(run, "w:rPr/w:shd"))


def _is_layout(table: Element) -> bool:
    """Whether a table only places other tables: one cell a row, with a table inside."""
    rows = list(rows_in(table))
    alone = all(sum(1 for _ in cells_in(row)) < 2 for row in rows)
    return alone and any(
        part.tag == W_TBL for row in rows for cell in cells_in(row) for part in blocks_in(cell)
    )


def _is_title(styles: Styles, paragraph: Element) -> bool:
    style = _find(paragraph, "w:pPr/w:pStyle")
    chain = styles.chain(None if style is None else style.get(qn("w:val")))
    name = None if not chain else chain[0].find(qn("w:name"))
    return name is not None and str(name.get(qn("w:val"))).lower() == "title"
