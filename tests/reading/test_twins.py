"""The invented papers, read from text and from every file they can be printed as."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sightline.reading.blocks import PrintedDocument, Table
from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret
from sightline.reading.interpreters.desk import Desk, words_of
from sightline.reading.schema import Reading
from tests.reading import printing, twins
from tests.reading.making import adds_up, codes

PLAN = twins.FOLDER / "plan.txt"


@pytest.fixture(scope="module")
def plan() -> PrintedDocument:
    """The blocks of the plan's text."""
    return printed(PLAN)


@pytest.fixture(scope="module")
def read(plan: PrintedDocument) -> Reading:
    """The reading of the plan's text."""
    return interpret(plan)


def assert_plan(reading: Reading) -> None:
    """The rows and priorities of the plan, cell by cell."""
    truth = twins.truth("plan")
    data = reading.as_json()
    assert twins.wrong_rows(truth, data["rows"]) == []
    assert [p["number"] for p in data["priorities"]] == [str(p["number"]) for p in truth["priorities"]]
    for priority, want in zip(data["priorities"], truth["priorities"], strict=True):
        assert twins.begins(priority["title"], want["title_start"])
    assert data["document"]["columns"] == truth["document"]["columns"]
    assert adds_up(reading)


def test_the_plan_in_text(read: Reading) -> None:
    assert_plan(read)
    assert read.document.title == "THE IMPROVEMENT PLAN January to June 2024"
    assert (read.document.kind, read.document.period_raw) == ("action_plan", "January to June 2024")
    assert [row.kind for row in read.rows] == [row["kind"] for row in twins.truth("plan")["rows"]]
    assert [row.at.line for row in read.rows] == [row["line"] for row in twins.truth("plan")["rows"]]


def test_the_plans_counts(read: Reading) -> None:
    counts = read.counts
    assert (counts.rows_seen, counts.imported, counts.joined, counts.furniture, counts.set_aside) == (
        73,
        56,
        1,
        15,
        1,
    )


def test_the_plans_warnings(read: Reading) -> None:
    found = {code: [w.at.line for w in read.warnings if w.code == code] for code in codes(read)}
    del found["no_rating"], found["status_hint"], found["acronym_unexplained"]
    assert found == {
        "duplicate_number": [13, 48, 64],
        "owner_unsplit": [22],
        "update_contradicts_date": [33],
        "inferred_year": [34],
        "children_disagree": [48, 87],
        "no_timescale": [49],
        "row_shifted": [51, 52],
        "repeated_text": [52, 57],
        "row_joined": [65],
        "rating_doubtful": [65],
        "row_realigned": [74],
        "self_reference": [80],
        "number_gap": [43],
        "date_outside_period": [9],
    }
    blank = [row["line"] for row in twins.truth("plan")["rows"] if row["rag"] == "blank"]
    assert [w.at.line for w in read.warnings if w.code == "no_rating"] == blank


def test_a_gap_says_which_number(read: Reading) -> None:
    assert [w.message[:5] for w in read.warnings if w.code == "number_gap"] == ["2.7b:"]


@pytest.mark.parametrize("merged", [False, True], ids=["pages", "merged"])
@pytest.mark.parametrize("colour_only", [False, True], ids=["words", "colours"])
@pytest.mark.parametrize("form", list(printing.PRINTERS))
def test_the_plan_in_office_files(
    plan: PrintedDocument, tmp_path: Path, form: str, colour_only: bool, merged: bool
) -> None:
    path = printing.PRINTERS[form](plan, tmp_path / f"plan.{form}", colour_only=colour_only, merged=merged)
    reading = interpret(printed(path))
    assert_plan(reading)
    by_colour = [row for row in reading.rows if "status_by_colour" in row.warnings]
    # Two of the 39 rated rows are printed out of their columns: their word stands where no colour is.
    assert len(by_colour) == (37 if colour_only else 0)


def test_the_plan_in_our_own_pdf(plan: PrintedDocument, tmp_path: Path) -> None:
    assert_plan(interpret(printed(printing.as_pdf_ours(plan, tmp_path / "plan.pdf"))))


@pytest.mark.parametrize("merged", [False, True], ids=["pages", "merged"])
def test_the_plan_printed_by_chromium(plan: PrintedDocument, tmp_path: Path, merged: bool) -> None:
    page = printing.as_html(plan, tmp_path / "plan.html", merged=merged)
    assert_plan(interpret(printed(printing.as_pdf_printed(page, tmp_path / "plan.pdf"))))


def test_the_addendum() -> None:
    reading = interpret(printed(twins.FOLDER / "addendum.txt"))
    assert twins.wrong_recommendations(twins.truth("addendum"), reading.as_json()["recommendations"]) == []
    assert reading.document.kind == "recommendations"
    assert [(w.code, w.at.line) for w in reading.warnings] == [("response_elsewhere", 79)]
    assert adds_up(reading)
    assert (reading.counts.joined, reading.counts.imported) == (4, 33)


@pytest.mark.parametrize("name", ["report.txt", "strategy.html", "two_rows.html"])
def test_papers_with_a_whole_expected_reading(name: str) -> None:
    """Every field of these readings was looked through by a person; a change here is a change of meaning."""
    reading = interpret(printed(twins.FOLDER / name)).as_json()
    expected = json.loads((twins.FOLDER / f"{name}.reading.json").read_text(encoding="utf-8"))
    assert reading == expected


@pytest.mark.parametrize(
    "path", sorted(twins.FOLDER.glob("*.txt")) + sorted(twins.FOLDER.glob("*.html")), ids=lambda p: p.name
)
def test_no_word_of_a_paper_is_lost(path: Path) -> None:
    """Every word of every row and paragraph that is not furniture stands somewhere in the reading."""
    desk = Desk(printed(path))
    reading = interpret(desk.doc)
    said = set(re.findall(r"\w+", json.dumps(reading.as_json(), ensure_ascii=False)))
    headers = {word for column in reading.document.columns for word in re.findall(r"\w+", column)}
    kept = {
        "Priority",
        "Targeted",
        "priority",
        "Objective",
        "Recommendation",
        "Page",
        "Four",
        "One",
        "Two",
    } | headers
    titles = {
        block.text for block in desk.doc.blocks if not isinstance(block, Table) and len(block.text) < 80
    }
    for block in desk.doc.blocks:
        texts = [words_of(row) for row in block.rows] if isinstance(block, Table) else [block.text]
        for text in texts:
            if not (titles & {text}) and not is_furniture(text):
                assert set(re.findall(r"\w+", text)) - said - kept == set()


def is_furniture(text: str) -> bool:
    """Whether a line of the report is contents, glossary, a key or a repeated header."""
    return bool(
        re.search(
            r"\t\d{1,2}$|^[A-Z]{2,5}\t|^Key:|^OUTCOME|^[A-Z]{3,5}$|What difference will this make", text
        )
    )
