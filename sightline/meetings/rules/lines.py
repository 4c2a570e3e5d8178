"""One line of typing makes an action: what — owner — by when. Source: issue 6.3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sightline.screens.words import MONTHS

# No item takes longer than a day.
MOST_MINUTES = 1440
# A dash between blanks, or an upright stroke: a hyphen inside a word parts nothing.
PARTED = re.compile(r"\s+[—–-]\s+|\s*\|\s*")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
FIGURES = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?")
WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?(?:\s+(\d{4}))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as understood; `owner` is empty and `due_on` None where the line names none."""

    what: str
    owner: str = ""
    due_on: date | None = None


def understood(line: str, on: date) -> Line:
    """The line in its parts. A day without a year is the next one after `on`, the day of the meeting.

    Raises ValueError with a sentence where the line says nothing, has too many parts, or a third part is no day.
    """
    parts = [part.strip() for part in PARTED.split(f" {line.strip()} ")]
    if not parts[0]:
        raise ValueError("Write what is to be done first: what — owner — by when")
    if len(parts) > 3:
        raise ValueError("Write three parts with dashes between them: what — owner — by when")
    due = day_in(parts[-1], on) if len(parts) > 1 else None
    if len(parts) == 3 and due is None:
        raise ValueError(f"“{parts[2]}” is no day. Write it as 12 January 2027")
    owner = parts[1] if len(parts) == 3 or (len(parts) == 2 and due is None) else ""
    return Line(parts[0], owner, due)


def day_in(text: str, on: date) -> date | None:
    """The day that the text names, with or without "by"; None where it names none."""
    words = re.sub(r"^by\s+", "", text.strip(), flags=re.IGNORECASE)
    if found := ISO.fullmatch(words):
        return _day(int(found[3]), int(found[2]), found[1], on)
    if found := FIGURES.fullmatch(words):
        return _day(int(found[1]), int(found[2]), found[3] or "", on)
    if found := WORDS.fullmatch(words):
        return _day(int(found[1]), _month(found[2]), found[3] or "", on)
    return None


def _month(word: str) -> int:
    """The number of a month by its first letters; 0 where there is none of the kind."""
    fits = [n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(word.casefold())]
    return fits[0] if fits else 0


def _day(day: int, month: int, year: str, on: date) -> date | None:
    number = int(year) + (2000 if len(year) == 2 else 0) if year else on.year
    try:
        found = date(number, month, day)
        return found.replace(year=on.year + 1) if not year and found < on else found
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class StandingItem:
    """An item of every agenda of a series: what it is called, who leads it, and for how many minutes."""

    title: str
    lead: str = ""
    lasts: int | None = None


def standing_item(line: str) -> StandingItem:
    """A line of a series, "Exceptions | Chair | 20", in its parts; what is no number of minutes belongs to the lead."""
    title, _, rest = (part.strip() for part in line.partition("|"))
    lead, _, minutes = (part.strip() for part in rest.rpartition("|"))
    if not minutes.isascii() or not minutes.isdecimal() or int(minutes[:4]) > MOST_MINUTES:
        return StandingItem(title[:300], rest[:200])
    return StandingItem(title[:300], lead[:200], int(minutes))
