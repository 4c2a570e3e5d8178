"""The names in a PDF that tell what it does, however they are spelt."""

from __future__ import annotations

import re

_WANTED = (
    b"JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|SubmitForm|ImportData|GoToE|GoToR|Movie|OnInstantiate"
    b"|AcroForm|XFA|Encrypt|ObjStm|XRef|ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt"
)
# All but one are too long to come about by chance within a packed picture; "/JS" stands with one of them where it runs.
_NAMES = re.compile(rb"/(" + _WANTED + rb")(?![A-Za-z])")
_SPELT = re.compile(rb"/[A-Za-z0-9]{0,20}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,60}")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def names_in(text: bytes) -> set[bytes]:
    """Which of the names stand in the text, without the stroke before them."""
    if b"/" not in text:
        return set()
    found = {name[1] for name in _NAMES.finditer(text)}
    for spelt in _SPELT.finditer(text):
        found |= {name[1] for name in _NAMES.finditer(spelt_out(spelt[0]))}
    return found


def spelt_out(text: bytes) -> bytes:
    """Names with their letters as letters: /J#61vaScript means /JavaScript."""
    return _ESCAPE.sub(_letter, text)


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])
