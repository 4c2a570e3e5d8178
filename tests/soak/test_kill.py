"""Killed at any moment, in the middle of imports and updates, Sightline leaves all of a deed or nothing."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_START = 120


def hammer(folder: Path, seed: int) -> subprocess.Popen[str]:
    """Start the process that works without pause on the database in the folder."""
    own = {"SIGHTLINE_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "sightline.site.settings.test"}
    rest = {name: value for name, value in os.environ.items() if not name.startswith("COV_")}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.soak.hammer", str(seed)],
        cwd=ROOT,
        env=rest | {"SIGHTLINE_TEST_DB": "sqlite"} | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str]) -> str:
    """Kill it without warning; what it had said by then."""
    process.send_signal(signal.SIGKILL)
    said, _ = process.communicate(timeout=LONGEST_START)
    return said


def kill_again_and_again(folder: Path, rounds: int, seed: int) -> list[str]:
    """So many rounds of work and sudden death; returns every deed that had been said to be done."""
    chance, deeds = random.Random(seed), []
    for turn in range(rounds):
        process = hammer(folder, chance.getrandbits(32))
        state = first_line(process)
        if state != "whole":
            kill(process)
            pytest.fail(f"after {turn} kills: {state}")
        # How far it gets goes by what it has done, so that a slow computer makes no other test.
        done = [first_line(process) for _ in range(chance.randint(0, 4))]
        time.sleep(chance.uniform(0.02, 0.3))
        said = "\n".join([*done, kill(process)])
        assert "Traceback" not in said, said
        deeds += re.findall(r"^(?:uploaded|confirmed|withdrawn|updated) \d+$", said, re.M)
    process = hammer(folder, 0)
    state = first_line(process)
    kill(process)
    assert state == "whole", f"after {rounds} kills: {state}"
    return deeds


def test_ten_sudden_deaths_leave_everything_whole(tmp_path: Path) -> None:
    deeds = kill_again_and_again(tmp_path, 10, seed=20260615)
    assert {deed.split()[0] for deed in deeds} >= {"uploaded", "confirmed"}


@pytest.mark.soak
@pytest.mark.skipif(not os.environ.get("SIGHTLINE_SOAK"), reason="a long test: make soak runs it")
def test_a_hundred_sudden_deaths_leave_everything_whole(tmp_path: Path) -> None:
    deeds = kill_again_and_again(tmp_path, 100, seed=20260616)
    assert {deed.split()[0] for deed in deeds} == {"uploaded", "confirmed", "withdrawn", "updated"}
