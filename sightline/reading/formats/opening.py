"""Opens a file: weighs it, looks at what it is, and hands it to the reader of its format."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from sightline.reading.blocks import PrintedDocument, UnreadableFile
from sightline.reading.limits import DEFAULT, MEGABYTE, Limits

Reader = Callable[[Path, Limits], PrintedDocument]

READERS = {
    "txt": ("sightline.reading.formats.txt", "read_txt"),
}


def printed(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The file as neutral blocks, with its name and SHA-256.

    Raises UnreadableFile, whose message is one sentence fit to show, where the file cannot or must not be read.
    """
    try:
        size = path.stat().st_size
        if size > limits.file:
            raise UnreadableFile(f"This file has more than {limits.file // MEGABYTE} MB. Split it, or save it without its pictures.")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"This file cannot be opened ({error.strerror}). Check its name and that it is not locked.") from error
    module, function = READERS[path.suffix.lower().lstrip(".")]
    reader: Reader = getattr(import_module(module), function)
    document = reader(path, limits)
    return replace(document, file=path.name, sha256=hashlib.sha256(data).hexdigest())
