"""Hostile files are refused in one sentence or read with a warning: never a traceback, never for long."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats.words import UNPRINTABLE
from sightline.reading.read import read
from sightline.reading.sandbox import read_in_child
from sightline.reading.schema import Reading
from tests.reading.hostile.cases import CASES
from tests.reading.hostile.making import Case

SECONDS = 10.0


def outcome(case: Case, folder: Path, reader: Any) -> Reading | str:
    """The reading, or the sentence that refuses the file."""
    path = folder / (f"file.{case.ending}" if case.ending else "file")
    path.write_bytes(case.make())
    began = time.monotonic()
    try:
        found: Reading | str = reader(path)
    except UnreadableFile as refused:
        found = str(refused)
    assert time.monotonic() - began < SECONDS
    return found


def check(case: Case, found: Reading | str) -> None:
    if isinstance(found, str):
        assert case.wanted in ("refused", "either"), found
        assert_one_sentence(found)
        assert case.hint in found
        return
    assert case.wanted in ("read", "warned", "either")
    assert [words for words in strings(found.as_json()) if UNPRINTABLE.search(words)] == []
    if case.wanted == "warned":
        assert case.hint in {warning.code for warning in found.warnings}


def assert_one_sentence(words: str) -> None:
    assert words[0].isupper()
    assert words.endswith(".")
    assert "\n" not in words
    assert ". " not in words
    assert len(words) < 200


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_file(case: Case, tmp_path: Path) -> None:
    check(case, outcome(case, tmp_path, read))


@pytest.mark.parametrize("case", CASES[::25], ids=lambda case: case.name)
def test_hostile_file_in_a_child(case: Case, tmp_path: Path) -> None:
    check(case, outcome(case, tmp_path, read_in_child))


def test_there_are_more_than_two_hundred() -> None:
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)
