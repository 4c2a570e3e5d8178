"""Excel workbooks (.xlsx): each sheet a heading and its tables; stored values, fills, merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from sightline.reading.blocks import Block, Heading, Notice, PrintedDocument, UnreadableFile
from sightline.reading.formats.xlsx_grid import Grid, sheet_blocks
from sightline.reading.formats.xlsx_looks import SheetLooks, workbook_looks
from sightline.reading.formats.xlsx_values import shown
from sightline.reading.formats.xlsx_weigh import weigh
from sightline.reading.limits import DEFAULT, Limits

_UNNAMED = re.compile(r"(?:sheet|table|blad)\s?\d*", re.IGNORECASE)


@dataclass(slots=True)
class _Seen:
    """What was met on the way through the sheets."""

    formulas: int = 0
    comments: int = 0
    hidden_lines: int = 0
    hidden_sheets: list[str] = field(default_factory=list)
    plain: bool = False

    def notices(self) -> list[Notice]:
        found = []
        if self.formulas:
            found.append(
                Notice(
                    "formula_value",
                    f"{self.formulas} cells hold formulas; the values stored with them were read.",
                )
            )
        if self.hidden_sheets:
            names = ", ".join(f"“{name[:40]}”" for name in self.hidden_sheets[:10])
            found.append(Notice("hidden_sheet", f"Hidden sheets were read too: {names}."))
        if self.hidden_lines:
            found.append(Notice("hidden_rows", f"{self.hidden_lines} hidden rows or columns were read too."))
        if self.comments:
            found.append(Notice("comments_unread", f"{self.comments} comments on cells were not read."))
        if self.plain:
            found.append(Notice("colours_unread", "The colours of this workbook could not be read."))
        return found


def read_xlsx(path: Path, limits: Limits = DEFAULT) -> PrintedDocument:
    """The blocks of a workbook. Positions are table, and the row and column of the sheet.

    Formulas are never worked out: their stored values are read. Raises UnreadableFile where it is too large.
    """
    weigh(path, limits)
    seen = _Seen()
    looks = _looks(path, seen)
    blocks: list[Block] = []
    tables = 0
    with CalamineWorkbook.from_path(path) as book:
        if not book.sheets_metadata:
            raise UnreadableFile("This workbook has no sheets; open it in Excel and save it again.")
        several = sum(1 for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet) > 1
        for facts in book.sheets_metadata:
            if facts.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(facts.name)
            look = looks.get(facts.name, SheetLooks())
            found = sheet_blocks(_grid(sheet, look), tables)
            if found and (several or not _UNNAMED.fullmatch(facts.name.strip())):
                blocks.append(Heading(facts.name.strip(), 1))
            blocks += found
            tables += sum(1 for block in found if not hasattr(block, "text"))
            if found and facts.visible != SheetVisibleEnum.Visible:
                seen.hidden_sheets.append(facts.name)
            seen.formulas += look.formulas
            seen.comments += look.comments
            seen.hidden_lines += look.hidden
    headings = sorted((b for b in blocks if isinstance(b, Heading)), key=lambda heading: -heading.level)
    title = headings[0].text if headings else ""  # a title on a sheet says more than the sheet's name
    return PrintedDocument(tuple(blocks), "xlsx", title=title, notices=tuple(seen.notices()))


def _looks(path: Path, seen: _Seen) -> dict[str, SheetLooks]:
    try:
        return workbook_looks(path)
    except Exception:
        # The values are read by another library: a style it cannot make out costs the colours, not the words.
        seen.plain = True
        return {}


def _grid(sheet: CalamineSheet, look: SheetLooks) -> Grid:
    texts = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        for column, value in enumerate(values, start=1):
            if value != "":
                shape = look.cells[row, column].shape if (row, column) in look.cells else "General"
                texts[row, column] = shown(value, shape)
    merged = look.merged or {
        (first[0] + 1, first[1] + 1): (last[0] + 1, last[1] + 1)
        for first, last in sheet.merged_cell_ranges or []
    }
    return Grid(texts, look, merged)
