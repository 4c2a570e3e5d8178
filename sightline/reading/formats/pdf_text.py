"""Characters of a PDF page put together into lines of words."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache as cache
from typing import Any

from sightline.reading.formats.pen import Pen
from sightline.reading.formats.words import BULLETS

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
# Symbol fonts print their bullets and ticks from the private area.
_PRIVATE = {"\uf0b7": "•", "\uf0a7": "▪", "\uf0fc": "✓", "\uf0d8": "▪", "\uf076": "▪"}
_BULLET = re.compile(rf"[{BULLETS}]|[-–o](?=\s)")


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character: where it stands in points from the top left corner, the size and weight of its type,
    whether it stands upright, and the marked content it belongs to (`artifact`: to none, the file says)."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool = False
    upright: bool = True
    mark: int | None = None
    artifact: bool = False

    @classmethod
    def of(cls, given: dict[str, Any]) -> Char:
        """The character as pdfplumber describes it, in a tenth of the memory."""
        text = str(given["text"])
        text = _LIGATURES.get(text) or _PRIVATE.get(text) or sys.intern(text)
        return cls(
            text,
            *(given["x0"], given["x1"], given["top"], given["bottom"], given["size"]),
            bold=_is_bold(str(given["fontname"])),
            upright=bool(given.get("upright", True)),
            mark=given.get("mcid"),
            artifact=given.get("tag") == "Artifact",
        )

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half its width."""
        return (self.x0 + self.x1) / 2


@cache(maxsize=1000)
def _is_bold(font: str) -> bool:
    return bool(_BOLD.search(font))


@dataclass(slots=True)
class Line:
    """One printed line: its words, where it stands on its page, the size of its type and whether all is bold."""

    page: int
    chars: list[Char] = field(default_factory=list)
    text: str = ""

    def add(self, char: Char) -> None:
        """Adds the next character, and a space where the page leaves a gap."""
        if self.chars:
            gap = char.x0 - self.chars[-1].x1
            if gap > 0.2 * char.size and not self.text.endswith(" "):
                self.text += " "
        self.chars.append(char)
        self.text += char.text

    @property
    def x0(self) -> float:
        return min(char.x0 for char in self._inked)

    @property
    def x1(self) -> float:
        return max(char.x1 for char in self._inked)

    @property
    def top(self) -> float:
        return min(char.top for char in self._inked)

    @property
    def bottom(self) -> float:
        return max(char.bottom for char in self._inked)

    @property
    def size(self) -> float:
        """The size of type that most of the line has, in points."""
        sizes = [round(char.size, 1) for char in self._inked]
        return max(set(sizes), key=sizes.count)

    @property
    def bold(self) -> bool:
        return all(char.bold for char in self._inked)

    @property
    def _inked(self) -> list[Char]:
        return [char for char in self.chars if not char.text.isspace()] or self.chars


def printed_lines(chars: Iterable[Char], page: int) -> list[Line]:
    """Lines as they stand on the page, top to bottom, left to right."""
    lines: list[Line] = []
    for char in sorted(chars, key=lambda c: (c.middle, c.x0)):
        if not lines or char.middle - lines[-1].chars[0].middle > 0.5 * max(char.size, 1.0):
            lines.append(Line(page))
        lines[-1].chars.append(char)
    return [line for loose in lines if (line := _set(loose.chars, page)).text.strip()]


def _set(chars: list[Char], page: int) -> Line:
    line = Line(page)
    for char in sorted(chars, key=lambda c: c.x0):
        line.add(char)
    return line


def written_lines(chars: Sequence[tuple[int, Char]]) -> list[Line]:
    """Lines in the order the file writes them, where it says itself what belongs together."""
    lines: list[Line] = []
    for page, char in chars:
        last = lines[-1] if lines else None
        if last is None or last.page != page or _breaks(last.chars[-1], char):
            lines.append(Line(page))
        lines[-1].add(char)
    return [line for line in lines if line.text.strip()]


def _breaks(before: Char, char: Char) -> bool:
    size = max(before.size, char.size, 1.0)
    return abs(char.middle - before.middle) > 0.6 * size or char.x0 < before.x0 - 2 * size


def write_lines(pen: Pen, lines: Sequence[Line], right: float | None = None) -> None:
    """Writes lines as running text. A line that begins with a bullet, or that stops although the next word had room
    before `right`, begins a line of its own."""
    for at, line in enumerate(lines):
        if at and (starts_item(line) or (right is not None and _had_room(lines[at - 1], line, right))):
            pen.end_line()
        elif at:
            pen.write("" if _is_one_word(lines[at - 1].text, line.text) else " ")
        strong = line.bold
        if strong:
            pen.embolden(opens=True)
        pen.write(line.text.strip())
        if strong:
            pen.embolden(opens=False)
    pen.end_line()


def _is_one_word(before: str, after: str) -> bool:
    """Whether a word was cut at its hyphen between two lines ("multi-" and "agency")."""
    return before.endswith(("-", "\u00ad")) and not before.endswith(" -") and after[:1].islower()


def starts_item(line: Line) -> bool:
    """Whether a line begins with a bullet."""
    return bool(_BULLET.match(line.text.lstrip()))


def _had_room(line: Line, following: Line, right: float) -> bool:
    word = following.text.split(maxsplit=1)[0]
    needed = (following.x1 - following.x0) * (len(word) + 1) / max(len(following.text.strip()), 1)
    return line.x1 + 1.2 * needed + 0.5 * line.size < right


def rgb(colour: Any) -> str | None:
    """RRGGBB of a PDF colour: one number is grey, three are RGB, four are CMYK; None for patterns."""
    parts = tuple(colour) if isinstance(colour, list | tuple) else (colour,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return None
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = tuple((1 - min(1, ink + black)) for ink in (cyan, magenta, yellow))
    if len(parts) == 1:
        parts = parts * 3
    if len(parts) != 3:
        return None
    return "".join(f"{round(255 * min(max(part, 0), 1)):02X}" for part in parts)
