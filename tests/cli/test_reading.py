"""`sightline read`: no database, one JSON object, sentences for what cannot be read."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

TABLE = (
    "Action No.\tAction\tLead\tTimescale\tStatus\n"
    "1.1\tAsk children what they think\tVoice Group\tBy 31 March 2027\tGreen\n"
    "1.1\tTell them what came of it\tVoice Group\t\t\n"
)
Run = Callable[..., Any]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_read_tells_in_a_few_lines(sightline: Run, paper: Path) -> None:
    said = sightline("read", paper)
    assert said.status == 0
    assert said.out.splitlines()[1] == (
        "Rows seen 3: imported 2, joined 0, headings and furniture 1, set aside 0."
    )
    assert "The same number is printed on more than one row" in said.out


def test_read_json_prints_one_object_and_nothing_else(sightline: Run, paper: Path) -> None:
    said = sightline("read", paper, "--json")
    reading = json.loads(said.out)
    assert (said.status, said.err) == (0, "")
    assert [row["numbers"] for row in reading["rows"]] == [["1.1"], ["1.1"]]
    assert reading["rows"][0]["timescale"] == {"kind": "by_date", "dates": ["2027-03-31"], "label": ""}


def test_read_refuses_what_cannot_be_read_in_one_sentence(sightline: Run, tmp_path: Path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(b"PK\x03\x04 this was a document once")
    said = sightline("read", path)
    assert (said.status, said.out) == (2, "")
    assert len(said.err.strip().splitlines()) == 1
    assert "Traceback" not in said.err


def test_read_of_a_file_that_is_not_there(sightline: Run, tmp_path: Path) -> None:
    said = sightline("read", tmp_path / "nothing.docx")
    assert said.status == 2
    assert "does not exist" in said.err
