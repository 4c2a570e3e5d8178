"""Reads a file from outside in a child process that may fail, hang or grow without harm to this one."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

import sightline
from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import DEFAULT, Limits
from sightline.reading.names import KnownNames
from sightline.reading.schema import Reading

_COMMAND = (sys.executable, "-s", "-P", "-m", "sightline.reading.child")
_DAMAGED = (
    "This file could not be read and may be damaged; open it in the program that made it and save it again."
)
_SLOW = "This file takes too long to read; split it, or save it again as a simpler document."
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM)


def read_in_child(path: Path, names: KnownNames | None = None, limits: Limits = DEFAULT) -> Reading:
    """What the file says, read in a child process under `limits`.

    Raises UnreadableFile, whose message is one sentence fit to show, whatever happened to the child.
    """
    request = {"path": str(path.resolve()), "names": asdict(names or KnownNames()), "limits": asdict(limits)}
    with tempfile.TemporaryFile() as out:
        status = _run(json.dumps(request).encode(), out, limits)
        if status in _OUT_OF_TIME:
            raise UnreadableFile(_SLOW)
        if status != 0:
            raise UnreadableFile(_DAMAGED)
        out.seek(0)
        return _reading(out.read(limits.answer + 1))


def _run(request: bytes, out: BinaryIO, limits: Limits) -> int:
    """Runs the child to its end, or to the end of its time, and gives its exit status."""
    with subprocess.Popen(  # noqa: S603  (a fixed command; the file's name travels inside the request)
        _COMMAND,
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        start_new_session=True,
    ) as child:
        try:
            child.communicate(request, timeout=limits.wall)
        except subprocess.TimeoutExpired:
            return -signal.SIGXCPU
        finally:
            if child.poll() is None:  # its time is up, or somebody stopped us
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(child.pid, signal.SIGKILL)
        return child.returncode


def _environment() -> dict[str, str]:
    """Nothing of ours: no keys, no database address, only what Python needs to start."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(sightline.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
    }


def _reading(answered: bytes) -> Reading:
    try:
        answer: dict[str, Any] = json.loads(answered)
        if "unreadable" in answer:
            raise UnreadableFile(str(answer["unreadable"]))
        return Reading.from_json(answer["reading"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(_DAMAGED) from error
