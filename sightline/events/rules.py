"""What is true of the journal's entries: how a change is told in words. Plain values only."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

LONGEST_VALUE = 120
MOST_TOLD = 4
NOTHING = "nothing"
# Where people read it, whatever the server's clock says.
LONDON = ZoneInfo("Europe/London")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KEY = re.compile(r"[a-z]+(?:_[a-z]+)+")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One field of an entry: what stood before it and what stands after, in words; "" where nothing was kept."""

    field: str
    before: str
    after: str

    @property
    def differs(self) -> bool:
        """Whether the deed changed it."""
        return self.before != self.after


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every field of an entry side by side, those of "after" first in their order, then those that only were."""
    names = [*after, *(name for name in before if name not in after)]
    return [Change(in_words(name), _side(before, name), _side(after, name)) for name in names]


def _side(values: Mapping[str, Any], name: str) -> str:
    return told(values[name]) if name in values else ""


def in_words(field: str) -> str:
    """A field's name as one says it: "said_by" is "Said by"."""
    return field.replace("_", " ").replace(".", " ").strip().capitalize()


def told(value: Any) -> str:
    """A value of an entry in words."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{in_words(str(key)).lower()}: {told(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(told(part) for part in value)
    return _day(str(value))


def _day(text: str) -> str:
    """A date or a moment (in London) in words, a key such as "not_rated" as one says it, other text as it is."""
    if _KEY.fullmatch(text):
        return text.replace("_", " ")
    if not _DAY.match(text):
        return text
    try:
        if _DAY.fullmatch(text):
            return _date(date.fromisoformat(text))
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(LONDON) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return text
    return f"{_date(local)}, {local:%H:%M}"


def _date(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def sentence(found: list[Change]) -> str:
    """What an entry changed, in one line: "Rating: amber → green". Long texts are cut; the entry's page has them."""
    changed = [change for change in found if change.differs]
    parts = [_part(change) for change in changed[:MOST_TOLD]]
    more = len(changed) - MOST_TOLD
    return "; ".join(parts) + (f"; and {more} more" if more > 0 else "")


def _part(change: Change) -> str:
    after = shortened(change.after or NOTHING)
    was = change.before not in ("", NOTHING)
    return f"{change.field}: {shortened(change.before)} → {after}" if was else f"{change.field}: {after}"


def shortened(text: str) -> str:
    """The beginning of a text, with dots where it was cut."""
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1].rstrip() + "…"


def years_later(day: date, years: int) -> date:
    """The same day of a later year; 1 March for 29 February where that year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
