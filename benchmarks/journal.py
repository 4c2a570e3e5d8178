"""Recording in a journal that is long already, and verifying it."""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from benchmarks.measuring import Growth, fastest
from sightline.access.entries import AccessEntry
from sightline.events.choices import COMMAND_LINE
from sightline.events.services import record, seal, verify

SIZES = (1_000, 4_000, 16_000)


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
