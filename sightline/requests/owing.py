"""Who is told of a gap: something that a group was owed and that did not come.

It stands here so that requests know no meetings: whoever keeps agendas offers to put a gap on the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.requests.models import Owed

# Takes a gap, in the deed under way, and says whether it found a place for it.
TakesGap = Callable[["Owed", datetime], bool]
_offered: dict[str, TakesGap] = {}


def offer(app_label: str, takes: TakesGap) -> None:
    """Let an app take gaps. A second call for the same app replaces the first."""
    _offered[app_label] = takes


def take(gap: Owed, now: datetime) -> bool:
    """Tell every app of the gap; whether any of them found a place for it."""
    return any([takes(gap, now) for takes in _offered.values()])
