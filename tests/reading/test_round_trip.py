"""Our own exports, read again: printed columns, impact rating, state, reference and unknown columns unchanged."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.reading.schema import Reading
from sightline.rendering import document as paper
from sightline.rendering import write

HEADINGS = (
    "Reference",
    "Inspection paragraph",
    "What difference will it make?",
    "Lead",
    "No.",
    "Action",
    "Update",
    "By when",
    "Status",
    "Impact rating",
    "State",
    "Cost",
    "Risk & mitigation",
)
ROWS = (
    (
        "WSCP-A-7",
        "2, 27",
        "Children are heard",
        "QA & P Group; Police",
        "1.1",
        "Ask children",
        "Begun",
        "By 30 June 2024",
        "Green",
        "Not yet known",
        "In progress",
        "£1,500",
        "high",
    ),
    (
        "WSCP-A-8",
        "",
        "Children are heard",
        "QA & P Group; Police",
        "1.1c",
        "Train people in:",
        "4 May 2024: done",
        "Q2 2024/25",
        "Amber? waiting",
        "Amber",
        "In progress",
        "",
        "",
    ),
    (
        "WSCP-A-9",
        "",
        "Children are safe",
        "All partners",
        "2.11 & 3.2",
        "Tell parents, and schools",
        "",
        "Completed",
        "",
        "Green",
        "Complete",
        "none",
        "a | b",
    ),
)
ITEMS = {"WSCP-A-8": ("thresholds", "escalation")}
FORMATS = ("docx", "xlsx", "csv", "md", "html", "pdf")


def export(form: str, folder: Path) -> Reading:
    """The plan written in a format and read again."""
    rows: list[paper.TableRow] = []
    for priority, lines in (
        ("Priority 1: Hear every child", ROWS[:2]),
        ("Priority 2: Keep children safe", ROWS[2:]),
    ):
        rows.append(paper.TableRow((paper.TableCell(priority),), band=True))
        rows += [paper.TableRow(tuple(_cell(line, place) for place in range(len(line)))) for line in lines]
    columns = tuple(paper.Column(heading, 3.0 if heading == "Action" else 1.5) for heading in HEADINGS)
    table = paper.Table("The plan", columns, tuple(rows))
    made = paper.Document("Plan 2024/25", (table,), landscape=True)
    path = folder / f"plan.{form}"
    path.write_bytes(write(made, form))
    return interpret(printed(path))


def _cell(line: tuple[str, ...], place: int) -> paper.TableCell:
    items = ITEMS.get(line[0], ()) if HEADINGS[place] == "Action" else ()
    return paper.TableCell(line[place], items)


def fields(reading: Reading) -> list[dict[str, Any]]:
    """The rows without their positions."""
    rows = [asdict(row) for row in reading.rows]
    for row in rows:
        del row["at"]
    return rows


@pytest.mark.parametrize("form", FORMATS)
def test_every_column_comes_back(form: str, tmp_path: Path) -> None:
    reading = export(form, tmp_path)
    assert reading.document.columns == list(HEADINGS)
    assert [(p.number, p.title) for p in reading.priorities] == [
        ("1", "Hear every child"),
        ("2", "Keep children safe"),
    ]
    for row, line in zip(reading.rows, ROWS, strict=True):
        printed_row = dict(zip(HEADINGS, line, strict=True))
        assert row.reference == printed_row["Reference"]
        assert (row.impact_rating, row.state) == (printed_row["Impact rating"], printed_row["State"])
        assert row.other == {
            "Cost": printed_row["Cost"],
            "Risk & mitigation": printed_row["Risk & mitigation"],
        }
        assert (row.sources_raw, row.outcome, row.owners_raw) == (line[1], line[2], line[3])
        assert (row.number_raw, row.update, row.timescale_raw) == (line[4], line[6], line[7])
        assert row.rating_raw == line[8]
        assert tuple(row.items) == ITEMS.get(line[0], ())
        assert row.action.split("\n")[0].startswith(printed_row["Action"])


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "docx"])
def test_every_format_reads_alike(form: str, tmp_path: Path) -> None:
    assert fields(export(form, tmp_path)) == fields(export("docx", tmp_path))
