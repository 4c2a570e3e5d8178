"""JPEG pictures, segment by segment (ITU-T T.81, annex B)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED, TWO_KINDS
from sightline.documents.rules.points import check_points
from sightline.documents.rules.turns import only_turned, turned_by

JPEG = b"\xff\xd8"
_END = b"\xff\xd9"
_START, _SCAN = 0xD8, 0xDA
# Frames with their sizes; the other three of C0 to CF are tables.
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDD, 0xDC, 0xDE, 0xDF})
_JFIF, _PROFILE, _ADOBE, _EXIF = 0xE0, 0xE2, 0xEE, 0xE1
_BESIDE = {
    _JFIF: (b"JFIF\x00",),
    _PROFILE: (b"ICC_PROFILE\x00",),
    _ADOBE: (b"Adobe",),
}
# Within packed points, FF is followed by 00 or by one of eight restart marks; anything else ends them.
_SCAN_ENDS = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_MOST_SEGMENTS = 20_000
_EXIF_HEAD = b"Exif\x00\x00"


@dataclass(frozen=True, slots=True)
class _Segment:
    """A marker with its content, and for a scan the packed points behind it."""

    mark: int
    content: bytes
    points: bytes = b""

    def written(self) -> bytes:
        """As it stands in a file."""
        return struct.pack(">BBH", 0xFF, self.mark, len(self.content) + 2) + self.content + self.points


def bare_jpeg(data: bytes) -> bytes:
    """The picture without what stands beside it, turned as it was.

    Raises FileRefused where it is not whole. What cameras put behind a picture, a second one or a film, is left out;
    where anything else stands there the file is refused.
    """
    segments, end = _segments(data)
    marks = [segment.mark for segment in segments]
    if _SCAN not in marks or not _FRAMES.intersection(marks):
        raise FileRefused(DAMAGED)
    _check_behind(data[end:])
    kept = [segment for segment in segments if _is_kept(segment)]
    turned = next(filter(None, map(_turned, segments)), 1)
    first = 1 if kept[0].mark == _JFIF else 0
    if turned != 1:
        kept.insert(first, _Segment(_EXIF, _EXIF_HEAD + only_turned(turned)))
    return JPEG + b"".join(segment.written() for segment in kept) + _END


def _segments(data: bytes) -> tuple[list[_Segment], int]:
    """All segments up to the end mark, and where that ends."""
    at = len(JPEG)
    found: list[_Segment] = []
    while data[at : at + 2] != _END:
        if len(found) > _MOST_SEGMENTS:
            raise FileRefused(DAMAGED)
        segment, at = _segment(data, at)
        found.append(segment)
    return found, at + len(_END)


def _segment(data: bytes, at: int) -> tuple[_Segment, int]:
    while data[at : at + 2] == b"\xff\xff":
        at += 1
    head = data[at : at + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] < 0xC0 or 0xD0 <= head[1] <= 0xD9:
        raise FileRefused(DAMAGED)
    (size,) = struct.unpack(">H", head[2:])
    end = at + 2 + size
    if size < 2 or end > len(data):
        raise FileRefused(DAMAGED)
    content = data[at + 4 : end]
    if head[1] in _FRAMES:
        _check_frame(content)
    behind = _end_of_scan(data, end) if head[1] == _SCAN else end
    return _Segment(head[1], content, data[end:behind]), behind


def _end_of_scan(data: bytes, start: int) -> int:
    after = _SCAN_ENDS.search(data, start)
    if after is None:
        raise FileRefused(DAMAGED)
    return after.start()


def _check_frame(content: bytes) -> None:
    if len(content) < 6:
        raise FileRefused(DAMAGED)
    height, width = struct.unpack(">HH", content[1:5])
    check_points(width, height)


def _is_kept(segment: _Segment) -> bool:
    if segment.mark in _FRAMES or segment.mark in _TABLES or segment.mark == _SCAN:
        return True
    return segment.content.startswith(_BESIDE.get(segment.mark, ())) if segment.mark in _BESIDE else False


def _check_behind(rest: bytes) -> None:
    """Phones put a second picture, a film or notes of their own behind; all of it is left out of what is kept."""
    plain = rest.strip(b"\x00")
    of_a_phone = plain.startswith(JPEG) or rest[4:8] == b"ftyp" or plain.endswith(b"SEFT")
    if plain and not of_a_phone:
        raise FileRefused(TWO_KINDS)


def _turned(segment: _Segment) -> int | None:
    """How the picture is to be turned, where a segment of EXIF says so."""
    if segment.mark != _EXIF or not segment.content.startswith(_EXIF_HEAD):
        return None
    return turned_by(segment.content[len(_EXIF_HEAD) :])
