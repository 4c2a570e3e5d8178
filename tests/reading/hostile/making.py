"""Honest little files of every kind, and the tools to spoil them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import docx
import openpyxl

from tests.reading.formats.paper import Sheet, pdf

ROWS = (("No.", "Action", "RAG"), ("1.1", "Ask the children", "Green"), ("1.2", "Tell them", "Red"))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True, slots=True)
class Case:
    """A hostile file. `wanted`: "refused" (by a sentence that holds `hint`), "warned" (with the code `hint`), "read",
    or "either": read or refused, as long as nothing breaks."""

    name: str
    ending: str
    make: Callable[[], bytes]
    wanted: str
    hint: str = ""


@cache
def word() -> bytes:
    document = docx.Document()
    document.add_heading("The plan", 1)
    table = document.add_table(rows=0, cols=3)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    return _saved(document.save)


@cache
def workbook() -> bytes:
    book = openpyxl.Workbook()
    for row in ROWS:
        book["Sheet"].append(row)
    return _saved(book.save)


@cache
def page() -> bytes:
    sheet = Sheet().words(50, 40, "The plan", size=18).grid((50, 100, 250, 350), (100, 120, 140, 160))
    for at, row in enumerate(ROWS):
        for x, words in zip((55, 105, 255), row, strict=True):
            sheet.words(x, 115 + 20 * at, words)
    return pdf(sheet)


def text(separator: str = "\t") -> bytes:
    return "\n".join(separator.join(row) for row in ROWS).encode()


def web(body: str = "", head: str = "") -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    return f"<!doctype html><html><head>{head}</head><body><table>{rows}</table>{body}</body></html>".encode()


def markdown() -> bytes:
    first, *others = ("|" + "|".join(row) + "|" for row in ROWS)
    return "\n".join((first, "|---|---|---|", *others)).encode()


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def honest(ending: str) -> bytes:
    """A small plan of the kind that `ending` names."""
    makers: dict[str, Callable[[], bytes]] = {
        "docx": word, "xlsx": workbook, "pdf": page, "txt": text, "html": web, "md": markdown,
        "csv": lambda: text(","), "tsv": text,
    }  # fmt: skip
    return makers[ending]()


def repacked(content: bytes, changes: dict[str, bytes | None], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zipped file with parts added, changed, or (None) taken out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w", method) as after:
        for name in before.namelist():
            if name not in changes:
                after.writestr(name, before.read(name))
        for name, part in changes.items():
            if part is not None:
                after.writestr(name, part)
    return out.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One part of a zipped file."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def altered(content: bytes, name: str, old: str, new: str) -> bytes:
    """A zipped file with words of one part changed."""
    before = part(content, name)
    assert old.encode() in before, (name, old)
    return repacked(content, {name: before.replace(old.encode(), new.encode(), 1)})


def cut(content: bytes, share: float) -> bytes:
    """The first part of a file."""
    return content[: int(len(content) * share)]


def flipped(content: bytes, seed: int, times: int = 8) -> bytes:
    """A file with a few bits turned over."""
    chance = random.Random(seed)
    spoilt = bytearray(content)
    for _ in range(times):
        spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def bomb(ending: str, name: str, size: int) -> bytes:
    """An Office file with one part that unpacks to `size` bytes of nothing, stored in a thousandth of that."""
    return repacked(honest(ending), {name: bytes(size)})


def lying(ending: str, name: str, real: bytes, declared: bytes) -> bytes:
    """An Office file with a part that declares the size and checksum of `declared` but unpacks to `real`."""
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = engine.compress(real) + engine.flush()
    content = bytearray(repacked(honest(ending), {name: declared}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entry = archive.getinfo(name)
        directory = archive.start_dir
    start = entry.header_offset + 30 + len(name)
    grown = len(packed) - entry.compress_size
    content[start : start + entry.compress_size] = packed
    directory += grown
    at = content.index(b"PK\x01\x02", directory)
    while content[at : at + 4] == b"PK\x01\x02":
        lengths = struct.unpack("<HHH", content[at + 28 : at + 34])
        if content[at + 46 : at + 46 + lengths[0]] == name.encode():
            struct.pack_into("<I", content, at + 20, len(packed))
        at += 46 + sum(lengths)
    struct.pack_into("<I", content, entry.header_offset + 18, len(packed))
    struct.pack_into("<I", content, at + 16, directory)
    return bytes(content)


def flagged(ending: str) -> bytes:
    """An Office file whose parts are marked as encrypted, as zip programs do with a password."""
    content = bytearray(honest(ending))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def ole(streams: str = "") -> bytes:
    """The beginning of an OLE file, with the names of its streams."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + streams.encode("utf-16-le") + bytes(512)
