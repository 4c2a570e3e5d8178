"""Documents out: one description of a document, written as Word, tagged PDF, HTML, Excel, CSV or Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sightline.rendering.csv_writer import to_csv
from sightline.rendering.document import Document, Figure, Table
from sightline.rendering.excel import to_xlsx
from sightline.rendering.html import to_html
from sightline.rendering.markdown import to_markdown
from sightline.rendering.pdf import to_pdf
from sightline.rendering.word import to_docx

__all__ = ["EXTENSIONS", "MEDIA_TYPES", "UnknownFormat", "write"]

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
}
"""What a web response says of each format."""

EXTENSIONS = {name: f".{name}" for name in MEDIA_TYPES}
"""The ending of a file's name for each format."""


class UnknownFormat(ValueError):
    """There is no writer for the format asked for."""


def write(doc: Document, format: str) -> bytes:
    """The document in one of the formats of `MEDIA_TYPES`.

    CSV holds the tables only, those of figures too; where there are several, each stands under its caption.
    Raises UnknownFormat, and ValueError where the document has no table for CSV or cannot be prepared.
    """
    if format not in _WRITERS:
        raise UnknownFormat(f"Sightline writes {', '.join(_WRITERS)}; not “{format}”.")
    return _WRITERS[format](doc)


def _csv(doc: Document) -> bytes:
    tables = [b if isinstance(b, Table) else b.table for b in doc.blocks if isinstance(b, Table | Figure)]
    present = [table for table in tables if table]
    if not present:
        raise ValueError("The document has no table, so there is nothing to write as CSV.")
    return "\r\n".join(_captioned(t) if len(present) > 1 else to_csv(t) for t in present).encode("utf-8-sig")


def _captioned(table: Table) -> str:
    caption = to_csv(replace(table, columns=(replace(table.columns[0], heading=table.caption),), rows=()))
    return caption + to_csv(table)


_WRITERS: dict[str, Callable[[Document], bytes]] = {
    "docx": to_docx,
    "pdf": to_pdf,
    "html": lambda doc: to_html(doc).encode(),
    "xlsx": to_xlsx,
    "csv": _csv,
    "md": lambda doc: to_markdown(doc).encode(),
}
