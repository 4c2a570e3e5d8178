"""Whether a PDF acts when it is opened: scripts, commands, other files inside. Nothing of it is run to find out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from sightline.documents.choices import MEGABYTE

# Names of PDF (ISO 32000-1: 12.6.4 actions, 7.11.4 embedded files, 13.6 rich media) for what a reader would start.
_ACTING = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)(?![A-Za-z])")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"stream\r?\n")
# Names stand in plain sight or in packed object streams; pictures and fonts are larger, and hold none.
_MOST = 4 * MEGABYTE
_MOST_STREAMS = 20_000


def acts(data: bytes) -> bool:
    """Whether a name of an action, a script or an embedded file stands anywhere in the PDF, packed or not."""
    return _names_one(data) or any(map(_names_one, _unpacked(data)))


def _names_one(text: bytes) -> bool:
    """A name may be written with its letters as numbers (/J#61vaScript): it means the same."""
    return bool(_ACTING.search(text) or _ACTING.search(_ESCAPE.sub(_letter, text)))


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The object streams of the file, each up to four megabytes."""
    for number, found in enumerate(_STREAM.finditer(data)):
        if number > _MOST_STREAMS:
            return
        if b"/ObjStm" in data[max(0, found.start() - 512) : found.start()]:
            yield _inflated(data, found.end())


def _inflated(data: bytes, start: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data[start : start + _MOST], _MOST)
    except zlib.error:
        return b""
