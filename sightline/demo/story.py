"""Wealdshire as it is told in `wealdshire/*.yaml`, with its months turned into days around the day of loading."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

MONTH_NAMES = calendar.month_name


def told(name: str) -> Any:
    """The YAML file `name` of the invented county."""
    return yaml.safe_load(
        (resources.files("sightline.demo") / "wealdshire" / f"{name}.yaml").read_text("utf-8")
    )


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns "months before or after the month of loading" into days."""

    on: datetime.date

    def month_end(self, months: int) -> datetime.date:
        """Last day of the month that many months away."""
        year, month = self._month(months)
        return datetime.date(year, month, calendar.monthrange(year, month)[1])

    def month_start(self, months: int) -> datetime.date:
        """First day of the month that many months away."""
        return datetime.date(*self._month(months), 1)

    def day_in(self, months: int, spread: int) -> datetime.date:
        """A day of that month, differing with `spread`; never after the day of loading."""
        return min(self.month_start(months) + datetime.timedelta(days=2 + spread * 7 % 25), self.on)

    def printed(self, months: int) -> str:
        """Month and year as printed: "March 2026"."""
        year, month = self._month(months)
        return f"{MONTH_NAMES[month]} {year}"

    def _month(self, months: int) -> tuple[int, int]:
        year, month = divmod(self.on.year * 12 + self.on.month - 1 + months, 12)
        return year, month + 1


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an action on a day; `told` holds the words of the YAML (its head explains them)."""

    on: datetime.date
    told: dict[str, Any]


def printed_timescale(action: dict[str, Any], calendar_: Calendar) -> str:
    """The timescale as a plan would print it."""
    if action.get("text"):
        return str(action["text"])
    if "review" in action:
        end = calendar_.month_end(action["review"])
        return f"Progress review by {end.day} {calendar_.printed(action['review'])}"
    end = calendar_.month_end(action["due"])
    return f"By {end.day} {calendar_.printed(action['due'])}"


def events_of(action: dict[str, Any], calendar_: Calendar, spread: int) -> Iterator[Event]:
    """The action's history in order, each on its day."""
    for months, words in action["h"]:
        yield Event(on=calendar_.day_in(months, spread), told=words)


def is_invented(partnership: Any) -> bool:
    """Whether this is the demonstration's own partnership, and no real one."""
    return bool(partnership and partnership.name == told("partners")["partnership"]["name"])
