"""The published papers, scored where they stand beside the project; the repository holds none of them."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.reading.schema import Reading
from tests.reading import printing, twins
from tests.reading.making import codes


def seed(shared: Path, number: str) -> Path:
    """The file of a published paper."""
    return next((shared / "seeds").glob(f"{number}_*"))


def truth(shared: Path, name: str) -> dict[str, Any]:
    """The truth of a published paper."""
    found: dict[str, Any] = json.loads((shared / "truth" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="session")
def scorer(shared: Path) -> ModuleType:
    """The scoring tool, as it stands in the shared material."""
    spec = importlib.util.spec_from_file_location("score_reading", shared / "tools" / "score_reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(scorer: ModuleType, expected: dict[str, Any], reading: Reading) -> float:
    """What the tool prints as its score."""
    data = reading.as_json()
    counts = data["counts"]
    shares = scorer.plan(expected, data) if "rows" in expected else []
    shares += scorer.recommendations(expected, data) if "recommendations" in expected else []
    parts = sum(counts[name] for name in ("imported", "joined", "furniture", "set_aside"))
    shares.append(("counts add up", int(counts["rows_seen"] == parts and parts > 0), 1))
    total: float = sum(100 * right / max(wanted, 1) for _, right, wanted in shares) / len(shares)
    return total


def test_the_plan(shared: Path, scorer: ModuleType) -> None:
    reading = interpret(printed(seed(shared, "004")))
    assert score(scorer, truth(shared, "004"), reading) == 100
    assert twins.wrong_rows(truth(shared, "004"), _with_alternatives(truth(shared, "004"), reading)) == []


def _with_alternatives(expected: dict[str, Any], reading: Reading) -> list[dict[str, Any]]:
    """The rows, an owner split that the truth also allows put as the truth prints it."""
    rows: list[dict[str, Any]] = reading.as_json()["rows"]
    for want, row in zip(expected["rows"], rows, strict=True):
        for other in expected["owner_alternatives"].get(str(want["line"]), []):
            if {twins.letters(o) for o in row["owners"]} == {twins.letters(o) for o in other}:
                row["owners"] = want["owners"]
    return rows


def test_the_addendum(shared: Path, scorer: ModuleType) -> None:
    reading = interpret(printed(seed(shared, "003")))
    assert score(scorer, truth(shared, "003"), reading) == 100


def test_the_report_has_its_people(shared: Path) -> None:
    reading = interpret(printed(seed(shared, "001")))
    seats = [(row.seat, row.value, row.unit) for row in reading.attendance]
    assert seats == [(r["member"], r["percent"], "%") for r in truth(shared, "001_attendance")["rows"]]
    members = [(m.surname, m.forename, m.organisation, m.post) for m in reading.members]
    wanted = truth(shared, "001_membership")["rows"]
    assert members == [(m["surname"], m["forename"], m["organisation"], m["role"]) for m in wanted]
    assert [w.message[:10] for w in reading.warnings if w.code == "impossible_value"] == ["Lay member"]
    assert len(reading.rows) == 24
    assert len(reading.priorities) == 4


def test_the_plans_warnings(shared: Path) -> None:
    reading = interpret(printed(seed(shared, "004")))
    found = codes(reading)
    wanted = {
        "duplicate_number",
        "number_gap",
        "row_shifted",
        "no_rating",
        "no_timescale",
        "date_outside_period",
        "update_contradicts_date",
        "self_reference",
        "inferred_year",
    }
    assert wanted <= set(found)
    assert found.count("date_outside_period") == 1
    assert [w.message[:4] for w in reading.warnings if w.code == "number_gap"] == ["2.7b"]
    assert [row.number_raw for row in reading.rows if "update_contradicts_date" in row.warnings] == ["2.4"]
    assert [row.number_raw for row in reading.rows if "self_reference" in row.warnings] == ["4.4"]


@pytest.mark.parametrize("merged", [False, True], ids=["pages", "merged"])
@pytest.mark.parametrize("colour_only", [False, True], ids=["words", "colours"])
@pytest.mark.parametrize("form", list(printing.PRINTERS))
def test_the_plan_in_office_files(
    shared: Path, scorer: ModuleType, tmp_path: Path, form: str, colour_only: bool, merged: bool
) -> None:
    doc = printed(seed(shared, "004"))
    path = printing.PRINTERS[form](doc, tmp_path / f"plan.{form}", colour_only=colour_only, merged=merged)
    assert score(scorer, truth(shared, "004"), interpret(printed(path))) >= 98


def test_the_plan_as_two_pdfs(shared: Path, scorer: ModuleType, tmp_path: Path) -> None:
    doc = printed(seed(shared, "004"))
    ours = printing.as_pdf_ours(doc, tmp_path / "ours.pdf")
    theirs = printing.as_pdf_printed(
        printing.as_html(doc, tmp_path / "p.html", merged=True), tmp_path / "p.pdf"
    )
    scores = [score(scorer, truth(shared, "004"), interpret(printed(path))) for path in (ours, theirs)]
    assert min(scores) >= 95


def test_the_twins_by_the_tool(scorer: ModuleType) -> None:
    for name in ("plan", "addendum"):
        reading = interpret(printed(twins.FOLDER / f"{name}.txt"))
        assert score(scorer, twins.truth(name), reading) == 100
