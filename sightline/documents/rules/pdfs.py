"""PDFs: whole, of one kind, open to be looked into, bounded when unpacked, and without anything that acts.

Nothing in them is run to find out. Names of PDF are looked for wherever a reader might find them, packed or not
(ISO 32000-1: 7.5.7 object streams, 7.6 encryption, 7.11.4 embedded files, 12.6.4 actions, 13 multimedia).
"""

from __future__ import annotations

import re

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import TWO_KINDS
from sightline.documents.rules.streams import HIDDEN, names_in_streams
from sightline.documents.rules.wholes import is_zip_as_well
from sightline.documents.rules.words_of_pdf import LINK, names_in

CUT = "The end of this file is missing; download it or ask for it again."
_ACTS = "This PDF holds a script, a command or another file; print it to a new PDF and add that."
_LOCKED = "This PDF is protected, so nobody can tell what is in it; print it to a new PDF and add that."

_ACTING = frozenset(
    b"JavaScript Launch EmbeddedFile EmbeddedFiles RichMedia Rendition SubmitForm ImportData GoToE GoToR Movie "
    b"OnInstantiate".split()
) | {LINK}
_PROGRAM_OF_FORM = {b"AcroForm", b"XFA"}
_PACKED_TOGETHER = frozenset({b"ObjStm", b"XRef"})
# Packings in which nobody but somebody who hides something puts objects that are packed together.
_ODD = frozenset(b"ASCIIHexDecode ASCII85Decode LZWDecode RunLengthDecode Crypt".split())
_PAGE = re.compile(rb"<(?:html|script|svg|iframe|!doctype)\b", re.I)
_HEAD, _END = 2048, b"%%EOF"


def check_pdf(data: bytes) -> None:
    """Raises FileRefused where the PDF is cut, locked, of two kinds, endless, or acts when it is opened."""
    _check_ends(data)
    found = names_in(data)
    if b"Encrypt" in found:
        raise FileRefused(_LOCKED)
    found |= names_in_streams(data)
    if _ACTING & found or found >= _PROGRAM_OF_FORM:
        raise FileRefused(_ACTS)
    if _PACKED_TOGETHER & found and _ODD & found:
        raise FileRefused(HIDDEN)


def _check_ends(data: bytes) -> None:
    if not data[:32].lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-") or _PAGE.search(data[:_HEAD]):
        raise FileRefused(TWO_KINDS)
    end = data.rfind(_END)
    if end < 0:
        raise FileRefused(CUT)
    if data[end + len(_END) :].strip(b" \t\r\n\x00") or is_zip_as_well(data):
        raise FileRefused(TWO_KINDS)
