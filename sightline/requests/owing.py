"""Who is told of a gap: something that a group was owed and that did not come.

It stands here so that requests know no meetings: whoever keeps agendas offers to put a gap on the next one, and to say
there what became of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sightline.requests.models import Owed


@dataclass(frozen=True)
class Agendas:
    """How an app keeps gaps on its agendas, each in the deed under way.

    `take` says whether it found a place; `tell` notes there what became of it; `lost` gives the numbers of those whose
    place is gone, because the meeting was cancelled.
    """

    take: Callable[[Owed, datetime], bool]
    tell: Callable[[Owed, str, str], None]
    lost: Callable[[], Iterable[int]]


_offered: dict[str, Agendas] = {}


def offer(app_label: str, agendas: Agendas) -> None:
    """Let an app take gaps. A second call for the same app replaces the first."""
    _offered[app_label] = agendas


def take(gap: Owed, now: datetime) -> bool:
    """Tell every app of the gap; whether any of them found a place for it."""
    return any([each.take(gap, now) for each in _offered.values()])


def tell(gap: Owed, title: str, words: str) -> None:
    """Say what became of a gap wherever one still waits on an agenda: a new beginning of its title, and a sentence."""
    for each in _offered.values():
        each.tell(gap, title, words)


def lost() -> set[int]:
    """The gaps that stand on no agenda any more."""
    return {number for each in _offered.values() for number in each.lost()}
