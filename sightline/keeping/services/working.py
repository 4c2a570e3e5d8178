"""The folder that a backup or a restore works in: private, one at a time, and empty when it begins."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from sightline.keeping.choices import Refused

NAME = "keeping"


def folder() -> Path:
    """Where it lies: in the data folder, because what is in it is not encrypted."""
    return Path(settings.DATA) / NAME


@contextmanager
def working() -> Iterator[Path]:
    """The folder, held until the end and then taken away; what a killed run left in it goes first. Raises Refused."""
    place = folder()
    place.parent.mkdir(parents=True, exist_ok=True)
    lock = os.open(place.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(
                "A backup or a restore is under way on this computer: wait until it has ended."
            ) from None
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)
    finally:
        os.close(lock)
