"""Joins PDFs in a child process. What a paper does to the child is found out, told of that paper, and done without."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import sightline

DAMAGED = (
    "This PDF is damaged and could not be put into the pack; open the original, save it again and add that."
)
_COMMAND = (sys.executable, "-s", "-P", "-m", "sightline.rendering.joining.child")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may take: seconds, bytes of memory, bytes of the file it writes, pages of one paper."""

    seconds: int = 120
    memory: int = 1024 * _MEGABYTE
    size: int = 400 * _MEGABYTE
    pages: int = 1000


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a PDF is: its pages, and whether it is tagged; or `trouble`, the sentence that says why it is left out."""

    pages: int = 0
    is_tagged: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A paper of a pack. `under`: the bookmark below which its own stands. Attached as `name` where it is no PDF."""

    path: str
    title: str
    under: str
    name: str = ""
    is_tagged: bool = False


Watch = Callable[[int], None]


def inspect(paths: Sequence[Path], limits: Limits, watch: Watch = lambda at: None) -> list[Inspected]:
    """What each PDF is, in their order. A paper at which the child dies is told as damaged, and the rest go on."""
    found: list[Inspected] = []
    while len(found) < len(paths):
        rest = [str(path) for path in paths[len(found) :]]
        for told in _told({"inspect": rest, "limits": asdict(limits)}, limits):
            if told.get("inspected") is not None:
                found.append(Inspected(**told["inspected"]))
                watch(len(found))
        if len(found) < len(paths) and len(rest) == len(paths) - len(found):
            found.append(Inspected(trouble=DAMAGED))
            watch(len(found))
    return found


def join(front: Path, parts: Sequence[Part], out: Path, limits: Limits) -> dict[int, str]:
    """Write the front and the parts after it as one PDF. Nothing returned: it is done.

    Else the parts at fault by number, each with its sentence, "" where only its tags cannot be kept; nothing was
    written then. -1: it was too much altogether.
    """
    asked = {"front": str(front), "parts": [asdict(part) for part in parts], "out": str(out)}
    faults, at, done = dict[int, str](), -1, False
    for told in _told({**asked, "limits": asdict(limits)}, limits):
        at = told.get("at", at)
        done = done or "end" in told
        faults |= {told["part"]: told["fault"]} if "fault" in told else {}
    if not done and not faults:
        faults[at] = DAMAGED
    if faults:
        out.unlink(missing_ok=True)
    return faults


def _told(request: dict[str, Any], limits: Limits) -> list[dict[str, Any]]:
    """What the child said, line by line, until it ended in whatever way."""
    with tempfile.TemporaryFile() as out:
        with subprocess.Popen(  # noqa: S603  (a fixed command; what it is to do travels in the request)
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,
        ) as child:
            try:
                child.communicate(json.dumps(request).encode(), timeout=limits.seconds)
            except subprocess.TimeoutExpired:
                pass  # what it said until then counts
            finally:
                if child.poll() is None:
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(child.pid, signal.SIGKILL)
        out.seek(0)
        return [told for line in out.read(4 * _MEGABYTE).splitlines() if (told := _line(line))]


def _line(line: bytes) -> dict[str, Any]:
    """One line of the child; nothing where it died in the middle of it."""
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _environment() -> dict[str, str]:
    """Nothing of ours: no keys, no database address, only what Python needs to start."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(Path(sightline.__file__).parents[1]),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
