"""Long work on the disk: a private folder, one at a time and empty when it begins; and a name for what is whole."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


def folder(name: str) -> Path:
    """Where a folder to work in lies: in the data folder, because what is in it is not encrypted."""
    return Path(settings.DATA) / name


@contextmanager
def working(name: str) -> Iterator[Path]:
    """The folder, held until the end and then taken away; what a killed run left in it goes first.

    Raises BlockingIOError where another process of this computer holds it.
    """
    place = folder(name)
    place.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(place.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
    finally:
        os.close(lock)


def give_name(beside: Path, path: Path) -> None:
    """Give a file that is whole its name. Raises FileExistsError where something took it meanwhile."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without links, such as a share: the little while between looking and moving has to do.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        beside.rename(path)
    held = os.open(path.parent, os.O_RDONLY)
    os.fsync(held)
    os.close(held)
