"""A heat map: how many things stand at each step of two scales. Each field prints its number and its band."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from sightline.rendering.charts.drawing import Drawing, element, label, wrapped
from sightline.rendering.colours import INK, LINE

_SIDE, _TOP, _WIDE, _HIGH, _FOOT = 128, 8, 112, 56, 48


@dataclass(frozen=True, slots=True)
class Field:
    """One field: how many stand there, the band's name and fill (RRGGBB, light), and where it leads; "" for nowhere."""

    number: int
    band: str
    fill: str
    href: str = ""


def heat_map(
    title: str,
    alt: str,
    axes: tuple[str, str],
    steps: tuple[Sequence[str], Sequence[str]],
    fields: Mapping[tuple[int, int], Field],
) -> str:
    """The SVG. `axes` and `steps` of the upright and of the level scale, the least first; fields by step from 1."""
    (up, across), (rows, columns) = axes, steps
    drawing = Drawing("heat", title, alt, ())
    bottom = _TOP + _HIGH * len(rows)
    for row, words in enumerate(rows, 1):
        y = bottom - _HIGH * row
        drawing.add(label(_SIDE - 10, y + _HIGH / 2 + 5, f"{row} {words}", "end"))
        for column in range(1, len(columns) + 1):
            drawing.add(_field(fields[row, column], _SIDE + _WIDE * (column - 1), y))
    for column, words in enumerate(columns, 1):
        drawing.add(label(_SIDE + _WIDE * (column - 0.5), bottom + 18, f"{column} {words}", "middle"))
    drawing.add(label(_SIDE + _WIDE * len(columns) / 2, bottom + 40, across, "middle", bold=True))
    drawing.add(label(0, bottom + 40, f"{up}, upwards", bold=True))
    linked = any(field.href for field in fields.values())
    return drawing.svg(bottom + _FOOT, _SIDE + _WIDE * len(columns), interactive=linked)


def _field(field: Field, x: float, y: float) -> str:
    body = element(
        "rect", x=x + 1, y=y + 1, width=_WIDE - 2, height=_HIGH - 2, fill=f"#{field.fill}", stroke=f"#{LINE}"
    )
    number = str(field.number) if field.number else "–"
    body += element(
        "text", number, x=x + _WIDE / 2, y=y + 26, text_anchor="middle", fill=f"#{INK}", font_size=18,
        font_weight="bold" if field.number else "normal",
    )  # fmt: skip
    band = escape(wrapped(field.band, 15, 1)[0])
    body += element(
        "text", band, x=x + _WIDE / 2, y=y + 45, text_anchor="middle", fill=f"#{INK}", font_size=12
    )
    return element("a", body, href=field.href) if field.href else body
