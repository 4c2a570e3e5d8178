"""The folder that a backup or a restore works in: private, one at a time, and empty when it begins."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sightline.jobs import working as long_work
from sightline.keeping.choices import Refused

NAME = "keeping"


@contextmanager
def working() -> Iterator[Path]:
    """The folder, held until the end and then taken away. Raises Refused."""
    with ExitStack() as held:
        try:
            place = held.enter_context(long_work.working(NAME))
        except BlockingIOError:
            raise Refused(
                "A backup or a restore is under way on this computer: wait until it has ended."
            ) from None
        yield place
