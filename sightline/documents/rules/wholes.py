"""Whether a zipped file is one file from its first byte to its last, and says the same of itself at both ends."""

from __future__ import annotations

import io
import struct
import zipfile

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED, TWO_KINDS

_END, _END_SIZE = b"PK\x05\x06", 22
_HEADER = 30
# Behind a part may stand its sizes again: 12 to 24 bytes.
_DESCRIPTOR = 24


def check_whole(data: bytes) -> None:
    """Raises FileRefused where something stands before, between or behind the parts, or a part has two names."""
    end = len(data) - _END_SIZE
    if data[end : end + 4] != _END:
        raise FileRefused(TWO_KINDS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
        directory = archive.start_dir
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise FileRefused(DAMAGED)
    begins = [*(entry.header_offset for entry in entries), directory]
    ends = [0, *(_end_of(data, entry) for entry in entries)]
    for begin, reached in zip(begins, ends, strict=True):
        if not 0 <= begin - reached <= (_DESCRIPTOR if reached else 0):
            raise FileRefused(TWO_KINDS)


def _end_of(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes of a part end, by what stands before them; its name there is the one in the directory."""
    at = entry.header_offset
    name_length, extra = struct.unpack("<HH", data[at + 26 : at + _HEADER])
    name = data[at + _HEADER : at + _HEADER + name_length]
    if name not in _spellings(entry.orig_filename):
        raise FileRefused(DAMAGED)
    return int(at + _HEADER + name_length + extra + entry.compress_size)


def _spellings(name: str) -> set[bytes]:
    return {name.encode("utf-8", "replace"), name.encode("cp437", "replace")}


def is_zip_as_well(data: bytes) -> bool:
    """Whether programs would open as a zip archive what is meant to be something else."""
    return zipfile.is_zipfile(io.BytesIO(data))
