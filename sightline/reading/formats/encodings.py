"""Bytes to text: byte order marks, UTF-8, UTF-16, and Windows-1252 as the last resort."""

from __future__ import annotations

import codecs

from sightline.reading.blocks import Notice, UnreadableFile
from sightline.reading.formats.words import UNPRINTABLE

# A text with more unprintable characters than this share is no text at all.
STRAY_SHARE = 0.01
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes) -> tuple[str, list[Notice]]:
    """The text in `data`, line ends as `\\n`, and what had to be guessed or left out.

    Raises UnreadableFile where the bytes are no text.
    """
    text, notices = _decoded(data)
    stray = len(UNPRINTABLE.findall(text.replace("\x0c", "")))
    if stray > STRAY_SHARE * len(text):
        raise UnreadableFile("This file holds bytes that no text has; save it again as plain text (UTF-8).")
    if stray:
        notices.append(Notice("control_characters", f"{stray} unprintable characters were left out."))
    return text.replace("\r\n", "\n").replace("\r", "\n"), notices


def _decoded(data: bytes) -> tuple[str, list[Notice]]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), []
    if half := _utf16_without_mark(data):
        return data.decode(half, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        guess = "The file was read as Windows-1252, which it does not say it is; check accented letters and dashes."
        return data.decode("cp1252", errors="replace"), [Notice("encoding_guessed", guess)]


def _utf16_without_mark(data: bytes) -> str:
    sample = data[:2000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and not even:
        return "utf-16-le"
    if even > 0.7 * half and not odd:
        return "utf-16-be"
    return ""
