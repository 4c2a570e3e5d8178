"""The spreadsheet of a new partnership: sheets Agencies, Groups and People, a heading row each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sightline.events.choices import Actor
from sightline.partners.rules import normalise
from sightline.partners.services.loading import Loaded, Row, load_partners

COLUMNS: dict[str, str] = {
    "name": "name",
    "agency name": "name",
    "group name": "name",
    "short name": "short_name",
    "abbreviation": "short_name",
    "sector": "sector",
    "kind": "kind",
    "type": "kind",
    "predecessor": "predecessor",
    "parent": "parent",
    "parent group": "parent",
    "initials": "initials",
    "post": "post",
    "job title": "post",
    "role": "post",
    "agency": "agency",
    "organisation": "agency",
    "email": "email",
    "e mail": "email",
    "from": "starts_on",
    "start date": "starts_on",
    "until": "ends_on",
    "to": "ends_on",
    "end date": "ends_on",
    "aliases": "aliases",
    "other names": "aliases",
    "also known as": "aliases",
}
SHEETS = ("agencies", "groups", "people")
MOST_ROWS = 5_000


def load_spreadsheet(path: Path, *, by: Actor) -> Loaded:
    """Load an .xlsx, .xls or .ods file, all or nothing: what cannot be used stands in `problems`."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = {normalise(name): name for name in book.sheet_names}
        sheets = {
            wanted: book.get_sheet_by_name(names[wanted]).to_python() for wanted in SHEETS if wanted in names
        }
    except (CalamineError, OSError):
        return Loaded(problems=["This file cannot be read as a spreadsheet; save it as .xlsx and try again."])
    if not sheets:
        return Loaded(problems=["The file has no sheet named Agencies, Groups or People."])
    problems: list[str] = []
    rows = {wanted: _rows(wanted.capitalize(), sheets.get(wanted, []), problems) for wanted in SHEETS}
    if problems:
        return Loaded(problems=problems)
    return load_partners(rows["agencies"], rows["groups"], rows["people"], by=by)


def _rows(sheet: str, cells: list[list[Any]], problems: list[str]) -> list[Row]:
    """Rows by column; headings that nobody knows are told, because what stands below them would be lost."""
    if not cells:
        return []
    columns = [COLUMNS.get(normalise(str(heading))) for heading in cells[0]]
    for heading, column in zip(cells[0], columns, strict=True):
        if column is None and str(heading).strip():
            problems.append(f"{sheet}: the column “{heading}” is not one that Sightline knows.")
    if "name" not in columns:
        problems.append(f"{sheet}: there is no column named Name.")
    if len(cells) - 1 > MOST_ROWS:
        problems.append(f"{sheet}: there are more than {MOST_ROWS:,} rows.")
        return []
    return [
        {column: value for column, value in zip(columns, row, strict=True) if column is not None}
        for row in cells[1:]
    ]
