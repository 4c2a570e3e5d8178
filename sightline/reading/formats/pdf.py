"""PDFs: by their structure tree where they are tagged, else by drawn lines and the places of words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

import pdfplumber
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFParser

from sightline.reading.blocks import Block, Heading, PrintedDocument, UnreadableFile
from sightline.reading.formats.pdf_pages import Page, check, laid_out
from sightline.reading.formats.pdf_tagged import Tagged, tagged_share
from sightline.reading.formats.pdf_tree import Node, structure
from sightline.reading.formats.pdf_untagged import Untagged
from sightline.reading.formats.words import collapse
from sightline.reading.limits import DEFAULT, Limits

_COVERED = 0.8  # a structure tree that covers less of the text than this is not believed


def read_pdf(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a PDF. Positions are page, table, row and column.

    Raises UnreadableFile where it is encrypted, has too many pages, or holds pictures of text only.
    """
    with path.open("rb") as file:
        notices = check(_document(file), limits)
    with path.open("rb") as file, pdfplumber.open(file) as pdf:
        numbers: dict[Any, int] = {source.page_obj.pageid: source.page_number for source in pdf.pages}
        tree = structure(pdf.doc.catalog, numbers)
        pages = laid_out(pdf, tables=tree is None or not _has_table(tree))
        if not any(page.chars for page in pages):
            raise UnreadableFile(
                "This PDF holds pictures of pages and no text; ask for one saved from its program."
            )
        blocks = _tagged(tree, pages) if tree is not None else None
        if blocks is None:
            if tree is not None and _has_table(tree):
                pages = laid_out(pdf, tables=True)
            untagged = Untagged(pages)
            untagged.read()
            blocks, notices = untagged.blocks, notices + untagged.notices
        title = next((b.text for b in blocks if isinstance(b, Heading)), "")
        info = pdf.metadata.get("Title") if isinstance(pdf.metadata, dict) else ""
        return PrintedDocument(
            tuple(blocks), "pdf", title=title or collapse(str(info or "")), notices=tuple(notices)
        )


def _document(file: BinaryIO) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(file))
    except PDFPasswordIncorrect as error:
        raise UnreadableFile(
            "This PDF is protected with a password; save a copy of it without one."
        ) from error


def _tagged(tree: Node, pages: list[Page]) -> list[Block] | None:
    """The blocks the tree gives; None where it covers too little text, or knows of no table where one is drawn."""
    if tagged_share(tree, pages) < _COVERED or any(page.tables for page in pages):
        return None
    tagged = Tagged({page.number: page for page in pages})
    tagged.walk(tree)
    return tagged.blocks


def _has_table(node: Node) -> bool:
    return any(child.kind == "Table" or _has_table(child) for child in node.nodes())
