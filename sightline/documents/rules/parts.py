"""One part of an Office file: by its name, by its first bytes, and by the words in it that start or fetch something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import PurePosixPath

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED, Finding

_RUNNING = re.compile(
    r"vbaproject|vbadata|macrosheets/|dialogsheets/|activex/|customui|webextensions/|attachedtoolbars"
)
_PLAIN = frozenset(
    (
        ".xml", ".rels", ".vml", ".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".gif", ".emf", ".wmf", ".tif", ".tiff",
        ".bmp", ".svg", ".wdp", ".webp", ".ico", ".odttf", ".fntdata", ".ttf", ".psmdcp", ".docx", ".xlsx", ".pptx",
        ".wav", ".mp3", ".m4a", ".mp4", ".mov", ".wmv", ".avi", ".xsd", ".json", ".txt",
    )
)  # fmt: skip
_OTHER_PROGRAMS = (
    b"MZ",
    b"\xd0\xcf\x11\xe0",
    b"\x7fELF",
    b"%PDF-",
    b"{\\rtf",
    b"PK\x03\x04",
    b"#!",
    b"Rar!",
    b"7z\xbc\xaf",
)
_PAGES = re.compile(rb"^[\s\xef\xbb\xbf]*<(?:!doctype|html|script|hta)", re.I)
# Content types of parts that run, whatever the parts are named.
_TYPES = re.compile(
    rb"vbaproject|macroenabled|activex|macrosheet|attachedtoolbars|legacy\.?keys|webextension", re.I
)
_OBJECT_TYPES = re.compile(rb"oleobject|application/(?:x-)?(?:msdownload|hta|java|rtf)|text/html", re.I)
_ENCODING = re.compile(rb"""<\?xml[^>]{0,200}encoding\s*=\s*["']([^"']*)""", re.I)
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")
_WIDE = (b"\xff\xfe", b"\xfe\xff")

_FIELD = re.compile(
    rb"""<(?:\w+:)?(?:instrText|delInstrText)\b[^>]*>([^<]*)<|<(?:\w+:)?fldChar\b|\b(?:\w+:)?instr\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
_FIELD_ACTS = re.compile(r"(?im)^\W*(?:DDE|DDEAUTO)\b|^\W*QUOTE(?:\s+\d+){3}")
_FIELD_FETCHES = re.compile(r"(?im)^\W*INCLUDE(?:TEXT|PICTURE)\W+(?:https?:|ftp:|file:|\\\\|//)")
_FIELD_LINK = re.compile(
    r"(?im)^\W*HYPERLINK\W+(?:javascript|vbscript|data|ms-[\w-]+|search-ms|mhtml|shell):"
)
_FORMULA = re.compile(rb"<(?:\w+:)?(?:f|definedName|formula1?|formula2)\b[^>]*>([^<]+)<")
_TEXT_IN_FORMULA = re.compile(r'"[^"]*"')
_FORMULA_ACTS = re.compile(r"(?i)\b(?:CALL|REGISTER(?:\.ID)?|EXEC|RTD)\s*\(|[\w.'\]]\s*\|\s*['\w]")
_FORMULA_FETCHES = re.compile(r"(?i)\b(?:WEBSERVICE|IMAGE)\s*\(")
_SLIDE_ACTS = re.compile(rb"ppaction://(?:program|macro|ole|hlinkfile)", re.I)
_LINKS = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink|dbPr|webPr|olapPr|textPr)\b")
_DRAWING_ACTS = re.compile(
    rb"<\s*(?:\w+:)?(?:script|foreignObject|iframe|handler)\b|\bon[a-z]+\s*=|javascript:", re.I
)


def findings_in_part(name: str, content: bytes) -> Iterator[Finding]:
    """What the name of a part and its first bytes tell."""
    if _RUNNING.search(name):
        yield Finding.RUNS
    ending = PurePosixPath(name).suffix
    if ending == ".bin" and "/embeddings/" in name:
        yield Finding.OBJECT
    elif ending not in _PLAIN and "printersettings" not in name:
        yield Finding.STRANGE
    if content.startswith(_OTHER_PROGRAMS) or _PAGES.match(content[:200]):
        yield Finding.OBJECT


def findings_in_xml(name: str, content: bytes) -> Iterator[Finding]:
    """What the words of a part tell. Raises FileRefused for a writing that would hide them."""
    text = _plain(content)
    if name == "[content_types].xml":
        yield from _of_types(text)
    elif name.startswith("word/"):
        yield from _of_fields(text)
    elif name.startswith("xl/"):
        yield from _of_formulas(text)
    elif name.startswith("ppt/") and _SLIDE_ACTS.search(text):
        yield Finding.RUNS
    if name.endswith(".svg") and _DRAWING_ACTS.search(text):
        yield Finding.RUNS


def _plain(content: bytes) -> bytes:
    """The part in the letters that everything here is looked for in."""
    if content.startswith(_WIDE):
        return content.decode("utf-16", "replace").encode()
    said = _ENCODING.match(content[:300].lstrip(b"\xef\xbb\xbf"))
    if b"\x00" in content[:100] or (said and said[1].lower() not in _ENCODINGS):
        raise FileRefused(DAMAGED)
    return content


def _of_types(text: bytes) -> Iterator[Finding]:
    if _TYPES.search(text):
        yield Finding.RUNS
    if _OBJECT_TYPES.search(text):
        yield Finding.OBJECT


def _of_fields(text: bytes) -> Iterator[Finding]:
    """Fields of Word: their words may be cut into pieces, so they are put together first."""
    pieces = [found[1] or b"\n%b\n" % (found[2] or found[3] or b"") for found in _FIELD.finditer(text)]
    lines = unescape(b"".join(pieces).decode("utf-8", "replace"))
    if _FIELD_ACTS.search(lines) or "DDEAUTO" in "".join(lines.split()).upper() or _FIELD_LINK.search(lines):
        yield Finding.RUNS
    if _FIELD_FETCHES.search(lines):
        yield Finding.FETCHES


def _of_formulas(text: bytes) -> Iterator[Finding]:
    if _LINKS.search(text):
        yield Finding.FETCHES
    for found in _FORMULA.finditer(text):
        formula = _TEXT_IN_FORMULA.sub("", unescape(found[1].decode("utf-8", "replace")))
        if _FORMULA_ACTS.search(formula):
            yield Finding.RUNS
        if _FORMULA_FETCHES.search(formula):
            yield Finding.FETCHES
