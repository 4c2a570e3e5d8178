"""Files from outside are read in a child process, whose every failure is one sentence."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from sightline.reading import child, sandbox
from sightline.reading.blocks import UnreadableFile
from sightline.reading.limits import DEFAULT, Limits
from sightline.reading.names import KnownNames
from sightline.reading.read import read
from sightline.reading.sandbox import read_in_child
from sightline.reading.schema import Reading
from tests.reading.formats.paper import Sheet, pdf

PLAN = "No.\tAction\tLead\tRAG\n1.1\tAsk the children\tSafe and Sound Group\tGreen\n"
SLOW = "This file takes too long to read; split it, or save it again as a simpler document."
DAMAGED = (
    "This file could not be read and may be damaged; open it in the program that made it and save it again."
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN)
    return path


def refusal(path: Path, limits: Limits = DEFAULT) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_in_child(path, limits=limits)
    return str(refused.value)


def test_a_child_reads_what_we_read(plan: Path) -> None:
    names = KnownNames(groups=("Safe and Sound Group",))
    found = read_in_child(plan, names)
    assert found.as_json() == read(plan, names).as_json()
    assert found.rows[0].owners == ["Safe and Sound Group"]


def test_a_relative_path_is_read_from_here(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(plan.parent)
    assert read_in_child(Path("plan.txt")).document.file == "plan.txt"


def test_a_refusal_comes_through(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt") == (
        "This file cannot be opened (no such file or directory); check its name and its folder."
    )


def test_too_much_time_ends_the_child(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    sheet = Sheet()
    for y in range(10, 390, 6):
        sheet.words(10, y, "many words on a page " * 4, size=6)
    path.write_bytes(pdf(*[sheet] * 60))
    for limits in (replace(DEFAULT, wall=1), replace(DEFAULT, cpu=1)):
        began = time.monotonic()
        assert refusal(path, limits) == SLOW
        assert time.monotonic() - began < 10


def test_too_much_memory_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"word\tword\n" * 1_000_000)
    assert refusal(path, replace(DEFAULT, memory=100 << 20)) in (
        DAMAGED,
        "This file needs more memory than a reading may take; split it.",
    )


def test_an_answer_that_is_too_long_is_refused(plan: Path) -> None:
    assert refusal(plan, replace(DEFAULT, answer=100)) == DAMAGED


def test_a_pdf_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.parts.append(" " * 100_000_000)
    path = tmp_path / "bomb.pdf"
    path.write_bytes(pdf(sheet, sheet, compress_streams=True))
    assert path.stat().st_size < 1 << 20
    assert refusal(path, replace(DEFAULT, memory=300 << 20, wall=30)).startswith("This")


def test_the_child_knows_nothing_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_JOURNAL_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert set(sandbox._environment()) == {
        "PATH",
        "PYTHONPATH",
        "PYTHONUTF8",
        "PYTHONDONTWRITEBYTECODE",
        "OMP_NUM_THREADS",
    }


@pytest.mark.parametrize(
    "answered",
    [
        b"",
        b"noise",
        b"[]",
        b"{}",
        b'{"reading": 1}',
        b'{"reading": {}}',
        b'{"reading": {"document": {"x": 1}}}',
        b"\xff",
    ],
)
def test_answers_that_are_none_are_refused(answered: bytes) -> None:
    with pytest.raises(UnreadableFile) as refused:
        sandbox._reading(answered)
    assert str(refused.value) == DAMAGED


def asked(path: Path, limits: Limits = DEFAULT) -> dict[str, Any]:
    return {"path": str(path), "names": asdict(KnownNames()), "limits": asdict(limits)}


def test_what_the_child_answers(plan: Path, tmp_path: Path) -> None:
    assert Reading.from_json(child.answer(asked(plan))["reading"]).rows[0].numbers == ["1.1"]
    assert child.answer(asked(tmp_path / "none.txt")) == {
        "unreadable": "This file cannot be opened (no such file or directory); check its name and its folder."
    }


def test_the_child_answers_in_json(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bounded: list[Limits] = []
    monkeypatch.setattr(child, "bound", bounded.append)
    out = io.StringIO()
    child.main(io.StringIO(json.dumps(asked(plan))), out)
    assert Reading.from_json(json.loads(out.getvalue())["reading"]) == read(plan)
    assert bounded == [DEFAULT]


def test_the_child_bounds_itself() -> None:
    code = (
        "import resource, json; from sightline.reading import child; from sightline.reading.limits import Limits;"
        "child.bound(Limits(cpu=9, memory=900 << 20, answer=5000));"
        "print(json.dumps([resource.getrlimit(getattr(resource, 'RLIMIT_' + n)) "
        "for n in ('CPU', 'AS', 'FSIZE', 'NOFILE', 'CORE')]))"
    )
    done = subprocess.run(
        (sys.executable, "-c", code),
        check=True,
        capture_output=True,
        env={**os.environ, **sandbox._environment()},
    )
    assert json.loads(done.stdout) == [[9, 14], [900 << 20] * 2, [5000, 5000], [64, 64], [0, 0]]


def test_a_tighter_limit_of_the_system_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(kind: int, limits: tuple[int, int]) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    child.bound(DEFAULT)


def test_a_child_that_runs_out_of_memory_still_answers(plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> Reading:
        raise MemoryError

    monkeypatch.setattr("sightline.reading.read.read", fail)
    assert child.answer(asked(plan)) == {
        "unreadable": "This file needs more memory than a reading may take; split it."
    }


@pytest.mark.parametrize("error", [MemoryError, RecursionError])
def test_what_cannot_be_understood_in_the_memory_there_is(
    plan: Path, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(*given: object) -> Reading:
        raise error

    monkeypatch.setattr("sightline.reading.read.interpret", fail)
    with pytest.raises(
        UnreadableFile, match=r"^This file takes more memory to understand than allowed; split it\.$"
    ):
        read(plan)
