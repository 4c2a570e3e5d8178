"""PNG pictures, chunk by chunk (ISO/IEC 15948)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED, TWO_KINDS
from sightline.documents.rules.points import check_points
from sightline.documents.rules.turns import only_turned, turned_by

PNG = b"\x89PNG\r\n\x1a\n"
# What a picture needs to look as it does. Texts, times, EXIF but for how
# the picture is turned, and what programs add of their own are left out.
_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs acTL fcTL fdAT cICP".split()
)
_MOST_OF_PROFILE = 1024 * 1024
_MOST_CHUNKS = 50_000


def bare_png(data: bytes) -> bytes:
    """The picture without what stands beside it. Raises FileRefused where it is not whole, or not only a picture."""
    parts, names = [PNG], []
    for name, chunk, content in _chunks(data):
        names.append(name)
        if name == b"IHDR":
            _check_size(content)
        if name in _KEPT:
            _check_profile(name, content)
            parts.append(chunk)
        elif name == b"eXIf":
            parts.append(_turned(content))
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names or names.count(b"IHDR") > 1:
        raise FileRefused(DAMAGED)
    return b"".join(parts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Name, whole chunk and content of each, up to the last, behind which nothing may stand."""
    at = len(PNG)
    for _ in range(_MOST_CHUNKS):
        if len(data) - at < 12:
            raise FileRefused(DAMAGED)
        size, name = struct.unpack(">I4s", data[at : at + 8])
        chunk = data[at : at + 12 + size]
        if len(chunk) < 12 + size or zlib.crc32(chunk[4:-4]) != struct.unpack(">I", chunk[-4:])[0]:
            raise FileRefused(DAMAGED)
        at += len(chunk)
        yield name, chunk, chunk[8:-4]
        if name == b"IEND":
            break
    if at != len(data):
        raise FileRefused(TWO_KINDS)


def _turned(notes: bytes) -> bytes:
    """The chunk that says how the picture is to be turned; nothing where it lies as it should."""
    turned = turned_by(notes)
    if turned in (None, 1):
        return b""
    content = b"eXIf" + only_turned(turned)
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))


def _check_size(header: bytes) -> None:
    if len(header) != 13:
        raise FileRefused(DAMAGED)
    check_points(*struct.unpack(">II", header[:8]))


def _check_profile(name: bytes, content: bytes) -> None:
    """A colour profile is packed; one that unpacks without end is none."""
    if name != b"iCCP":
        return
    try:
        engine = zlib.decompressobj()
        engine.decompress(content.partition(b"\x00")[2][1:], _MOST_OF_PROFILE)
    except zlib.error:
        raise FileRefused(DAMAGED) from None
    if engine.unconsumed_tail:
        raise FileRefused(DAMAGED)
