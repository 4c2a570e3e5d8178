"""A thread as a picture: boxes in columns, step after step, and lines between those that belong together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sightline.rendering.charts.drawing import Drawing, element, label, wrapped
from sightline.rendering.colours import HEADER_FILL, INK, LINE
from sightline.rendering.document import Figure, Table
from sightline.rendering.text import one_line

_BOX, _GAP, _HIGH, _STEP, _TOP, _LETTERS = 176, 34, 74, 86, 34, 25
_WRONG = "D4351C"


@dataclass(frozen=True, slots=True)
class Node:
    """One box. `is_loose`: the thread ends here without an end; `detail` says how, or how it stands."""

    key: str
    column: int
    words: str
    detail: str = ""
    href: str = ""
    is_loose: bool = False
    is_start: bool = False


def thread_picture(
    caption: str,
    columns: Sequence[str],
    nodes: Sequence[Node],
    links: Sequence[tuple[str, str]],
    *,
    linked: bool,
    table: Table | None,
    alt: str,
) -> Figure:
    """Boxes under their columns' headings, joined by `links` (keys from left to right).

    `linked` makes each box with an address a link, for a page of the site: documents take drawings only, so theirs
    are made without. The first column in use stands left; columns without a box are left out.
    """
    used = sorted({node.column for node in nodes})
    places = _places(nodes, links, used)
    drawing = Drawing("thread", caption, alt, ())
    for place, column in enumerate(used):
        drawing.add(label(place * (_BOX + _GAP), 16, columns[column], bold=True))
    for left, right in links:
        if left in places and right in places:
            drawing.add(_line(places[left], places[right]))
    for node in nodes:
        drawing.add(_box(node, *places[node.key], linked=linked))
    width = len(used) * (_BOX + _GAP) - _GAP
    height = max((y for _, y in places.values()), default=0) + _HIGH + 8
    return Figure(drawing.svg(height, max(width, _BOX), interactive=linked), one_line(alt), caption, table)


def _places(
    nodes: Sequence[Node], links: Sequence[tuple[str, str]], used: Sequence[int]
) -> dict[str, tuple[float, float]]:
    """Where each box stands: the fullest column in order from the top, the others beside what they are joined to."""
    rows = {column: [node for node in nodes if node.column == column] for column in used}
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for left, right in links:
        joined[left].append(right)
        joined[right].append(left)
    main = max(used, key=lambda column: len(rows[column]), default=0)
    heights: dict[str, float] = {}
    for column in sorted(used, key=lambda column: abs(column - main)):
        wanted = [(_beside(node, joined[node.key], heights), node) for node in rows[column]]
        y = float(_TOP)
        for middle, node in sorted(wanted, key=lambda pair: pair[0]):
            y = max(y, middle if middle < float("inf") else y)
            heights[node.key] = y
            y += _STEP
    across = {column: place * (_BOX + _GAP) for place, column in enumerate(used)}
    return {node.key: (float(across[node.column]), heights[node.key]) for node in nodes}


def _beside(node: Node, others: Sequence[str], heights: dict[str, float]) -> float:
    """The mean height of what the box is joined to; at the end where nothing is placed yet."""
    known = [heights[key] for key in others if key in heights]
    return sum(known) / len(known) if known else float("inf")


def _line(left: tuple[float, float], right: tuple[float, float]) -> str:
    x, y = left[0] + _BOX, left[1] + _HIGH / 2
    end_x, end_y = right[0], right[1] + _HIGH / 2
    bend = (x + end_x) / 2
    curve = f"M{x:.1f} {y:.1f}C{bend:.1f} {y:.1f} {bend:.1f} {end_y:.1f} {end_x:.1f} {end_y:.1f}"
    return element("path", d=curve, fill="none", stroke="#505A5F", stroke_width=1.5, class_="chart-join")


def _box(node: Node, x: float, y: float, *, linked: bool) -> str:
    edge = _WRONG if node.is_loose else INK if node.is_start else LINE
    told = one_line(f"{node.words}. {node.detail}" if node.detail else node.words)
    # The whole words in the box's title, not the link's: a link is called what can be read on it.
    body = element(
        "rect",
        element("title", escape(told) or " "),
        x=x,
        y=y,
        width=_BOX,
        height=_HIGH,
        rx=2,
        fill=f"#{HEADER_FILL if node.is_start else 'FFFFFF'}",
        stroke=f"#{edge}",
        stroke_width=3 if node.is_start or node.is_loose else 1.5,
        **({"stroke_dasharray": "6 4"} if node.is_loose else {}),
    )
    words = wrapped(node.words, _LETTERS, 3 if not node.detail else 2)
    detail = wrapped(node.detail, _LETTERS + 1, 2) if node.detail else []
    for row, text in enumerate(words):
        body += label(x + 8, y + 19 + 16 * row, text)
    for row, text in enumerate(detail):
        at = y + 19 + 16 * (len(words) + row)
        colour = _WRONG if node.is_loose else "505A5F"
        body += element("text", escape(text), x=x + 8, y=at, fill=f"#{colour}", font_size=12)
    if linked and node.href:
        return element("a", body, href=node.href, class_="chart-box")
    return element("g", body, class_="chart-box")
