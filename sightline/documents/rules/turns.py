"""How a picture is to be turned, by what cameras write beside it (EXIF 2.3, 4.6.4), and that alone written anew."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_ORIENTATION = 0x0112


def turned_by(tiff: bytes) -> int | None:
    """From 1, as it lies, to 8; nothing where the notes do not say, or are damaged."""
    return next((value for tag, value in _entries(tiff) if tag == _ORIENTATION and 1 <= value <= 8), None)


def _entries(tiff: bytes) -> Iterator[tuple[int, int]]:
    """Tags of the first directory with their short values; nothing where it is damaged."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return
    (at,) = struct.unpack(f"{order}I", tiff[4:8])
    count = struct.unpack(f"{order}H", tiff[at : at + 2])[0] if len(tiff) >= at + 2 else 0
    for place in range(at + 2, at + 2 + 12 * min(count, 200), 12):
        entry = tiff[place : place + 10]
        if len(entry) == 10:
            yield struct.unpack(f"{order}H6xH", entry)


def only_turned(turned: int) -> bytes:
    """Notes that say how to turn the picture, and nothing else."""
    directory = struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, turned, 0, 0)
    return b"MM\x00\x2a" + struct.pack(">I", 8) + directory
