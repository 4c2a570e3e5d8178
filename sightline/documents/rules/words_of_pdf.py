"""The names in a PDF that tell what it does, however they are spelt."""

from __future__ import annotations

import re
from itertools import islice

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
# Where a link leads, as a string or as hexadecimals (ISO 32000-1, 7.3.4); its beginning is enough. A stroke ends it, so
# that no other link is read over. Or what hides where it leads: a remark, many blanks, a string that stands elsewhere.
_LINK = re.compile(
    rb"/(?:U|#55)(?:R|#52)(?:I|#49)[\s\x00]{0,100}+"
    rb"(?:\((?!https?:|mailto:)((?:\\[0-7]{1,3}|\\[^/]|[^\\/)]){0,200})|<([0-9A-Fa-f\s\x00]{0,400})"
    rb"|[\s\x00%]|(?<=[\s\x00])\d)",
    re.S,
)
# The longest that _LINK finds, so that none is lost between two pieces of a text.
LONGEST_LINK = 1000
# So many other links than to pages and people stand in no document; each takes a while.
_MOST_LINKS = 10_000
# What may still become the beginning of anything, if so much was read and more follows.
_UNTOLD, _MUCH = re.compile(r"[A-Za-z\s\x00-\x20-]*"), 200
_SIGN = re.compile(rb"\\(?:([0-7]{1,3})|\r\n|[\r\nnrtbf]|(.))", re.S)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def names_in(text: bytes) -> set[bytes]:
    """Which of the names stand in the text, without the stroke before them."""
    if b"/" not in text:
        return set()
    found = {name[1] for name in _NAMES.finditer(text)}
    links = list(islice(_LINK.finditer(text), _MOST_LINKS))
    if len(links) == _MOST_LINKS or any(_may_start(link) for link in links):
        found.add(LINK)
    for spelt in _SPELT.finditer(text):
        found |= {name[1] for name in _NAMES.finditer(spelt_out(spelt[0]))}
    return found


def _may_start(link: re.Match[bytes]) -> bool:
    """Whether a link starts something, or hides whether it does."""
    if link[1] is None and link[2] is None:
        return True
    target = _led_to(link)
    return not may_be_clicked(target) or (len(link[0]) >= _MUCH and bool(_UNTOLD.fullmatch(target)))


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
