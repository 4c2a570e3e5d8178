"""What stands between tables on PDF pages: headings by size, paragraphs, list items; running titles left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sightline.reading.blocks import At, Block, Heading, ListItem, Paragraph
from sightline.reading.formats.pdf_pages import Page
from sightline.reading.formats.pdf_text import Line, starts_item, write_lines
from sightline.reading.formats.pen import Pen
from sightline.reading.formats.words import BULLETS, collapse

_EDGE = 0.1  # the share of a page's height at its top and bottom where running titles stand
_NUMBERED = re.compile(r"(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|Recommendation \d+)\s")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MARKER = re.compile(rf"([{BULLETS}–o-])\s*(\S.*)", re.DOTALL)


def furniture(pages: Sequence[Page], lines: dict[int, list[Line]]) -> set[tuple[int, str]]:
    """Running titles and page numbers: (page, words) of lines that recur at the edge of most pages."""
    seen: Counter[str] = Counter()
    edge: list[tuple[int, str]] = []
    for page in pages:
        near = [line for line in lines[page.number] if _at_edge(line, page)]
        edge += [(page.number, collapse(line.text)) for line in near]
        seen.update({_DIGITS.sub("#", collapse(line.text)) for line in near})
    often = max(3, len(pages) / 2)
    return {
        (number, words)
        for number, words in edge
        if _PAGE_NUMBER.fullmatch(words) or seen[_DIGITS.sub("#", words)] >= often
    }


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom < _EDGE * page.height or line.top > (1 - _EDGE) * page.height


@dataclass(slots=True)
class Sizes:
    """The sizes of type in a document: what running text has, and what headings have, largest first."""

    body: float
    headings: tuple[float, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Sizes:
        """Learns the sizes from every line."""
        counted: Counter[float] = Counter()
        for line in lines:
            counted[line.size] += len(line.text)
        body = counted.most_common(1)[0][0] if counted else 10.0
        return cls(body, tuple(sorted((size for size in counted if size >= 1.15 * body), reverse=True)[:5]))

    def level(self, line: Line) -> int:
        """The heading level of a line, 0 for running text."""
        return self.headings.index(line.size) + 1 if line.size in self.headings else 0


def prose(lines: Sequence[Line], sizes: Sizes) -> list[Block]:
    """Headings, paragraphs and list items of consecutive lines."""
    groups: list[list[Line]] = []
    for line in lines:
        if not groups or _begins(groups[-1], line, sizes):
            groups.append([])
        groups[-1].append(line)
    return [_block(group, sizes) for group in groups]


def _begins(group: list[Line], line: Line, sizes: Sizes) -> bool:
    """Whether a line begins a paragraph: by its size, a bullet or number, a gap above, or a page."""
    last = group[-1]
    if sizes.level(last) != sizes.level(line) or starts_item(line) or _NUMBERED.match(line.text.lstrip()):
        return True
    if line.page != last.page:
        ended = last.text.rstrip().endswith((".", ":", "?", "!", ";"))
        return ended or not line.text.lstrip()[:1].islower()
    if line.bold != last.bold and len(group) == 1 and last.bold:
        return True
    return line.top - last.bottom > 0.8 * line.size


def _block(lines: list[Line], sizes: Sizes) -> Block:
    pen = Pen()
    write_lines(pen, lines)
    first = lines[0]
    at = At(page=first.page)
    text = collapse(" ".join(line for line, _ in pen.lines))
    if level := sizes.level(first):
        return Heading(text, level, at)
    if starts_item(first) and (marked := _MARKER.fullmatch(text)):
        return ListItem(marked[2], marked[1], 0, at)
    return Paragraph(text, text, pen.all_bold, at)
