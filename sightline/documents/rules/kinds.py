"""What a file is, by its content and never by its name, and whether it may be kept or read."""

from __future__ import annotations

from sightline.documents.choices import MEGABYTE, MOST_BYTES, FileKind, FileRefused
from sightline.documents.rules.findings import Finding
from sightline.documents.rules.jpegs import JPEG
from sightline.documents.rules.office import office_kind
from sightline.documents.rules.pdfs import check_pdf
from sightline.documents.rules.pictures import bare
from sightline.documents.rules.pngs import PNG
from sightline.documents.rules.texts import text_kind

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PICTURES = {PNG: FileKind.PNG, JPEG + b"\xff": FileKind.JPEG}
# Papers are read in a child process and never handed out: what acts only in the program that made them is read around.
_READ_AROUND = frozenset({Finding.OBJECT, Finding.FETCHES, Finding.LEADS, Finding.STRANGE})


def kind_of(data: bytes, name: str = "") -> FileKind:
    """The kind of a file that is to be kept and handed out. The name tells CSV from plain text, and nothing else.

    Raises FileRefused for an empty or too large file, for kinds that are not kept, and for what acts when opened.
    """
    kind = _known_kind(data)
    if kind is None:
        return text_kind(data, name)
    return kind


def paper_kind(data: bytes, name: str = "") -> FileKind:
    """The kind of a file that is to be read. Raises FileRefused as `kind_of`, but web pages are read too, and what a
    Word file holds of other programs or fetches is left alone.
    """
    kind = _known_kind(data, _READ_AROUND)
    if kind in (FileKind.PNG, FileKind.JPEG, FileKind.SLIDES):
        raise FileRefused(
            "This is a picture or a presentation, which is not read; save it as a PDF with its text."
        )
    return text_kind(data, name, pages=True) if kind is None else kind


def _known_kind(data: bytes, tolerated: frozenset[Finding] = frozenset()) -> FileKind | None:
    """What a file's first bytes say it is, once the rest was held against that; None: perhaps text."""
    _check_size(data)
    if data.startswith(_ZIP):
        return office_kind(data, tolerated)
    if b"%PDF-" in data[:1024]:
        check_pdf(data)
        return FileKind.PDF
    picture = next((kind for sign, kind in _PICTURES.items() if data.startswith(sign)), None)
    if picture:
        bare(data, picture)
    return picture


def _check_size(data: bytes) -> None:
    if not data.strip():
        raise FileRefused("This file is empty; check that the right one was chosen.")
    if len(data) > MOST_BYTES:
        size = MOST_BYTES // MEGABYTE
        raise FileRefused(f"This file is larger than {size} MB; split it, or save it without its pictures.")
