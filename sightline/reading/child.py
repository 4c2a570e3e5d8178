"""The child process that reads one file: bounds itself, reads, answers in JSON.

Standard input: `{"path", "names", "limits"}`. Standard output: `{"reading"}` or `{"unreadable": sentence}`.
Started by `sandbox.py` only.
"""

from __future__ import annotations

import contextlib
import json
import logging
import resource
import sys
from pathlib import Path
from typing import Any, TextIO

from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import Limits
from sightline.reading.names import KnownNames

_OPEN_FILES = 64
_GRACE = 5  # seconds after the signal that says time is up until the one that cannot be caught


def bound(limits: Limits) -> None:
    """Limits this process for good: CPU time, memory, file size, open files, and no core dump."""
    wanted = (
        (resource.RLIMIT_CPU, limits.cpu, limits.cpu + _GRACE),
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_FSIZE, limits.answer, limits.answer),
        (resource.RLIMIT_NOFILE, _OPEN_FILES, _OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, most, last in wanted:
        # A system that knows no such limit, or has a tighter one, keeps its own; the parent's clock still runs.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, last))


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request: a reading, or the sentence that says why there is none."""
    from sightline.reading.read import read  # after the limits are set: libraries load here

    names = KnownNames(**{kind: tuple(known) for kind, known in request["names"].items()})
    try:
        return {"reading": read(Path(request["path"]), names, Limits(**request["limits"])).as_json()}
    except UnreadableFile as reason:
        return {"unreadable": str(reason)}
    except MemoryError:
        return {"unreadable": "This file needs more memory than a reading may take; split it."}


def main(given: TextIO, out: TextIO) -> None:
    """Reads the request from `given`, writes the answer to `out`."""
    request = json.load(given)
    bound(Limits(**request["limits"]))
    json.dump(answer(request), out, ensure_ascii=True)
    out.flush()


if __name__ == "__main__":  # pragma: no cover  (runs in the child, where nobody counts lines)
    logging.disable()  # the parsers grumble about every odd file; nobody listens here
    main(sys.stdin, sys.stdout)
