"""Opens a file: weighs it, looks at what it is, and hands it to the reader of its format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from itertools import chain
from pathlib import Path

from sightline.reading.blocks import PrintedDocument, Table, UnreadableFile
from sightline.reading.formats.package import Package, inspect
from sightline.reading.formats.weighing import weigh_blocks, weigh_rows
from sightline.reading.limits import DEFAULT, MEGABYTE, Limits

Reader = Callable[[Path, Limits], PrintedDocument]

# Each reader is imported when it is needed: PDF and Excel libraries are slow to load.
READERS = {
    "txt": ("sightline.reading.formats.txt", "read_txt"),
    "html": ("sightline.reading.formats.html", "read_html"),
    "docx": ("sightline.reading.formats.docx", "read_docx"),
    "xlsx": ("sightline.reading.formats.xlsx", "read_xlsx"),
    "csv": ("sightline.reading.formats.delimited", "read_csv"),
    "tsv": ("sightline.reading.formats.delimited", "read_tsv"),
    "md": ("sightline.reading.formats.markdown", "read_markdown"),
    "pdf": ("sightline.reading.formats.pdf", "read_pdf"),
}
ENDINGS = {
    "txt": "txt", "text": "txt", "md": "md", "markdown": "md", "csv": "csv", "tsv": "tsv", "tab": "tsv",
    "html": "html", "htm": "html", "docx": "docx", "dotx": "docx", "xlsx": "xlsx", "xltx": "xlsx", "pdf": "pdf",
}  # fmt: skip
SAVE_AS = {
    "doc": "an old Word file (.doc); save it as .docx",
    "xls": "an old Excel file (.xls); save it as .xlsx",
    "xlsb": "a binary Excel file (.xlsb); save it as .xlsx",
    "odt": "an OpenDocument text; save it as .docx",
    "ods": "an OpenDocument spreadsheet; save it as .xlsx",
    "rtf": "a rich text file; save it as .docx",
    "ppt": "a presentation; save it as .pdf",
    "pptx": "a presentation; save it as .pdf",
}
NAMES = {
    "docx": "a Word document", "xlsx": "an Excel workbook", "pdf": "a PDF", "text": "plain text", "html": "a web page",
    "zip": "a zip archive", "ole": "an old or protected Office file", "pptx": "a presentation",
    "xlsb": "a binary Excel workbook", "odf": "an OpenDocument file", "rtf": "rich text", "binary": "something else",
}  # fmt: skip
_ACCEPTED = "Sightline reads Word (.docx), Excel (.xlsx), CSV, TSV, PDF, HTML, Markdown and plain text"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAIL = 4096
_PASSWORD = "This file is protected with a password; save a copy without one."  # noqa: S105  (a sentence, not a secret)
_DAMAGED = "This file is damaged and cannot be read; open it in the program that made it and save it again."


def printed(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The file as neutral blocks, with its name and SHA-256.

    Raises UnreadableFile, whose message is one sentence fit to show, where it cannot or must not be read.
    """
    data = _weighed(path, limits)
    found = _content(data)
    package = inspect(data, limits) if found == "zip" else Package()
    if package.macros:
        raise UnreadableFile("This file holds macros; save it without them, as an ordinary .docx or .xlsx.")
    if found == "pdf" and not _ends(data):
        raise UnreadableFile("The end of this PDF is missing; download it or ask for it again.")
    kind = _kind(path, package.kind if found == "zip" else found, data)
    if package.strict:
        raise UnreadableFile("This file is of the strict variety; save it as an ordinary .docx or .xlsx.")
    document = _read(kind, path, limits)
    _check_size(document, limits)
    return replace(
        document,
        file=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        notices=(*package.notices, *document.notices),
    )


def _weighed(path: Path, limits: Limits) -> bytes:
    try:
        if path.stat().st_size > limits.file:
            size = limits.file // MEGABYTE
            raise UnreadableFile(
                f"This file has more than {size} MB; split it, or save it without its pictures."
            )
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unknown reason").lower()
        raise UnreadableFile(
            f"This file cannot be opened ({reason}); check its name and its folder."
        ) from error
    if not data.strip():
        raise UnreadableFile("This file is empty; check that the right one was chosen.")
    return data


def _content(data: bytes) -> str:
    """What the bytes are: zip, ole, pdf, rtf, html, text or binary."""
    head = data[:1024]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    begin = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if begin.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "html"
    known_binary = (
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x1f\x8b",
        b"MZ",
        b"\x7fELF",
        b"7z\xbc\xaf",
        b"Rar!",
        b"BZh",
    )
    return "binary" if head.startswith(known_binary) else "text"


def _ends(data: bytes) -> bool:
    """Whether a PDF has its end: one that was cut in transit would be read in part, and nobody told."""
    return b"%%EOF" in data[-_TAIL:]


def _kind(path: Path, found: str, data: bytes) -> str:
    """The reader's name for a file. Raises UnreadableFile where name and content do not agree, or nobody reads it."""
    ending = path.suffix.lower().lstrip(".")
    if found == "ole" and "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableFile(_PASSWORD)
    if ending in ("docm", "xlsm", "dotm", "xltm", "xlam"):
        raise UnreadableFile(
            "This kind of file may hold macros; save it without them, as an ordinary .docx or .xlsx."
        )
    if ending in SAVE_AS:
        raise UnreadableFile(f"This is {SAVE_AS[ending]}.")
    if ending and ending not in ENDINGS:
        raise UnreadableFile(f"Files named .{ending[:12]} are not read; {_ACCEPTED}.")
    kind = ENDINGS.get(ending) or {"text": "txt"}.get(found, found)
    if kind not in ENDINGS.values():
        raise UnreadableFile(f"This file holds {NAMES[found]}, which is not read; {_ACCEPTED}.")
    wanted = {"docx": ("docx",), "xlsx": ("xlsx",), "pdf": ("pdf",), "html": ("html", "text")}
    if found not in wanted.get(kind, ("text",)):
        raise UnreadableFile(
            f"This file is named .{ending} but holds {NAMES[found]}; save it again as what it is named."
        )
    return kind


def _read(kind: str, path: Path, limits: Limits) -> PrintedDocument:
    module, function = READERS[kind]
    reader: Reader = getattr(import_module(module), function)
    try:
        return reader(path, limits)
    except (UnreadableFile, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError as error:
        raise UnreadableFile("This file needs more memory than a reading may take; split it.") from error
    except RecursionError as error:
        raise UnreadableFile(
            "The parts of this file lie too deep in one another; save it again as a new file."
        ) from error
    except BaseException as error:
        # Hostile bytes meet other people's parsers here, and a panic in a Rust parser is no Exception.
        raise UnreadableFile(_DAMAGED) from error


def _check_size(document: PrintedDocument, limits: Limits) -> None:
    weigh_blocks(len(document.blocks), limits)
    weigh_rows(sum(len(table.rows) for table in document.tables), limits)
    widest = max((table.width for table in document.tables), default=0)
    if widest > limits.columns:
        raise UnreadableFile(
            f"A table in this file has more than {limits.columns} columns; leave out what is no plan."
        )
    cells = (len(c.text) for t in document.tables for row in t.rows for c in row.cells)
    lines = (len(block.text) for block in document.blocks if not isinstance(block, Table))
    if max(chain(cells, lines), default=0) > limits.cell:
        raise UnreadableFile(f"A paragraph or cell has more than {limits.cell:,} characters; shorten it.")
