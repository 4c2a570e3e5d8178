"""Making files for tests: small, whole, and of the kinds that are kept or refused."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.base import ContentFile

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAIN = {
    "docx": ("word/document.xml", f"{_OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation.main+xml"),
}
MAIN_PARTS = {kind: part for kind, (part, _) in _MAIN.items()}


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(*more: bytes, width: int = 1, height: int = 1) -> bytes:
    """A grey PNG; `more` are further chunks before its points."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    points = chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(more) + points + chunk(b"IEND", b"")


def segment(mark: int, content: bytes) -> bytes:
    """One segment of a JPEG."""
    return struct.pack(">BBH", 0xFF, mark, len(content) + 2) + content


def jpeg(*more: bytes, width: int = 8, height: int = 8, behind: bytes = b"") -> bytes:
    """A JPEG of sorts: `more` are segments beside the picture, `behind` is what follows its end."""
    tables = segment(0xDB, b"\x00" + b"\x01" * 64) + segment(0xC4, b"\x00" + b"\x01" + b"\x00" * 15 + b"\x00")
    frame = segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x7f\xff\x00\x2a\xff\xd0\x15"
    jfif = segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
    return b"\xff\xd8" + jfif + b"".join(more) + tables + frame + scan + b"\xff\xd9" + behind


def exif(turned: int = 1, place: bytes = b"N 51 30 26") -> bytes:
    """What a camera writes beside a photograph: how it is turned, and where it was taken."""
    directory = struct.pack("<HHHIHHI", 1, 0x0112, 3, 1, turned, 0, 0)
    return segment(0xE1, b"Exif\x00\x00II\x2a\x00\x08\x00\x00\x00" + directory + b"GPS" + place)


PNG, JPEG = png(), jpeg()


def parts_of(kind: str = "docx") -> dict[str, bytes]:
    """The parts of a small Office file."""
    name, content_type = _MAIN[kind]
    types = f'<Types><Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    return {"[Content_Types].xml": types.encode(), name: b"<w/>"}


def zipped(parts: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED, level: int | None = None) -> bytes:
    """The parts in a zip archive; 1 packs large ones fastest."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing, compresslevel=level) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return made.getvalue()


def office(kind: str = "docx", **parts: bytes) -> bytes:
    """An Office file; `parts` are further parts, with "__" for "/" and "_" for "." in their names."""
    more = {key.replace("__", "/").replace("_", "."): value for key, value in parts.items()}
    return zipped({**parts_of(kind), **more})


def pdf(body: bytes = b"", packed: bytes = b"") -> bytes:
    """A PDF of sorts; `packed` stands in an object stream."""
    stream = zlib.compress(packed)
    held = (
        b"5 0 obj <</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + stream + b"\nendstream"
        if packed
        else b""
    )
    return b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n" + body + held + b"\ntrailer\n%%EOF\n"


def file(content: bytes = b"Twenty files were read.", name: str = "audit.txt") -> ContentFile[bytes]:
    return ContentFile(content, name=name)


def hung_up(response: Any) -> Any:
    """The response with its file closed, as a server does at the end; closing all of it would close the database."""
    for close in response._resource_closers:
        close()
    return response
