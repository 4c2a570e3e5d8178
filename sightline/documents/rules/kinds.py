"""What a file is, by its content and never by its name, and what in it is not kept: macros and whatever runs."""

from __future__ import annotations

import io
import zipfile

from sightline.documents.choices import ACCEPTED, MEGABYTE, MOST_BYTES, FileKind, FileRefused
from sightline.documents.rules.acting import acts
from sightline.documents.rules.names import ending_of
from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats.encodings import decode
from sightline.reading.formats.package import inspect
from sightline.reading.limits import DEFAULT

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PNG, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_JPEG, _JPEG_END = b"\xff\xd8\xff", b"\xff\xd9"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")
_OFFICE = {"docx": FileKind.WORD, "xlsx": FileKind.EXCEL, "pptx": FileKind.SLIDES}
_TAIL = 4096

MACROS = "This file holds macros or other parts that run; save it without them, or as a PDF."
_CUT = "The end of this file is missing; download it or ask for it again."
_OTHER = f"This kind of file is not kept. Kept are: {ACCEPTED}."


def kind_of(data: bytes, name: str = "") -> FileKind:
    """The kind of a file. The name tells CSV from plain text, and nothing else.

    Raises FileRefused for an empty or too large file, for kinds that are not kept, and for what acts when opened.
    """
    _check_size(data)
    head = data[:1024]
    if head.startswith(_ZIP):
        return _office(data)
    if b"%PDF-" in head:
        return _pdf(data)
    if head.startswith((_PNG, _JPEG)):
        return _picture(data)
    return _text(data, name)


def _check_size(data: bytes) -> None:
    if not data.strip():
        raise FileRefused("This file is empty; check that the right one was chosen.")
    if len(data) > MOST_BYTES:
        size = MOST_BYTES // MEGABYTE
        raise FileRefused(f"This file is larger than {size} MB; split it, or save it without its pictures.")


def _office(data: bytes) -> FileKind:
    try:
        package = inspect(data, DEFAULT)
    except UnreadableFile as refused:
        raise FileRefused(str(refused)) from refused
    if package.macros or any(map(_runs, _parts(data))):
        raise FileRefused(MACROS)
    if package.kind not in _OFFICE:
        raise FileRefused(_OTHER)
    return _OFFICE[package.kind]


def _parts(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [name.lower() for name in archive.namelist()]


def _runs(part: str) -> bool:
    """Whether a part of an Office file is a control, or another program's object that opens with it."""
    if "/activex/" in part:
        return True
    return "/embeddings/" in part and not part.endswith(tuple(f".{ending}" for ending in _OFFICE))


def _pdf(data: bytes) -> FileKind:
    if b"%%EOF" not in data[-_TAIL:]:
        raise FileRefused(_CUT)
    if acts(data):
        raise FileRefused(
            "This PDF holds a script, a command or another file; print it to a new PDF and add that."
        )
    return FileKind.PDF


def _picture(data: bytes) -> FileKind:
    kind, end = (FileKind.PNG, _PNG_END) if data.startswith(_PNG) else (FileKind.JPEG, _JPEG_END)
    if end not in data[-_TAIL:]:
        raise FileRefused(_CUT)
    return kind


def _text(data: bytes, name: str) -> FileKind:
    if data.startswith(_OLE):
        raise FileRefused(
            "This is an old or a protected Office file; save it as .docx, .xlsx or PDF, without a password."
        )
    begin = data[:1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if begin.startswith(_MARKUP) or data.startswith(_PROGRAMS):
        raise FileRefused(_OTHER)
    try:
        decode(data)
    except UnreadableFile:
        raise FileRefused(_OTHER) from None
    return FileKind.CSV if ending_of(name) in (".csv", ".tsv") else FileKind.TEXT
