"""What is packed in a PDF: how much it unpacks to, and the names that stand in it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from sightline.documents.choices import MEGABYTE, FileRefused
from sightline.documents.rules.words_of_pdf import LONGEST_LINK, names_in, spelt_out

ENDLESS = "This PDF unpacks to far more than it weighs; print it to a new PDF and add that."
HIDDEN = "This PDF is packed in a way that hides what is in it; print it to a new PDF and add that."
_HUGE = "This PDF holds a picture of more than 250 million points; save it with smaller pictures."
_TOO_MANY = "This PDF is made of more than 50,000 parts; print it to a new PDF and add that."

_STREAM = re.compile(rb"(?<!end)stream[ \t\f\x00]*(?:\r\n|\n|\r)")
_GROWING = rb"/(?:FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|RL)\b"
_TWICE = re.compile(rb"\[\s*(?:/\w+\s*){0,9}?" + _GROWING + rb"\s*(?:/\w+\s*){0,9}?" + _GROWING)
_WIDTH, _HEIGHT = re.compile(rb"/Width\s+(\d{1,12})"), re.compile(rb"/Height\s+(\d{1,12})")
_PICTURE = re.compile(rb"/Subtype\s*/Image(?![A-Za-z])")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z])|/First\s+\d+(?!\s+\d+\s+R|\d)")
_PREDICTED = re.compile(rb"/Predictor\s+(?:[2-9]|1\d)")
_FILTER = re.compile(rb"/Filter\s*(?:/FlateDecode\b|\[\s*/FlateDecode\s*\])")
_ANY_FILTER = re.compile(rb"/Filter(?![A-Za-z])")
_PACKED_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")
_LONGEST_HEAD = 64 * 1024
_MOST = 50_000
_MOST_POINTS = 250_000_000
_MOST_IN_ONE, _MOST_IN_ALL = 64 * MEGABYTE, 256 * MEGABYTE
_READ, _CHUNK = 16 * 1024, MEGABYTE


def names_in_streams(data: bytes) -> set[bytes]:
    """The names in all streams that unpack. Raises FileRefused for what is endless, huge, or hides its objects."""
    if _TWICE.search(data) or _TWICE.search(spelt_out(data)):
        raise FileRefused(ENDLESS)
    found: set[bytes] = set()
    room, behind = _MOST_IN_ALL, 0
    for number, stream in enumerate(_STREAM.finditer(data)):
        if number >= _MOST:
            raise FileRefused(_TOO_MANY)
        head = spelt_out(_head(data, behind, stream.start()))
        _check_head(head)
        behind, is_picture = stream.end(), bool(_PICTURE.search(head))
        for chunk, cost in _unpacked(data, stream.end(), room if is_picture else min(room, _MOST_IN_ONE)):
            room -= cost
            found |= _names(chunk, is_picture)
    return found


def _head(data: bytes, behind: int, stream: int) -> bytes:
    """What stands before a stream: from the beginning of its object, or of as much as is ever read."""
    first = max(behind, stream - _LONGEST_HEAD)
    begin = data.rfind(b"obj", first, stream)
    return data[begin if begin >= 0 else first : stream]


def _check_head(head: bytes) -> None:
    width, height = _WIDTH.search(head), _HEIGHT.search(head)
    if width and height and int(width[1]) * int(height[1]) > _MOST_POINTS:
        raise FileRefused(_HUGE)
    if not _OBJECTS.search(head):
        return
    if _PREDICTED.search(head) or (_ANY_FILTER.search(head) and not _FILTER.search(head)):
        raise FileRefused(HIDDEN)


def _names(chunk: bytes, is_picture: bool) -> set[bytes]:
    """The names in what was unpacked. In a picture three letters may stand by chance, so short ones do not count."""
    found = names_in(chunk)
    return found - {b"XFA"} if is_picture and not _PACKED_OBJECTS.match(chunk) else found


def _unpacked(data: bytes, start: int, most: int) -> Iterator[tuple[bytes, int]]:
    """What a stream unpacks to, as far as it does, in pieces that overlap, and what each costs: the bytes that were
    read or those that came of them, whichever are more. Raises FileRefused for more than `most`.
    """
    grown, tail = 0, b""
    for chunk, read in _inflated(data, start) if _is_packed(data[start : start + 2]) else ():
        cost = max(len(chunk), read)
        grown += cost
        if grown > most:
            raise FileRefused(ENDLESS)
        yield tail + chunk, cost
        tail = (tail + chunk)[-LONGEST_LINK:]


def _is_packed(begin: bytes) -> bool:
    """Whether the first two bytes are those of zlib (RFC 1950, 2.2)."""
    return len(begin) == 2 and begin[0] & 15 == 8 and int.from_bytes(begin) % 31 == 0


def _inflated(data: bytes, start: int) -> Iterator[tuple[bytes, int]]:
    engine, packed, at = zlib.decompressobj(), b"", start
    while not engine.eof and (packed or at < len(data)):
        if not packed:
            packed, at = data[at : at + _READ], at + _READ
        before, given = engine.copy(), len(packed)
        try:
            chunk = engine.decompress(packed, _CHUNK)
        except zlib.error:
            yield _up_to_the_damage(before, packed), given
            return
        packed = engine.unconsumed_tail
        yield chunk, given - len(packed) - len(engine.unused_data)


def _up_to_the_damage(engine: zlib._Decompress, packed: bytes) -> bytes:
    """Readers show what stands before a damage, so that much is looked at; it is found by halves."""
    got, step = [], len(packed)
    while step and packed:
        before = engine.copy()
        try:
            got.append(engine.decompress(packed[:step]))
            packed = packed[step:]
        except zlib.error:
            engine, step = before, step // 2
    return b"".join(got)
