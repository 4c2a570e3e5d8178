"""The words of a Word paragraph or cell: tracked insertions kept, deletions dropped, content controls kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from sightline.reading.blocks import Notice, UnreadableFile
from sightline.reading.formats.docx_styles import Styles
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.words import collapse
from sightline.reading.limits import Limits

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DELETED = {
    qn("w:del"),
    qn("w:moveFrom"),
    qn("w:delText"),
    qn("w:instrText"),
    qn("w:rPr"),
    qn("w:pPr"),
    f"{_MC}Fallback",
}
_INSERTED = {qn("w:ins"), qn("w:moveTo")}
_BREAKS = {qn("w:br"), qn("w:cr")}
# Symbols of the Wingdings fonts that stand for ticks, crosses and boxes in plans.
_SYMBOLS = {
    "F0FC": "✓",
    "F0FE": "☑",
    "F0FB": "✗",
    "F0FD": "☒",
    "F0A8": "☐",
    "F06F": "☐",
    "F0B7": "•",
    "F0A7": "•",
}
W_P, W_TBL, W_R, W_T, W_SDT = qn("w:p"), qn("w:tbl"), qn("w:r"), qn("w:t"), qn("w:sdt")
_MARKS = {qn("w:tab"): " ", qn("w:noBreakHyphen"): "-", qn("w:ptab"): " "}
_TRANSPARENT = {W_SDT, qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")}


@dataclass(slots=True)
class Words:
    """Writes down the words of a document's parts and counts what was left out."""

    styles: Styles
    limits: Limits
    inserted: int = 0
    deleted: int = 0
    hidden: int = 0

    def notices(self) -> list[Notice]:
        """What a person should know about the words that were read or left out."""
        found = []
        if self.inserted or self.deleted:
            counts = (
                f"{self.inserted} tracked insertions were read, {self.deleted} tracked deletions left out"
            )
            found.append(Notice("tracked_changes", f"The document holds tracked changes: {counts}."))
        if self.hidden:
            found.append(Notice("hidden_text", f"{self.hidden} pieces of hidden text were not read."))
        return found

    def paragraph(self, element: Element, pen: Pen, depth: int = 0) -> None:
        """Writes the words of a paragraph, or of whatever stands inside one."""
        self.check(depth)
        for child in element:
            tag = child.tag
            if tag in (qn("w:del"), qn("w:moveFrom")):
                self.deleted += 1
            elif tag in _DELETED or not isinstance(tag, str) or _is_placeholder(child):
                continue
            elif tag == W_R:
                self._run(child, pen, depth)
            elif tag == qn("w:txbxContent"):
                pen.end_line()
                self.story(child, pen, depth + 1)
            else:
                self.inserted += tag in _INSERTED
                self.paragraph(child, pen, depth + 1)

    def _run(self, run: Element, pen: Pen, depth: int) -> None:
        hidden = run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")
        if hidden is not None and hidden.get(qn("w:val")) not in ("0", "false"):
            self.hidden += 1
            return
        strong = self.styles.bold(run)
        if strong:
            pen.embolden(opens=True)
        for child in run:
            if child.tag == W_T:
                pen.write(child.text or "")
            elif child.tag in _BREAKS:
                pen.end_line()
            elif child.tag in _MARKS:
                pen.write(_MARKS[child.tag])
            elif child.tag == qn("w:sym"):
                pen.write(_SYMBOLS.get((child.get(qn("w:char")) or "").upper(), "?"))
            elif child.tag not in _DELETED and isinstance(child.tag, str):
                self.paragraph(child, pen, depth + 1)
        if strong:
            pen.embolden(opens=False)

    def story(self, element: Element, pen: Pen, depth: int = 0) -> None:
        """Writes the paragraphs and inner tables of a cell or text box, each on lines of its own."""
        self.check(depth)
        parts = list(blocks_in(element))
        alone = sum(1 for part in parts if part.tag == W_P) == 1
        for part in parts:
            if part.tag == W_TBL:
                self._inner_table(part, pen, depth)
            else:
                self._line(part, pen, depth, alone=alone)

    def _line(self, paragraph: Element, pen: Pen, depth: int, *, alone: bool) -> None:
        """One paragraph of a cell. A number that Word prints in a cell of one paragraph belongs to its words."""
        label = self.styles.kind(paragraph).label
        pen.end_line()
        if label and not label.is_bullet and (alone or label.is_words):
            pen.write(f"{label.text} ")
        else:
            pen.item(opens=label is not None)
        self.paragraph(paragraph, pen, depth + 1)
        pen.item(opens=False)

    def _inner_table(self, table: Element, pen: Pen, depth: int) -> None:
        """A table within a cell: a line for each row, its cells kept apart."""
        pen.end_line()
        for row in rows_in(table):
            cells = []
            for cell in cells_in(row):
                own = Pen()
                self.story(cell, own, depth + 2)
                cells.append(collapse(own.text))
            pen.write(" | ".join(cell for cell in cells if cell))
            pen.end_line()

    def check(self, depth: int) -> None:
        """Raises UnreadableFile where parts lie deeper in one another than the limits allow."""
        if depth > self.limits.depth:
            raise UnreadableFile(
                f"The parts of this document lie more than {self.limits.depth} deep in one another; "
                "copy its text into a new one."
            )


def blocks_in(element: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body or cell, content controls and tracked insertions opened."""
    for child in element:
        if child.tag in (W_P, W_TBL):
            yield child
        elif child.tag in _TRANSPARENT and not _is_placeholder(child):
            yield from blocks_in(child)


def rows_in(table: Element) -> Iterator[Element]:
    """The rows of a table that are not deleted by a tracked change."""
    for child in table:
        if child.tag == qn("w:tr"):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag in _TRANSPARENT:
            yield from rows_in(child)


def cells_in(row: Element) -> Iterator[Element]:
    """The cells of a row."""
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in _TRANSPARENT:
            yield from cells_in(child)


def _is_placeholder(element: Element) -> bool:
    """Whether a content control still shows its prompt ("Choose an item")."""
    return element.tag == W_SDT and element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None
