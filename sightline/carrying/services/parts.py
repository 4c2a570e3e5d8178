"""Writing the parts of an export: counted and fingerprinted while they are written, a piece at a time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from sightline.carrying.rules import Part, as_cell, as_json
from sightline.rendering.csv_writer import streamed

CSV, LINES = ".csv", ".jsonl"


class Counted:
    """A part that is being written: its bytes and their fingerprint so far."""

    def __init__(self, name: str, to: BinaryIO) -> None:
        self.name, self._to = name, to
        self._digest, self._size = hashlib.sha256(), 0

    def write(self, data: bytes) -> None:
        """Write on."""
        self._to.write(data)
        self._digest.update(data)
        self._size += len(data)

    def told(self, rows: int | None = None) -> Part:
        """The part as the manifest tells it."""
        return Part(self.name, self._size, self._digest.hexdigest(), rows)


@contextmanager
def part(folder: Path, name: str) -> Iterator[Counted]:
    """A new part of the export in a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as to:
        yield Counted(name, to)


def write_text(folder: Path, name: str, text: str) -> Part:
    """A part that is one text."""
    with part(folder, name) as out:
        out.write(text.encode())
        return out.told()


def write_rows(
    folder: Path, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> tuple[Part, Part]:
    """The same rows twice, read once: `name`.csv and `name`.jsonl."""
    count = 0
    with part(folder, name + CSV) as cells, part(folder, name + LINES) as lines:

        def told() -> Iterator[list[str]]:
            nonlocal count
            for row in rows:
                values = [as_json(value) for value in row]
                line = json.dumps(dict(zip(columns, values, strict=True)), ensure_ascii=False)
                lines.write(f"{line}\n".encode())
                count += 1
                yield [as_cell(value) for value in values]

        for piece in streamed(columns, told()):
            cells.write(piece)
        return cells.told(count), lines.told(count)
