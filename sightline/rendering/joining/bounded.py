"""A process that bounds itself for good, and then becomes the command it was given.

`python -m sightline.rendering.joining.bounded CPU MEMORY SIZE COMMAND …`: seconds, bytes, bytes of one file.
"""

from __future__ import annotations

import contextlib
import os
import resource
import sys
from collections.abc import Sequence

_GRACE = 5  # seconds after the signal that says time is up until the one that cannot be caught


def bound(cpu: int, memory: int, size: int) -> None:
    """Limits this process and all it starts: seconds of computing, bytes of memory, bytes of one file, no core dump."""
    wanted = (
        (resource.RLIMIT_CPU, cpu, cpu + _GRACE),
        (resource.RLIMIT_AS, memory, memory),
        (resource.RLIMIT_FSIZE, size, size),
        (resource.RLIMIT_CORE, 0, 0),
    )
    for kind, most, last in wanted:
        # A system that knows no such limit, or has a tighter one, keeps its own; the parent's clock still runs.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, last))


def main(given: Sequence[str]) -> None:
    """Become the command, bounded."""
    cpu, memory, size, *command = given
    bound(int(cpu), int(memory), int(size))
    os.execv(command[0], command)  # noqa: S606  (the whole purpose: a fixed program, and no shell)


if __name__ == "__main__":  # pragma: no cover  (runs in the child, where nobody counts lines)
    main(sys.argv[1:])
