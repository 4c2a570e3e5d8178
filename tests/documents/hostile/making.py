"""What hostile files are made with."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.documents.making import MAIN_PARTS, parts_of, zipped

OFFICE = ("docx", "xlsx", "pptx")
FOLDERS = {"docx": "word", "xlsx": "xl", "pptx": "ppt"}
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file that is not kept. `read_around`: as a paper it is read, since papers are never opened or handed out."""

    what: str
    name: str
    make: Callable[[], bytes]
    read_around: bool = False


def with_parts(kind: str, parts: dict[str, bytes]) -> bytes:
    """An Office file with parts more, or other ones."""
    return zipped({**parts_of(kind), **parts})


def with_words(kind: str, words: bytes) -> bytes:
    """An Office file whose main part holds these words."""
    return with_parts(kind, {MAIN_PARTS[kind]: b"<w>" + words + b"</w>"})


def with_type(kind: str, content_type: str) -> bytes:
    """An Office file that says of a part with a harmless name what it really is."""
    types = parts_of(kind)["[Content_Types].xml"].replace(
        b"</Types>", f'<Override PartName="/x.xml" ContentType="{content_type}"/></Types>'.encode()
    )
    return with_parts(kind, {"[Content_Types].xml": types, "x.xml": b"<x/>"})


def relation(kind: str, target: str, mode: str = "") -> bytes:
    """One relation; `mode` as it is written."""
    return f'<Relationship Id="r" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'.encode()


def with_relation(office: str, *relations: bytes) -> bytes:
    """An Office file whose main part leads somewhere."""
    folder, _, part = MAIN_PARTS[office].partition("/")
    content = b"<Relationships>" + b"".join(relations) + b"</Relationships>"
    return with_parts(office, {f"{folder}/_rels/{part}.rels": content})


def renamed_inside(data: bytes, name: str, other: str) -> bytes:
    """A zip that calls a part one thing before its bytes and another in its directory."""
    assert len(name) == len(other)
    return data.replace(name.encode(), other.encode(), 1)


def overlapping(kind: str, times: int = 50) -> bytes:
    """A zip whose directory names the same packed bytes many times: a bomb without anything inside it."""
    data = bytearray(with_parts(kind, {"a.xml": bytes(900_000)}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        begin = archive.start_dir
    directory, end = bytes(data[begin:-22]), data[-22:]
    last = directory[directory.rfind(b"PK\x01\x02") :]
    more = b"".join(last.replace(b"a.xml", b"b%03d." % n)[: len(last)] for n in range(times))
    count = struct.unpack("<H", end[10:12])[0] + times
    struct.pack_into("<HHI", end, 8, count, count, len(directory + more))
    return bytes(data[:begin]) + directory + more + bytes(end)


def with_comment(data: bytes, comment: bytes) -> bytes:
    """A zip with a comment at its end, in which anything may stand."""
    return data[:-2] + struct.pack("<H", len(comment)) + comment
