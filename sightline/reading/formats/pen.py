"""A pen that writes down the words of a cell or paragraph: lines, list items, and whether all of it is bold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.reading.formats.words import BULLETS, collapse

BULLET = re.compile(f"[{BULLETS}]")
# A middle dot inside a line separates words; only at the start of a line is it a bullet.
_INNER_BULLET = re.compile(
    rf"(?:^|(?<=\s))[{BULLETS}](?=\s*\S)|[{BULLETS.translate({183: None, 8729: None})}]"
)
_DASH = re.compile(r"[-–*]\s+(?=\S)")


@dataclass(slots=True)
class Pen:
    """Collects lines while a reader walks through a text. `lists` counts the lists that are open."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    buffer: str = ""
    in_item: bool = False
    lists: int = 0
    bold: int = 0
    plain_seen: bool = False
    bold_seen: bool = False

    def write(self, text: str) -> None:
        """Adds words to the line; bullet characters inside an open list begin items of their own."""
        if text.strip():
            self.bold_seen |= self.bold > 0
            self.plain_seen |= self.bold == 0
        if not self.lists:
            self.buffer += text
            return
        first, *others = BULLET.split(text)
        self.buffer += first
        for other in others:
            self.end_line()
            self.in_item = True
            self.buffer = other

    def end_line(self) -> None:
        """Ends the line; an empty one leaves nothing."""
        if words := collapse(self.buffer):
            self.lines.append((words, self.in_item))
        self.buffer = ""

    def item(self, *, opens: bool) -> None:
        """A list item opens or closes here."""
        self.end_line()
        self.in_item = opens

    def list(self, *, opens: bool) -> None:
        """A list opens or closes here. The words after an inner list belong to the item around it."""
        self.end_line()
        self.lists = max(0, self.lists + (1 if opens else -1))
        self.in_item = False

    def embolden(self, *, opens: bool) -> None:
        """Bold type begins or ends here."""
        self.bold = max(0, self.bold + (1 if opens else -1))

    def settle(self) -> None:
        """Ends the writing. Two or more lines that begin with bullets or dashes are a list, mark-up or not."""
        self.end_line()
        if any(is_item for _, is_item in self.lines):
            return
        if sum(len(_INNER_BULLET.findall(line)) for line, _ in self.lines) > 1:
            self.lines = [part for line, _ in self.lines for part in _parted(line)]
        elif sum(1 for line, _ in self.lines if _DASH.match(line)) > 1:
            self.lines = [
                (_DASH.sub("", line, count=1), True) if _DASH.match(line) else (line, False)
                for line, _ in self.lines
            ]

    @property
    def text(self) -> str:
        """The lines so far, one under the other."""
        self.settle()
        return "\n".join(line for line, _ in self.lines)

    @property
    def items(self) -> tuple[str, ...]:
        """The list items so far. A single leading bullet stays in the text and names the one item."""
        self.settle()
        items = tuple(line for line, is_item in self.lines if is_item)
        if not items and len(self.lines) == 1 and BULLET.match(self.lines[0][0]):
            only = collapse(self.lines[0][0][1:])
            return (only,) if only else ()
        return items

    @property
    def all_bold(self) -> bool:
        """Whether every word so far is bold."""
        return self.bold_seen and not self.plain_seen


def _parted(line: str) -> list[tuple[str, bool]]:
    first, *others = _INNER_BULLET.split(line)
    parts = [(collapse(first), False), *((collapse(other), True) for other in others)]
    return [(words, is_item) for words, is_item in parts if words]
