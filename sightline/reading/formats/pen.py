"""A pen that writes down the words of a cell or paragraph: lines, list items, and whether all of it is bold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.reading.formats.words import BULLETS, collapse

BULLET = re.compile(f"[{BULLETS}]")


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
        """Adds words to the line; bullet characters inside a list begin items of their own."""
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

    @property
    def text(self) -> str:
        """The lines so far, one under the other."""
        self.end_line()
        return "\n".join(line for line, _ in self.lines)

    @property
    def items(self) -> tuple[str, ...]:
        """The list items so far. A single leading bullet stays in the text and names the one item."""
        self.end_line()
        items = tuple(line for line, is_item in self.lines if is_item)
        if not items and self.lines and BULLET.match(self.lines[0][0]):
            only = collapse(self.lines[0][0][1:])
            return (only,) if only and len(self.lines) == 1 else ()
        return items

    @property
    def all_bold(self) -> bool:
        """Whether every word so far is bold."""
        return self.bold_seen and not self.plain_seen
