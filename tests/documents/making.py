"""Making files for tests: small, whole, and of the kinds that are kept or refused."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from django.core.files.base import ContentFile

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 30 + b"\xff\xd9"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MAIN = {
    "docx": ("word/document.xml", f"{_OFFICE}.wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{_OFFICE}.spreadsheetml.sheet.main+xml"),
    "pptx": ("ppt/presentation.xml", f"{_OFFICE}.presentationml.presentation.main+xml"),
}


def office(kind: str = "docx", **parts: bytes) -> bytes:
    """An Office file; `parts` are further parts, with "__" for "/" and "_" for "." in their names."""
    name, content_type = _MAIN[kind]
    held = {
        "[Content_Types].xml": f'<Types><Override ContentType="{content_type}"/></Types>'.encode(),
        name: b"<w/>",
        **{key.replace("__", "/").replace("_", "."): value for key, value in parts.items()},
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, content in held.items():
            archive.writestr(part, content)
    return made.getvalue()


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
