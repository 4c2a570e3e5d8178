"""Recording in a journal that is long already, verifying it, and what journal and net together cost an update."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from time import perf_counter
from typing import Any
from unittest import mock

from django.db import connection, transaction
from django.utils import timezone

from benchmarks.county import County
from benchmarks.measuring import Growth, fastest
from benchmarks.pages import Visitor
from sightline.access.entries import AccessEntry
from sightline.events import net, triggers
from sightline.events.choices import COMMAND_LINE
from sightline.events.models import Entry
from sightline.events.services import record, seal, verify

SIZES = (1_000, 4_000, 16_000)
ACTIONS = 200
POSTS = 150
MOST_COST = 1.3


def _record(times: int) -> None:
    kind = next(iter(AccessEntry))
    with transaction.atomic():
        for number in range(times):
            record(kind, by=COMMAND_LINE, after={"number": number}, reason="measured")


def measure(largest: int) -> Iterator[Growth]:
    """How recording, and verifying a sealed journal, grow with its length."""
    del largest
    recorded, verified, length = [], [], 0
    for size in SIZES:
        _record(size - length)
        while seal(timezone.now()):
            pass
        verified.append(fastest(verify, 3))
        recorded.append(fastest(lambda: _record(100), 3))
        length = size + 300
    yield Growth("Record 100 entries in a journal", SIZES, recorded, flat=True)
    yield Growth("Verify a journal", SIZES, verified)


def cost() -> str:
    """How much longer an update takes with journal and net than with both off: the middle of many, taken in turns."""
    visitor = Visitor(County(ACTIONS))
    with_both, without = [], []
    for _ in range(5):
        _post(visitor)
    for _ in range(POSTS):
        with_both.append(_post(visitor))
        with both_off():
            without.append(_post(visitor))
    ratio = median(with_both) / median(without)
    return f"An update with journal and net, times the same with both off: {ratio:.2f} (at most {MOST_COST})"


def _post(visitor: Visitor) -> float:
    visitor.look()
    begun = perf_counter()
    visitor.update()
    return perf_counter() - begun


@contextmanager
def both_off() -> Iterator[None]:
    """No entry is made or written, no deed bears a mark, and no trigger stands."""
    triggers.remove(connection)
    with ExitStack() as stack:
        for module in _that_record():
            stack.enter_context(mock.patch.object(module, "record", _nothing))
        stack.enter_context(mock.patch.object(net, "begin", return_value=_done))
        yield
    triggers.install(connection)


def _that_record() -> list[Any]:
    """Every module that knows the function by its name."""
    return [
        module
        for name, module in list(sys.modules.items())
        if name.startswith("sightline.") and getattr(module, "record", None) is record
    ]


def _nothing(*given: object, **more: object) -> Entry:
    return Entry()


def _done() -> None:
    """End nothing."""
