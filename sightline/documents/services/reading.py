"""Reading a stored paper: a copy of it, in a child process, whatever it is kept in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.db.models.fields.files import FieldFile

from sightline.reading.names import KnownNames
from sightline.reading.sandbox import read_in_child
from sightline.reading.schema import Reading

_CHUNK = 1024 * 1024


def read_kept(file: FieldFile, names: KnownNames) -> Reading:
    """What a kept file says. Raises UnreadableFile, whose message is one sentence fit to show."""
    with tempfile.TemporaryDirectory(prefix="sightline-") as folder:
        path = Path(folder) / f"document{Path(str(file.name)).suffix}"
        with file.open("rb") as kept, path.open("wb") as copy:
            for chunk in kept.chunks(_CHUNK):
                copy.write(chunk)
        return read_in_child(path, names)
