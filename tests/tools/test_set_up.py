"""Setting up on a computer that lacks something says what, in a sentence."""

import ast
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tools import set_up

SCRIPT = Path(set_up.__file__)


def _program(folder: Path, name: str, lines: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{lines}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_any_python_3_can_read_it() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_the_version_of_a_python() -> None:
    assert set_up.version_of(sys.executable) == sys.version_info[:2]
    assert set_up.version_of("/nowhere/python") is None


def test_an_old_python_is_passed_over_for_a_newer_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = _program(tmp_path, "python3", "echo 3 9")
    newer = _program(tmp_path, "python3.13", "echo 3 13")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", old)
    assert set_up.find_python() == newer


def test_a_computer_without_a_new_python_hears_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "executable", _program(tmp_path, "python3", "echo 3 9"))
    with pytest.raises(set_up.CannotSetUp, match=r"^Sightline needs Python 3\.11 or newer: install it"):
        set_up.find_python()


def test_a_python_that_cannot_make_environments_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_up, "PYTHON", str(tmp_path / "none"))
    monkeypatch.setattr(set_up, "find_python", lambda: _program(tmp_path, "python3", "exit 1"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(set_up.CannotSetUp, match=r"apt-get install python3-venv as root"):
        set_up.make_environment()


def test_a_missing_browser_is_told_of_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SIGHTLINE_CHROMIUM", raising=False)
    set_up.install_browser()
    assert capsys.readouterr().out == (
        "The browser tests need Chromium, which could not be installed: run apt-get install chromium as root.\n"
    )


def test_a_browser_that_is_there_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _program(tmp_path, "chromium", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SIGHTLINE_CHROMIUM", raising=False)
    set_up.install_browser()
    assert capsys.readouterr().out == ""


def test_the_fingerprint_follows_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = tmp_path / "dev.txt"
    lock.write_text("one==1")
    monkeypatch.setattr(set_up, "LOCK", str(lock))
    first = set_up.fingerprint()
    assert set_up.fingerprint() == first
    lock.write_text("one==2")
    assert set_up.fingerprint() != first


def test_an_unfinished_environment_has_no_stamp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "STAMP", str(tmp_path / ".made-from"))
    assert set_up.stamped() == ""


@pytest.mark.skipif(not os.path.exists("/usr/bin/make"), reason="make is not installed")
def test_every_promised_target_is_there() -> None:
    for target in ("setup", "run", "test", "check", "soak", "bench", "demo"):
        subprocess.run(["make", "--dry-run", target], cwd=SCRIPT.parents[1], capture_output=True, check=True)
