"""Mark-up inside a line of text: tags, entities (also doubled), Markdown bold and links, lists in a cell."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from sightline.reading.formats.words import BULLETS, collapse, stacked

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>b|strong|i|em|u|s|p|br|ul|ol|li|sup|sub|span|a|div|font|small|mark|h[1-6])"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_STARS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_BULLET = re.compile(f"[{BULLETS}]")
_BREAKING = {"p", "br", "ul", "ol", "div", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Inline:
    """What a marked-up text says: its words, its list items, and whether the whole of it is bold."""

    text: str
    items: tuple[str, ...] = ()
    bold: bool = False


@dataclass(slots=True)
class _Pen:
    """Collects lines while the tags go by."""

    lines: list[tuple[str, bool]] = field(default_factory=list)
    buffer: str = ""
    in_item: bool = False
    lists: int = 0
    bold: int = 0
    plain_seen: bool = False
    bold_seen: bool = False

    def end_line(self) -> None:
        words = collapse(self.buffer)
        if words:
            self.lines.append((words, self.in_item))
        self.buffer = ""

    def write(self, text: str) -> None:
        words = html.unescape(html.unescape(text))
        if words.strip():
            self.bold_seen |= self.bold > 0
            self.plain_seen |= self.bold == 0
        if not self.lists:
            self.buffer += words
            return
        first, *others = _BULLET.split(words)
        self.buffer += first
        for other in others:
            self.end_line()
            self.in_item = True
            self.buffer = other

    def tag(self, name: str, closing: bool) -> None:
        if name in ("b", "strong"):
            self.bold = max(0, self.bold + (-1 if closing else 1))
        elif name == "li":
            self.end_line()
            self.in_item = not closing
        elif name in _BREAKING:
            self.end_line()
            if name in ("ul", "ol"):
                self.lists = max(0, self.lists + (-1 if closing else 1))
                self.in_item = False


def read_inline(raw: str) -> Inline:
    """The words of `raw` without its mark-up.

    Paragraphs, breaks and list items become lines. Text that holds two or more bullet characters, or a list tag,
    is a list; a single leading bullet stays in the text (it tells a row that lost its first cells) and names
    the one item.
    """
    marked = _LINK.sub(r"\1", _STARS.sub(r"<b>\1</b>", raw))
    pen = _Pen()
    if len(_BULLET.findall(marked)) > 1:
        pen.lists = 1
    place = 0
    for tag in _TAG.finditer(marked):
        pen.write(marked[place : tag.start()])
        pen.tag(tag["name"].lower(), bool(tag["close"]))
        place = tag.end()
    pen.write(marked[place:])
    pen.end_line()
    text = stacked(line for line, _ in pen.lines)
    items = tuple(line for line, is_item in pen.lines if is_item)
    if not items and text[:1] and text[0] in BULLETS and (rest := collapse(text[1:])):
        items = (rest,)
    return Inline(text, items, pen.bold_seen and not pen.plain_seen)
