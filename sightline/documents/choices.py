"""What kinds of file are kept, how large they may be, and what they are called. No Django here."""

from __future__ import annotations

from enum import StrEnum

MEGABYTE = 1024 * 1024
MOST_BYTES = 20 * MEGABYTE
MOST_AT_ONCE = 10


class FileKind(StrEnum):
    """What a file is, found by its content."""

    PDF = "pdf"
    WORD = "docx"
    EXCEL = "xlsx"
    SLIDES = "pptx"
    CSV = "csv"
    TEXT = "txt"
    PNG = "png"
    JPEG = "jpeg"


LABELS: dict[FileKind, str] = {
    FileKind.PDF: "PDF",
    FileKind.WORD: "Word document",
    FileKind.EXCEL: "Excel workbook",
    FileKind.SLIDES: "presentation",
    FileKind.CSV: "CSV table",
    FileKind.TEXT: "plain text",
    FileKind.PNG: "PNG picture",
    FileKind.JPEG: "JPEG picture",
}
_OFFICE = "application/vnd.openxmlformats-officedocument"
CONTENT_TYPES: dict[FileKind, str] = {
    FileKind.PDF: "application/pdf",
    FileKind.WORD: f"{_OFFICE}.wordprocessingml.document",
    FileKind.EXCEL: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.SLIDES: f"{_OFFICE}.presentationml.presentation",
    FileKind.CSV: "text/csv",
    FileKind.TEXT: "text/plain",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
# The first is given to a file that came without an ending.
ENDINGS: dict[FileKind, tuple[str, ...]] = {
    FileKind.PDF: (".pdf",),
    FileKind.WORD: (".docx",),
    FileKind.EXCEL: (".xlsx",),
    FileKind.SLIDES: (".pptx",),
    FileKind.CSV: (".csv", ".tsv"),
    FileKind.TEXT: (".txt", ".md", ".text"),
    FileKind.PNG: (".png",),
    FileKind.JPEG: (".jpg", ".jpeg"),
}
ACCEPTED = "Word, Excel, PowerPoint, PDF, CSV, plain text, PNG and JPEG"


class Fault(StrEnum):
    """What can be wrong with a stored file."""

    MISSING = "missing"
    CHANGED = "changed"


FAULT_LABELS: dict[Fault, str] = {
    Fault.MISSING: "is missing",
    Fault.CHANGED: "is not what was handed over",
}


class FileRefused(Exception):
    """A file is not kept; the message is one sentence fit to show."""
