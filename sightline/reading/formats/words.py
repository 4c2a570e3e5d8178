"""Words as every format gives them: nothing unprintable, white space collapsed."""

from __future__ import annotations

import re

# Control characters but tab and line break, lone surrogates and non-characters: no database takes them.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Soft hyphen, zero-width characters, byte order mark, direction overrides: seen by nobody, they spoil matches.
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
BULLETS = "•●▪■◦‣⁃∙·"
_SPACE = re.compile(r"\s+")


def printable(text: str) -> str:
    """`text` without characters that cannot be stored or printed."""
    return UNPRINTABLE.sub("", text)


def collapse(text: str) -> str:
    """One line of words: unprintable and invisible characters gone, white space collapsed."""
    return _SPACE.sub(
        " ", INVISIBLE.sub("", printable(text.replace("\x0b", " ").replace("\x0c", " ")))
    ).strip()
