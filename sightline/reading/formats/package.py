"""Zipped Office files: what they hold, whether they may be opened, and what in them is left alone.

Nothing is unpacked to disk. Sizes are counted by unpacking in memory, never taken from what the file declares.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from sightline.reading.blocks import Notice, UnreadableFile
from sightline.reading.limits import MEGABYTE, Limits

_CHUNK = 256 * 1024
_LOCAL_HEADER = 30
_PLAIN_KINDS = {
    "wordprocessingml.document.main+xml": "docx",
    "wordprocessingml.template.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "spreadsheetml.template.main+xml": "xlsx",
    "presentationml": "pptx",
    "ms-excel.sheet.binary": "xlsb",
}
_MAIN_PARTS = ("word/document.xml", "xl/workbook.xml")
_STRICT = b"purl.oclc.org/ooxml"  # the names of the strict variety of Office Open XML
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
_DAMAGED = (
    "This file is damaged and cannot be unpacked; open it in the program that made it and save it again."
)


@dataclass(slots=True)
class Package:
    """What was found in a zipped file: its kind, its XML parts' traits, and its notices."""

    kind: str = "zip"
    macros: bool = False
    strict: bool = False
    notices: list[Notice] = field(default_factory=list)


def inspect(data: bytes, limits: Limits) -> Package:
    """Weighs and looks through a zipped file.

    Raises UnreadableFile where it is damaged, encrypted, too large when unpacked, or points outside itself.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError, EOFError) as error:
        raise UnreadableFile(_DAMAGED) from error
    _check_entries(entries, limits)
    package = Package()
    external = embedded = unpacked = 0
    for entry in entries:
        content = _unpacked(data, entry, limits.expanded - unpacked, limits)
        unpacked += len(content)
        _look_at(package, entry.filename, content)
        external += _external_targets(entry.filename, content)
        embedded += "/embeddings/" in entry.filename or "/activeX/" in entry.filename
    if external:
        package.notices.append(
            Notice(
                "external_link",
                f"{external} links to other files were ignored; nothing was fetched from them.",
            )
        )
    if embedded:
        package.notices.append(
            Notice("embedded_files", f"{embedded} files embedded in this one were not read.")
        )
    return package


def _check_entries(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [entry.filename for entry in entries]
    if len(entries) > limits.parts:
        raise UnreadableFile(
            f"This file is packed from more than {limits.parts:,} parts; save it again as a new file."
        )
    if any(_OUTSIDE.search(name) for name in names) or len(set(names)) < len(names):
        raise UnreadableFile(
            "This file names parts that lie outside it or twice in it, so it was not opened."
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableFile("This file is protected with a password; save a copy without one.")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise UnreadableFile(
            "This file is packed in a way no Office program uses; save it again as .docx or .xlsx."
        )


def _unpacked(data: bytes, entry: zipfile.ZipInfo, room: int, limits: Limits) -> bytes:
    """The content of one part, by its real size. Raises UnreadableFile as soon as it outgrows the limits."""
    header = data[entry.header_offset : entry.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise UnreadableFile(_DAMAGED)
    name, extra = struct.unpack("<HH", header[26:30])
    start = entry.header_offset + _LOCAL_HEADER + name + extra
    packed = data[start : start + entry.compress_size]
    content = packed if entry.compress_type == zipfile.ZIP_STORED else _inflated(packed, room, limits)
    if len(content) > room:
        raise UnreadableFile(_too_large(limits))
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise UnreadableFile(_DAMAGED)
    return content


def _inflated(packed: bytes, room: int, limits: Limits) -> bytes:
    engine, out, grown = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
    most = max(MEGABYTE, len(packed) * limits.ratio)
    try:
        while not engine.eof:
            chunk = engine.decompress(packed, _CHUNK)
            packed = engine.unconsumed_tail
            grown += len(chunk)
            out.append(chunk)
            if grown > min(room, most):
                raise UnreadableFile(_too_large(limits))
            if not chunk and not packed:
                raise UnreadableFile(_DAMAGED)
    except zlib.error as error:
        raise UnreadableFile(_DAMAGED) from error
    return b"".join(out)


def _too_large(limits: Limits) -> str:
    size = limits.expanded // MEGABYTE
    return f"This file unpacks to over {size} MB or {limits.ratio} times its weight, so it was not opened."


def _look_at(package: Package, name: str, content: bytes) -> None:
    lower = name.lower()
    if lower.endswith("vbaproject.bin") or "/macrosheets/" in lower:
        package.macros = True
    if lower == "mimetype":
        package.kind = "odf" if content.startswith(b"application/vnd.oasis") else package.kind
    if lower.endswith((".xml", ".rels", ".vml")) and _DECLARATION.search(content.replace(b"\x00", b"")):
        raise UnreadableFile(
            "This file declares entities, which Office files never do, so it was not opened."
        )
    if lower in _MAIN_PARTS and _STRICT in content[:4096]:
        package.strict = True
    if lower == "[content_types].xml":
        text = content.replace(b"\x00", b"").decode("utf-8", errors="replace")
        package.macros |= "macroEnabled" in text.replace(
            "sheet.binary.macroEnabled", ""
        )  # so named without any too
        package.kind = next((kind for mark, kind in _PLAIN_KINDS.items() if mark in text), package.kind)


def _external_targets(name: str, content: bytes) -> int:
    """How many relations of a part point outside the file, ordinary hyperlinks not counted."""
    return sum(1 for relation in _relations(name, content) if b"/hyperlink" not in relation)


def _relations(name: str, content: bytes) -> Iterator[bytes]:
    if name.lower().endswith(".rels"):
        yield from (found[0] for found in _RELATION.finditer(content) if b'TargetMode="External"' in found[0])
