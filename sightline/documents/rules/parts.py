"""One part of an Office file: by its name and by its first bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from sightline.documents.rules.findings import Finding

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
