"""Sections of a printed yearly report in which groups tell of their year, found in its text under the five headings.

Nothing is repaired: a section's words are its lines as they stood. What stands between the name of a group and the
first heading is kept before its achievements.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sightline.rhythm.rules.telling import NEXT_STEPS

ACHIEVEMENTS = "achievements"
_HEADINGS = (
    (re.compile(r"(?:key )?achievements\b.{0,60}", re.I), ACHIEVEMENTS),
    (re.compile(r"how (?:have )?these achievements.{0,80}", re.I), "impact"),
    (re.compile(r".{0,60}\binformed by the voices? of (?:the )?child(?:ren)?\??", re.I), "voice"),
    # One heading over both: what comes next is asked about in the next return, so the lines stand there.
    (re.compile(r"challenges.{0,30}next steps", re.I), NEXT_STEPS),
    (re.compile(r"(?:key )?challenges(?: for the future)?", re.I), "challenges"),
    (re.compile(r"next steps", re.I), NEXT_STEPS),
)
_ITEM = re.compile(r"\s*(?:[-–•*·]|\(?\d{1,2}[.)]|\(?[a-z][.)]|<)\s*")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Section:
    """What one group tells: its name as printed, the text under each heading, and its first line, counted from 1."""

    name: str
    line: int
    texts: Mapping[str, str]


def sections_in(text: str) -> list[Section]:
    """Every section of the text, in order; empty where no heading of achievements stands in it."""
    lines = text.splitlines()
    starts = _starts(lines)
    ends = [*starts[1:], _end(lines, starts[-1])] if starts else []
    return [_section(lines, start, end) for start, end in zip(starts, ends, strict=True)]


def heading_of(line: str) -> str:
    """Which of the five headings a line is; "" for none."""
    plain = line.strip().strip("*#: ").strip()
    return next((key for pattern, key in _HEADINGS if pattern.fullmatch(plain)), "")


def _starts(lines: Sequence[str]) -> list[int]:
    """The lines in which a group is named: the nearest name above a heading of achievements, once for each."""
    found: list[int] = []
    last = 0
    for number, line in enumerate(lines):
        if heading_of(line) != ACHIEVEMENTS:
            continue
        above = next((n for n in range(number - 1, last - 1, -1) if _is_name(lines, n)), None)
        if above is not None:
            found.append(above)
        last = number + 1
    return found


def _is_name(lines: Sequence[str], number: int) -> bool:
    """A short line that is no sentence, no item and no heading, and that no item goes on from."""
    line = lines[number].strip().strip("*#").strip()
    if not line or len(line) > LONGEST_NAME or line[-1] in ".:;,?" or not line[0].isupper():
        return False
    if heading_of(line) or _ITEM.match(lines[number]):
        return False
    after = next((each for each in lines[number + 1 :] if each.strip()), "")
    return not _ITEM.match(after)


def _end(lines: Sequence[str], start: int) -> int:
    """Where the last section ends: at the first name after its last heading."""
    headings = [n for n in range(start, len(lines)) if heading_of(lines[n])]
    last = headings[-1] if headings else start
    return next((n for n in range(last + 1, len(lines)) if _is_name(lines, n)), len(lines))


def _section(lines: Sequence[str], start: int, end: int) -> Section:
    texts: dict[str, list[str]] = {}
    key = ACHIEVEMENTS
    for line in lines[start + 1 : end]:
        key = heading_of(line) or key
        if not heading_of(line):
            texts.setdefault(key, []).append(line.rstrip())
    kept = {key: "\n".join(each for each in told if each) for key, told in texts.items()}
    name = lines[start].strip().strip("*#").strip()
    return Section(name, start + 1, {key: told for key, told in kept.items() if told})
