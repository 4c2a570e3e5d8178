"""The names in a PDF that tell what it does, however they are spelt."""

from __future__ import annotations

import re

from sightline.documents.rules.relations import may_be_clicked

# Stands for a link that starts something.
LINK = b"URI"
_WANTED = (
    b"JavaScript|Launch|EmbeddedFiles?|RichMedia|Rendition|SubmitForm|ImportData|GoToE|GoToR|Movie|OnInstantiate"
    b"|AcroForm|XFA|Encrypt|ObjStm|XRef|ASCIIHexDecode|ASCII85Decode|LZWDecode|RunLengthDecode|Crypt"
)
# All but one are too long to come about by chance within a packed picture; "/JS" stands with one of them where it runs.
_NAMES = re.compile(rb"/(" + _WANTED + rb")(?![A-Za-z])")
_SPELT = re.compile(rb"/[A-Za-z0-9]{0,20}#[0-9A-Fa-f]{2}[A-Za-z0-9#]{0,60}")
# Where a link leads, as a string or as hexadecimals (ISO 32000-1, 7.3.4); its beginning is enough.
_LINK = re.compile(
    rb"/(?:U|#55)(?:R|#52)(?:I|#49)(?:[\s\x00]|%[^\r\n]{0,100}[\r\n]){0,20}"
    rb"(?:\(((?:\\[0-7]{1,3}|\\\r\n|\\.|[^\\]){0,80})|<([0-9A-Fa-f\s\x00]{0,200}))",
    re.S,
)
_SIGN = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|[\r\nnrtbf]|(.))", re.S)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def names_in(text: bytes) -> set[bytes]:
    """Which of the names stand in the text, without the stroke before them."""
    if b"/" not in text:
        return set()
    found = {name[1] for name in _NAMES.finditer(text)}
    if any(not may_be_clicked(_led_to(link)) for link in _LINK.finditer(text)):
        found.add(LINK)
    for spelt in _SPELT.finditer(text):
        found |= {name[1] for name in _NAMES.finditer(spelt_out(spelt[0]))}
    return found


def _led_to(link: re.Match[bytes]) -> str:
    if link[2] is not None:
        digits = b"".join(link[2].replace(b"\x00", b"").split())
        written = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    else:
        written = _SIGN.sub(
            lambda sign: bytes([int(sign[1], 8) % 256]) if sign[1] else sign[2] or b"", link[1]
        )
    # Letters may be wide ones, behind a mark that says so.
    return written.replace(b"\x00", b"").lstrip(b"\xfe\xff\xef\xbb\xbf").decode("latin-1")


def spelt_out(text: bytes) -> bytes:
    """Names with their letters as letters: /J#61vaScript means /JavaScript."""
    return _ESCAPE.sub(_letter, text)


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])
