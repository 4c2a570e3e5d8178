"""Pictures: whole, of bearable size, and kept without what a camera or a program wrote beside the picture.

Where and when a photograph was taken, and with what, can tell where a child is. The picture itself is not packed anew:
not a point of it changes. How it is to be turned is kept, for without it photographs would lie on their side.
"""

from __future__ import annotations

from sightline.documents.choices import FileKind, FileRefused
from sightline.documents.rules.findings import TWO_KINDS
from sightline.documents.rules.jpegs import bare_jpeg
from sightline.documents.rules.pngs import bare_png
from sightline.documents.rules.wholes import is_zip_as_well

_BARE = {FileKind.PNG: bare_png, FileKind.JPEG: bare_jpeg}


def bare(data: bytes, kind: FileKind) -> bytes:
    """The file as it is kept: a picture without what stands beside it, anything else as it came.

    Raises FileRefused for a picture that is cut, damaged, of too many points, or something else as well.
    """
    if kind not in _BARE:
        return data
    if is_zip_as_well(data):
        raise FileRefused(TWO_KINDS)
    return _BARE[kind](data)
