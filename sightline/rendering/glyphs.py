"""Which characters a PDF can show, and words for those it cannot: PDF/UA forbids a character without a glyph."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufe0e\ufe0f\u00ad")


@cache
def _pattern() -> re.Pattern[str]:
    """Matches a character none of the fonts inside the PDF writer has (`glyphs.txt`: ranges in hexadecimal)."""
    ranges = files(__package__).joinpath("glyphs.txt").read_text("ascii").split()
    pairs = [part.split("-") for part in ranges]
    shown = "".join(f"\\U{int(pair[0], 16):08x}-\\U{int(pair[-1], 16):08x}" for pair in pairs)
    return re.compile(f"[^\n\t{shown}]")


def printable(text: str, strict: bool = False) -> str:
    """The text with each character that has no glyph replaced by its name: "[grinning face]".

    `strict` replaces marks and format characters too: they have glyphs, but not beside every letter.
    """
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    if strict:
        text = "".join(_named(c) if unicodedata.category(c) in ("Mn", "Mc", "Me", "Cf") else c for c in text)
    return _pattern().sub(lambda match: _named(match[0]), text)


def _named(character: str) -> str:
    """The character's Unicode name in brackets, or its number where the name would only repeat it."""
    if character in _INVISIBLE:
        return ""
    name = unicodedata.name(character, "").lower()
    number = f"{ord(character):x}"
    return f"[{name}]" if name and not name.endswith(number) else f"[U+{number.upper():0>4}]"
