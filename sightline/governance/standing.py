"""What stands upon seats: each app above that enters something of a seat says so, before a list is withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

# Of seats by their numbers, and a moment: sentences of what was entered of them since.
Standing = Callable[[Collection[int], datetime], Iterable[str]]

_offered: dict[str, Standing] = {}


def offer(app_label: str, standing: Standing) -> None:
    """Let an app say what stands upon seats. A second call replaces the first."""
    _offered[app_label] = standing


def upon_seats(seats: Collection[int], since: datetime) -> list[str]:
    """What every app entered of these seats since the moment."""
    return (
        [sentence for standing in _offered.values() for sentence in standing(seats, since)] if seats else []
    )
