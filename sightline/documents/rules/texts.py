"""Plain text and CSV: text from end to end, and not a page or a program that goes by that name."""

from __future__ import annotations

import re

from sightline.documents.choices import FileKind, FileRefused
from sightline.documents.rules.findings import TWO_KINDS
from sightline.documents.rules.names import ending_of
from sightline.documents.rules.office import OTHER
from sightline.documents.rules.wholes import is_zip_as_well
from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats.encodings import decode

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"\x00asm",
)
# Beginnings by which other programs than a text editor take a text for theirs: web pages, mail with pages in it, rich
# text, printers' programs, SYLK and web queries of Excel, shortcuts, the registry, command files.
_OTHERS = (
    "<!", "<html", "<head", "<body", "<script", "<svg", "<?", "<%", "<iframe", "<hta:", "{\\rtf", "%!ps", "%pdf-",
    "id;p", "mime-version:", "web\n1\n", "[internetshortcut]", "[{000214a0", "regedit4", "windows registry editor",
    "@echo", "[autorun]", "[.shellclassinfo]", "-----begin", "<job", "<package", "<component", "<scriptlet",
)  # fmt: skip
_RUNS_IN_A_PAGE = re.compile(r"<\s*(?:script|iframe|object|embed|svg|hta:application)\b[^>]{0,200}>", re.I)
_OLD = "This is an old or a protected Office file; save it as .docx, .xlsx or PDF, without a password."


def text_kind(data: bytes, name: str, *, pages: bool = False) -> FileKind:
    """CSV or plain text, which the name alone tells apart. `pages`: web pages count as text, since they are only read.

    Raises FileRefused for what is no text, and for text that another program would run.
    """
    if data.startswith(_OLE):
        raise FileRefused(_OLD)
    if data.startswith(_PROGRAMS):
        raise FileRefused(OTHER)
    try:
        text = decode(data)[0]
    except UnreadableFile:
        raise FileRefused(OTHER) from None
    if not pages:
        _check_words(text)
    if is_zip_as_well(data):
        raise FileRefused(TWO_KINDS)
    return FileKind.CSV if ending_of(name) in (".csv", ".tsv") else FileKind.TEXT


def _check_words(text: str) -> None:
    begin = text[:1024].replace("\x00", "").lstrip("\ufeff \t\n").lower()
    if begin.startswith(_OTHERS) or _RUNS_IN_A_PAGE.search(text):
        raise FileRefused(OTHER)
