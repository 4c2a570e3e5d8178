"""When a meeting that took place asks for what is missing. Numbers: `definitions/meetings.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from sightline import definitions


@dataclass(frozen=True, slots=True)
class UpkeepNumbers:
    """Calendar days after a meeting. Each is explained in the definition file."""

    record_after_days: int
    check_after_days: int
    look_back_days: int


@cache
def standard() -> UpkeepNumbers:
    """The numbers that ship with Sightline."""
    numbers = definitions.load("meetings")["numbers"]
    return UpkeepNumbers(**{name: entry["value"] for name, entry in numbers.items()})
