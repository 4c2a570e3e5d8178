"""Running a command as a person does, in this process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sightline.cli.main import main


@dataclass(frozen=True)
class Said:
    """What a command left with and said."""

    status: int
    out: str
    err: str


@pytest.fixture
def sightline(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `sightline` with these words."""

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["sightline", *map(str, words)])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capfd.readouterr()
        return Said(leaving.value.code, out, err)

    return run
