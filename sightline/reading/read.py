"""Reads a file in this process. What comes from outside is read by `sandbox.read_in_child`."""

from __future__ import annotations

from pathlib import Path

from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.reading.limits import DEFAULT, Limits
from sightline.reading.names import KnownNames
from sightline.reading.schema import Reading


def read(path: Path, names: KnownNames | None = None, limits: Limits = DEFAULT) -> Reading:
    """What the file says.

    Raises UnreadableFile, whose message is one sentence fit to show, where it cannot be read.
    """
    document = printed(path, limits)
    try:
        return interpret(document, names)
    except (RecursionError, MemoryError) as error:
        raise UnreadableFile("This file takes more memory to understand than allowed; split it.") from error
