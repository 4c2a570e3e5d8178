"""Mark-up inside a line of text: tags, entities (also doubled), Markdown bold and links, lists in a cell."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from sightline.reading.formats.pen import Pen

_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>b|strong|i|em|u|s|p|br|ul|ol|li|sup|sub|span|a|div|font|small|mark|h[1-6])"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</\w|<(?:br|li|p)\b", re.IGNORECASE)
# With its semicolon only: "R&D&notes" holds no entity, whatever HTML says of names that are not closed.
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.IGNORECASE)
_SHIELD = "\ue000"  # stands for a "<" that opens no tag
_STARS = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_BREAKING = {"p", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6"}


@dataclass(frozen=True, slots=True)
class Inline:
    """What a marked-up text says: its words, its list items, and whether the whole of it is bold."""

    text: str
    items: tuple[str, ...] = ()
    bold: bool = False


def read_inline(raw: str, *, typed: bool = False) -> Inline:
    """The words of `raw` without its mark-up.

    Paragraphs, breaks and list items become lines. Text that holds two or more bullet characters, or a list
    tag, is a list; a single leading bullet stays in the text (it tells a row that lost its first cells).
    `typed` text comes from a cell somebody typed into: its line ends are kept, and a tag that nothing closes
    is words.
    """
    if typed:
        raw = raw if _CLOSED.search(raw) else raw.replace("<", _SHIELD)
        raw = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")
    marked = _LINK.sub(r"\1", _STARS.sub(r"<b>\1</b>", raw))
    pen = Pen()
    place = 0
    for tag in _TAG.finditer(marked):
        pen.write(unescaped(marked[place : tag.start()]))
        follow_tag(pen, tag["name"].lower(), opens=not tag["close"])
        place = tag.end()
    pen.write(unescaped(marked[place:]))
    return Inline(pen.text, pen.items, pen.all_bold)


def unescaped(text: str) -> str:
    """Entities decoded, also those that were escaped twice ("&amp;amp;")."""
    for _ in range(2):
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text.replace(_SHIELD, "<")


def follow_tag(pen: Pen, tag: str, *, opens: bool) -> None:
    """Does what an opening or closing tag asks of the pen."""
    if tag in ("b", "strong"):
        pen.embolden(opens=opens)
    elif tag == "li":
        pen.item(opens=opens)
    elif tag in ("ul", "ol"):
        pen.list(opens=opens)
    elif tag in _BREAKING:
        pen.end_line()
