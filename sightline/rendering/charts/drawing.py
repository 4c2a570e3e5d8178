"""The pieces of SVG every chart is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from sightline.rendering.charts.series import Series
from sightline.rendering.colours import INK, LINE, fill
from sightline.rendering.text import one_line

WIDTH = 640
FONT = "Atkinson Hyperlegible, Arial, Libertinus Serif, sans-serif"
COLOURS = ("1D70B8", "D4351C", "00703C", "594D00", "4C2C92", "505A5F")

_PATTERNS = (
    "",
    '<path d="M0 8L8 0M-2 2L2 -2M6 10L10 6" stroke="#FFFFFF" stroke-width="2"/>',
    '<circle cx="4" cy="4" r="1.6" fill="#FFFFFF"/>',
    '<path d="M0 4H8" stroke="#FFFFFF" stroke-width="2"/>',
    '<path d="M0 0L8 8M0 8L8 0" stroke="#FFFFFF" stroke-width="1.2"/>',
    '<path d="M4 0V8" stroke="#FFFFFF" stroke-width="2"/>',
)


def element(name: str, body: str = "", **attributes: str | float) -> str:
    """One SVG element. Underscores in attribute names become hyphens, a trailing one goes (`class_`)."""
    pairs = "".join(
        f" {key.rstrip('_').replace('_', '-')}={quoteattr(_number(value))}"
        for key, value in attributes.items()
    )
    return f"<{name}{pairs}>{body}</{name}>" if body else f"<{name}{pairs}/>"


def label(x: float, y: float, words: str, anchor: str = "start", bold: bool = False) -> str:
    """A line of words; `anchor` is start, middle or end."""
    more = {"font_weight": "bold"} if bold else {}
    return element(
        "text", escape(one_line(words)) or " ", x=x, y=y, text_anchor=anchor, fill=f"#{INK}", **more
    )


def grid_line(x1: float, y1: float, x2: float, y2: float, strong: bool = False) -> str:
    """A line of the grid, or the axis where `strong`."""
    colour = INK if strong else LINE
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_="chart-grid", stroke=f"#{colour}")


def colour_of(index: int, series: Series) -> str:
    """The series' own colour, else one of six that can be told apart, in turn."""
    return fill(series.colour) or COLOURS[index % len(COLOURS)]


def wrapped(words: str, width: int, most: int = 2) -> list[str]:
    """The words on at most `most` lines of `width` characters; what does not fit ends in "…"."""
    rows = [""]
    for word in one_line(words).split():
        longer = f"{rows[-1]} {word}".strip()
        if len(longer) <= width or not rows[-1]:
            rows[-1] = longer
        else:
            rows.append(word)
    if len(rows) > most:
        rows = [*rows[: most - 1], f"{rows[most - 1]} …"]
    return [row if len(row) <= width else f"{row[: width - 1]}…" for row in rows]


class Drawing:
    """A chart being drawn: collects elements; `svg` puts title, description and patterns in front of them."""

    def __init__(self, kind: str, title: str, description: str, series: Sequence[Series]) -> None:
        """`kind` names the chart in its class; the ids inside depend on its words only, so output repeats."""
        self.kind, self.title, self.description, self.series = kind, title, description, series
        seed = repr((kind, title, description, series)).encode("utf-8", "replace")
        self.key = "c" + hashlib.sha256(seed).hexdigest()[:10]
        self.parts: list[str] = []

    def add(self, *parts: str) -> None:
        """Draw on top of what is there."""
        self.parts.extend(parts)

    def paint(self, index: int) -> str:
        """What fills the areas of series `index`: its colour with its pattern."""
        return f"url(#{self.key}-{index})"

    def legend(self, y: float, marks: Iterable[str]) -> float:
        """One legend entry per series, its mark before its name; gives the y below the legend."""
        x, row = 0.0, y
        for one, mark in zip(self.series, marks, strict=True):
            name = wrapped(one.name, 40, 1)[0]
            room = 34 + 7.4 * len(name)
            if x and x + room > WIDTH:
                x, row = 0.0, row + 22
            self.add(element("g", mark + label(24, 11, name), transform=f"translate({_number(x)} {row})"))
            x += room
        return row + 30

    def svg(self, height: float, width: float = WIDTH, *, interactive: bool = False) -> str:
        """The whole SVG, `height` units high; it scales to the width of its place.

        `interactive`: it holds links, so its parts are no mere picture to those who listen.
        """
        role, wide = "group" if interactive else "img", _number(width)
        names = f"{self.key}-title {self.key}-desc"
        head = element("title", escape(one_line(self.title)) or " ", id=f"{self.key}-title")
        head += element("desc", escape(one_line(self.description)), id=f"{self.key}-desc")
        patterns = "".join(self._pattern(i, one) for i, one in enumerate(self.series))
        body = head + element("defs", patterns) + "".join(self.parts)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="{names}"'
            f' class="chart chart--{self.kind}" viewBox="0 0 {wide} {_number(height)}"'
            f' width="{wide}" height="{_number(height)}" font-family="{FONT}" font-size="13">{body}</svg>'
        )

    def _pattern(self, index: int, series: Series) -> str:
        ground = element("rect", width=8, height=8, fill=f"#{colour_of(index, series)}")
        lines = _PATTERNS[index % len(_PATTERNS)]
        return element(
            "pattern",
            ground + lines,
            id=f"{self.key}-{index}",
            width=8,
            height=8,
            patternUnits="userSpaceOnUse",
            class_=f"series-{index + 1}",
        )


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
