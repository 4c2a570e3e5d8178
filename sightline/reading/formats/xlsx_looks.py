"""How the cells of a workbook look: fills (theme colours too), bold type, merges, what is hidden, formulas."""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml.ElementTree import fromstring
from openpyxl.styles.colors import COLOR_INDEX

from sightline.reading.formats.colours import css_colour, tinted

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# Excel counts theme colours light-dark-light-dark, the theme part lists them dark-light-dark-light.
_THEME_ORDER = (
    "lt1",
    "dk1",
    "lt2",
    "dk2",
    "accent1",
    "accent2",
    "accent3",
    "accent4",
    "accent5",
    "accent6",
    "hlink",
)
_TITLES = re.compile(r"\$?(\d+):\$?(\d+)")


@dataclass(frozen=True, slots=True)
class Look:
    """How one cell looks. `shape` is its number format."""

    fill: str | None = None
    bold: bool = False
    shape: str = "General"


PLAIN = Look()


@dataclass(slots=True)
class SheetLooks:
    """How one sheet looks; cells and rows are 1-based. `merged` maps a range's first cell to its last."""

    cells: dict[tuple[int, int], Look] = field(default_factory=dict)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    header_rows: set[int] = field(default_factory=set)
    formulas: int = 0
    comments: int = 0
    hidden: int = 0


def workbook_looks(path: Path) -> dict[str, SheetLooks]:
    """The looks of every sheet by its name. Raises whatever openpyxl raises on files it cannot make out."""
    # Opened here, because openpyxl leaves a file that it cannot make out open.
    with warnings.catch_warnings(), path.open("rb") as file:
        warnings.simplefilter("ignore")  # openpyxl warns of parts it leaves out; none is a look
        book = openpyxl.load_workbook(file, keep_links=False)
    theme = _theme(book.loaded_theme)
    return {sheet.title: _sheet(sheet, theme) for sheet in book.worksheets}


def _theme(content: bytes | str | None) -> dict[int, str]:
    if not content:
        return {}
    scheme = fromstring(content).find(f".//{_DRAWING}clrScheme")
    if scheme is None:
        return {}
    colours = {}
    for place, name in enumerate(_THEME_ORDER):
        entry = scheme.find(f"{_DRAWING}{name}")
        for colour in entry if entry is not None else ():
            if value := css_colour("#" + str(colour.get("lastClr") or colour.get("val"))):
                colours[place] = value
    return colours


def _sheet(sheet: Any, theme: dict[int, str]) -> SheetLooks:
    looks = SheetLooks()
    shapes: dict[int, Look] = {}
    for place, cell in sheet._cells.items():  # not iter_rows: that fills every gap up to the farthest cell
        looks.formulas += cell.data_type == "f"
        looks.comments += cell.comment is not None
        if cell.has_style:
            if cell.style_id not in shapes:
                shapes[cell.style_id] = Look(
                    _fill(cell.fill, theme), bool(cell.font.b), str(cell.number_format)
                )
            looks.cells[place] = shapes[cell.style_id]
    for area in sheet.merged_cells.ranges:
        looks.merged[area.min_row, area.min_col] = (area.max_row, area.max_col)
    looks.header_rows = _header_rows(sheet)
    hidden = [d for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()) if d.hidden]
    looks.hidden = len(hidden)
    return looks


def _header_rows(sheet: Any) -> set[int]:
    """Rows that Excel repeats on every printed page, or that head one of its tables."""
    rows = {table.ref for table in sheet.tables.values() if table.headerRowCount != 0}
    heads = {int(found[1]) for ref in rows if (found := re.match(r"\$?[A-Z]+\$?(\d+)", ref))}
    if titles := _TITLES.search(sheet.print_title_rows or ""):
        heads.update(range(int(titles[1]), min(int(titles[2]), int(titles[1]) + 5) + 1))
    return heads


def _fill(fill: Any, theme: dict[int, str]) -> str | None:
    kind = getattr(fill, "patternType", None)
    if kind in (None, "none"):
        return None
    return _colour(fill.fgColor if kind == "solid" else fill.bgColor, theme)


def _colour(colour: Any, theme: dict[int, str]) -> str | None:
    tint = float(colour.tint or 0)
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        found = css_colour("#" + colour.rgb[-6:])
    elif colour.type == "theme":
        found = theme.get(colour.theme)
    elif colour.type == "indexed" and isinstance(colour.indexed, int) and colour.indexed < len(COLOR_INDEX):
        found = css_colour("#" + COLOR_INDEX[colour.indexed][-6:])
    else:
        found = None
    return tinted(found, tint) if found and tint else found
