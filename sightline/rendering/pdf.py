"""Tagged PDF (PDF/UA-1), set by typst. Texts are passed as data and never read as mark-up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst

from sightline.rendering import fonts
from sightline.rendering.colours import BAND_FILL, HEADER_FILL, INK, LINE, LINK, text_on
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
    TableRow,
)
from sightline.rendering.glyphs import printable
from sightline.rendering.prepare import prepared
from sightline.rendering.text import lines, pieces, spans
from sightline.rendering.widths import LONGEST_WORD, SPLIT_ABOVE, height, shares

TEMPLATE = Path(__file__).with_name("document.typ")
LANDSCAPE_ROOM, PORTRAIT_ROOM = 172.0, 104.0
"""How many characters of table text fit across the page."""

Data = dict[str, Any]


def to_pdf(doc: Document) -> bytes:
    """The document as an A4 PDF/UA-1: tagged, with language, title, bookmarks and header rows on every page.

    A character none of the fonts can show is replaced by its name in brackets, as the standard asks for a glyph
    for every character. Raises ValueError as `prepared` does.
    """
    doc = prepared(doc)
    try:
        return _compile(_Writer(doc, strict=False).data())
    except typst.TypstError:
        # A mark beside a letter of another font has no glyph although each alone has one.
        return _compile(_Writer(doc, strict=True).data())


def _compile(data: Data) -> bytes:
    return typst.compile(
        TEMPLATE,
        root=TEMPLATE.parent,
        font_paths=fonts.fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards="ua-1",
    )


def to_png(svg: str, pixels_per_inch: float = 220) -> bytes:
    """A figure's SVG as PNG, for formats that take no SVG."""
    source = (
        b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    )
    return typst.compile(
        source,
        font_paths=fonts.fonts(),
        ignore_system_fonts=True,
        sys_inputs={"svg": printable(svg)},
        format="png",
        ppi=pixels_per_inch,
    )


class _Writer:
    """Turns a prepared document into the data of the template."""

    def __init__(self, doc: Document, strict: bool) -> None:
        self.doc, self.strict = doc, strict
        self.room = LANDSCAPE_ROOM if doc.landscape else PORTRAIT_ROOM

    def data(self) -> Data:
        """Everything the template knows."""
        doc = self.doc
        language, _, region = doc.language.partition("-")
        facts = [("Marking", doc.marking), *doc.facts] if doc.marking else list(doc.facts)
        colours = {"ink": INK, "line": LINE, "link": LINK, "header": HEADER_FILL, "band": BAND_FILL}
        return {
            "title": self.text(doc.title),
            "author": self.text(doc.author),
            "keywords": self.text(doc.properties.get("keywords", "")),
            "subject": self.text(doc.properties.get("subject", "")),
            "language": language,
            "region": region or None,
            "landscape": doc.landscape,
            "fonts": fonts.families(),
            "colours": colours,
            "marking": self.text(doc.marking),
            "subtitle": self.words(doc.subtitle),
            "heading": self.words(doc.title),
            "facts": [{"name": self.words(name), "value": self.words(value)} for name, value in facts],
            "blocks": [self.block(block) for block in doc.blocks],
        }

    def text(self, text: str) -> str:
        """Text every character of which has a glyph."""
        return printable(text, self.strict).replace("\t", " ")

    def words(self, text: str) -> list[list[str]]:
        """Lines, each cut in pieces between which it may be broken although there is no space."""
        return [pieces(line, LONGEST_WORD) for line in lines(self.text(text))]

    def block(self, block: Block) -> Data:
        """One block, its kind named."""
        if isinstance(block, Heading):
            words = self.words(block.text)
            return {"kind": "heading", "level": block.level, "words": words, "anchor": block.anchor}
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "style": block.style, "spans": self.spans(block.content)}
        if isinstance(block, BulletList):
            items = [self.spans(item) for item in block.items]
            return {"kind": "list", "ordered": block.ordered, "items": items}
        if isinstance(block, Figure):
            return {
                "kind": "figure",
                "svg": self.text(block.svg),
                "alt": self.text(block.alt),
                "caption": self.words(block.caption),
                "table": self.table(block.table) if block.table else None,
            }
        return self.table(block)

    def spans(self, content: str | tuple[Span, ...]) -> list[Data]:
        """Runs of text with their emphasis."""
        return [
            {"words": self.words(s.text), "bold": s.bold, "italic": s.italic, "href": s.href}
            for s in spans(content)
        ]

    def table(self, table: Table) -> Data:
        """A table with the width of each column as a share of the page."""
        widths = shares(table, self.room)
        characters = [share * self.room for share in widths]
        return {
            "kind": "table",
            "caption": self.words(table.caption) if table.caption_visible else [],
            "widths": widths,
            "heads": [self.words(column.heading) for column in table.columns],
            "sides": ["right" if column.number else "left" for column in table.columns],
            "rows": [self.row(row, characters) for row in table.rows],
        }

    def row(self, row: TableRow, characters: list[float]) -> Data:
        """A row; it stays whole on one page unless it is long."""
        whole = height(row, characters) <= SPLIT_ABOVE
        return {"band": row.band, "whole": whole, "cells": [self.cell(cell) for cell in row.cells]}

    def cell(self, cell: TableCell) -> Data:
        """A cell with the ink that can be read on its fill."""
        return {
            "words": self.words(cell.text),
            "items": [self.words(item) for item in cell.items],
            "fill": cell.fill,
            "ink": text_on(cell.fill) if cell.fill else "",
            "bold": cell.bold,
            "href": cell.href,
        }
