"""Sections of a printed yearly report in which groups tell of their year, found in its text under the five headings.

Nothing is repaired: a section's words are its lines as they stood. What stands between the name of a group and the
first heading is kept before its achievements.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sightline.rhythm.rules.telling import NEXT_STEPS

ACHIEVEMENTS = "achievements"
_BOTH = re.compile(r"challenges.{0,30}next steps", re.I)
_HEADINGS = (
    (re.compile(r"(?:key )?achievements\b.{0,60}", re.I), ACHIEVEMENTS),
    (re.compile(r"how (?:have )?these achievements.{0,80}", re.I), "impact"),
    (re.compile(r".{0,60}\binformed by the voices? of (?:the )?child(?:ren)?\??", re.I), "voice"),
    # One heading over both: what comes next is asked about in the next return, so the lines stand there.
    (_BOTH, NEXT_STEPS),
    (re.compile(r"(?:key )?challenges(?: for the future)?", re.I), "challenges"),
    (re.compile(r"next steps", re.I), NEXT_STEPS),
)
_ITEM = re.compile(r"\s*(?:[-–•*·]|\(?\d{1,2}[.)]|\(?[a-z][.)]|<)\s*")
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Section:
    """What one group tells: its name as printed, the text under each heading, its first and last line, counted from 1.

    `heads`: each heading as its line, its words and its key; `before`: how many lines stand above the first of them.
    """

    name: str
    line: int
    texts: Mapping[str, str]
    last: int = 0
    heads: tuple[tuple[int, str, str], ...] = ()
    before: int = 0

    @property
    def lines(self) -> int:
        """How many lines of its own words it has."""
        return sum(len(told.splitlines()) for told in self.texts.values())


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines that stand in no section that is taken, from one to another, both counted."""

    first: int
    last: int
    words: str

    @property
    def title(self) -> str:
        """Where they stand, in words."""
        one = self.first == self.last
        return f"Set aside: line {self.first}" if one else f"Set aside: lines {self.first} to {self.last}"

    @property
    def lines(self) -> int:
        """How many of them say something."""
        return sum(bool(line.strip()) for line in self.words.splitlines())


@dataclass(frozen=True, slots=True)
class Account:
    """What becomes of every line that says something: `lines` are names, headings, kept or set aside, each once."""

    lines: int
    names: int
    headings: int
    kept: int
    aside: tuple[Aside, ...]

    @property
    def set_aside(self) -> int:
        """How many lines are in no section that is taken."""
        return sum(each.lines for each in self.aside)


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
    heads: list[tuple[int, str, str]] = []
    key, before = ACHIEVEMENTS, 0
    for number, line in enumerate(lines[start + 1 : end], start + 2):
        if head := heading_of(line):
            heads.append((number, line.strip(), head))
        elif line.strip():
            before += not heads
            texts.setdefault(key, []).append(line.rstrip())
        key = head or key
    name = lines[start].strip().strip("*#").strip()
    kept = {key: "\n".join(told) for key, told in texts.items()}
    return Section(name, start + 1, kept, end, tuple(heads), before)


def account(text: str, taken: Sequence[Section]) -> Account:
    """What becomes of every line of the text, where these sections of it are taken."""
    lines = text.splitlines()
    of_sections = {number for each in taken for number in range(each.line, each.last + 1)}
    return Account(
        lines=sum(bool(line.strip()) for line in lines),
        names=len(taken),
        headings=sum(len(each.heads) for each in taken),
        kept=sum(each.lines for each in taken),
        aside=tuple(_asides(lines, of_sections)),
    )


def _asides(lines: Sequence[str], of_sections: Collection[int]) -> Iterator[Aside]:
    """Runs of lines outside, those that say nothing left out at either end."""
    run: list[int] = []
    for number in range(1, len(lines) + 2):
        if number <= len(lines) and number not in of_sections:
            if run or lines[number - 1].strip():
                run.append(number)
        elif run:
            while not lines[run[-1] - 1].strip():
                run.pop()
            yield Aside(run[0], run[-1], "\n".join(lines[run[0] - 1 : run[-1]]))
            run = []


def doubts_of(section: Section, labels: Mapping[str, str], *, is_last: bool) -> Iterator[str]:
    """What somebody should look at in a section, each in a sentence; `labels` names the five headings."""
    if section.before:
        several = "line stands" if section.before == 1 else "lines stand"
        yield f"{section.before} {several} above its first heading, and would stand under “{labels[ACHIEVEMENTS]}”."
    keys = [key for _, _, key in section.heads]
    for number, words, key in section.heads:
        if _BOTH.fullmatch(words.strip("*#: ")):
            yield f"Line {number} is one heading over challenges and next steps: its lines would be next steps."
        if key in keys[: [line for line, _, _ in section.heads].index(number)]:
            yield f"“{labels[key]}” stands there again at line {number}: both texts would be joined."
    if missing := [f"“{label}”" for key, label in labels.items() if key not in section.texts]:
        yield f"Nothing stands under {' or '.join(missing)}."
    if is_last:
        yield f"It is the last, and taken to end at line {section.last}: look whether that is right."
