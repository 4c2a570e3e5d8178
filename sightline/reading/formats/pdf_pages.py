"""The pages of a PDF: their characters, their coloured rectangles, and the limits on opening them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from itertools import islice

import pdfplumber
import pdfplumber.page
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1

from sightline.reading.blocks import Notice, UnreadableFile
from sightline.reading.formats.pdf_ruled import DrawnTable, drawn_tables
from sightline.reading.formats.pdf_text import Char, rgb
from sightline.reading.limits import Limits

_CHUNK = 1 << 20
_SPECK = 0.5  # points: smaller type is no text
_THIN = 4.0  # points: narrower boxes are lines


@dataclass(frozen=True, slots=True)
class Shade:
    """A filled rectangle, in points from the top left corner of its page."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: str

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom


@dataclass(slots=True)
class Page:
    """One page, 1-based `number`, with its characters, its filled boxes and, where asked for, its drawn tables."""

    number: int
    width: float
    height: float
    chars: list[Char]
    shades: list[Shade]
    tables: list[DrawnTable] = field(default_factory=list)
    by_mark: dict[int, list[Char]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for char in self.chars:
            if char.mark is not None:
                self.by_mark.setdefault(char.mark, []).append(char)

    def colour_at(self, x: float, y: float) -> str | None:
        """The fill painted last at a point; None where that is nothing, white, or text-coloured black."""
        found = next((s.colour for s in reversed(self.shades) if s.holds(x, y)), None)
        return None if found in (None, "FFFFFF", "000000") else found


def check(document: PDFDocument, limits: Limits) -> list[Notice]:
    """What a PDF holds besides pages. Raises UnreadableFile where it is encrypted or has too many pages."""
    if document.encryption is not None:
        raise UnreadableFile("This PDF is protected; save or print a copy of it without protection.")
    pages = list(islice(PDFPage.create_pages(document), limits.pages + 1))
    if len(pages) > limits.pages:
        raise UnreadableFile(f"This PDF has more than {limits.pages} pages; split it.")
    room = limits.expanded
    for number, page in enumerate(pages, start=1):
        room -= _unpacked_size(page, number, room)
    catalog, notices = document.catalog, []
    names = resolve1(catalog.get("Names")) or {}
    if "JavaScript" in names or "OpenAction" in catalog or "AA" in catalog:
        notices.append(Notice("active_content", "Scripts and actions in this PDF were ignored."))
    if "EmbeddedFiles" in names:
        notices.append(Notice("embedded_files", "Files embedded in this PDF were not read."))
    form = resolve1(catalog.get("AcroForm")) or {}
    if resolve1(form.get("Fields")):
        notices.append(
            Notice("form_fields_unread", "This PDF is a form; what was typed into its fields was not read.")
        )
    return notices


def _unpacked_size(page: PDFPage, number: int, room: int) -> int:
    """How large the drawing of a page is. The PDF library would pass over a broken one in silence."""
    size = 0
    for content in page.contents:
        stream = resolve1(content)
        if not isinstance(stream, PDFStream) or not _is_deflated(stream):
            continue
        engine, packed = zlib.decompressobj(), stream.get_rawdata() or b""
        try:
            while packed and not engine.eof and size <= room:
                size += len(engine.decompress(packed, _CHUNK))
                packed = engine.unconsumed_tail
        except zlib.error as error:
            raise UnreadableFile(
                f"Page {number} of this PDF is damaged; save it again or ask for it again."
            ) from error
    if size > room:
        raise UnreadableFile("The pages of this PDF unpack to far more than it weighs, so it was not opened.")
    return size


def _is_deflated(stream: PDFStream) -> bool:
    filters = [name for name, _ in stream.get_filters()]
    return len(filters) == 1 and filters[0] in LITERALS_FLATE_DECODE


def laid_out(pdf: pdfplumber.pdf.PDF, *, tables: bool) -> list[Page]:
    """Every page, with its drawn tables if they are wanted (to find them takes as long as all the rest)."""
    return [_page(source, tables=tables) for source in pdf.pages]


def _page(source: pdfplumber.page.Page, *, tables: bool) -> Page:
    chars = [Char.of(given) for given in source.chars if given["text"] and given["size"] > _SPECK]
    shades = [
        Shade(shape["x0"], shape["top"], shape["x1"], shape["bottom"], colour)
        for shape in (*source.rects, *source.curves)
        if shape.get("fill") and (colour := rgb(shape.get("non_stroking_color")))
    ]
    shades = [s for s in shades if s.x1 - s.x0 > _THIN and s.bottom - s.top > _THIN]
    found = drawn_tables(source) if tables else []
    size = (float(source.width), float(source.height))
    source.close()  # what pdfplumber keeps of two hundred pages does not fit into the memory there is
    return Page(source.page_number, *size, chars, shades, found)
