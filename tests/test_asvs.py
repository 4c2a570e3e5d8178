"""The page of the OWASP ASVS is whole, and what it and the threat model name is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
THREATS = (ROOT / "THREAT_MODEL.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
# Number of a requirement; a decision (0.0.0 has no such form) or a version stands elsewhere.
NUMBER = re.compile(r"(?<![\d.])\d{1,2}\.\d\.\d{1,2}(?![\d.])")
NAMED = re.compile(r"`([\w/]+\.py)::(\w+)`")
FILE = re.compile(
    r"`((?:sightline|docs|access|documents|events|reading|rendering|site|screens|keeping|definitions)/[\w/.\-]+\.(?:py|md|yaml))`"
)


def numbers() -> list[str]:
    """Every requirement of levels 1 and 2 of version 5.0.0."""
    return (ROOT / "tests" / "asvs_numbers.txt").read_text(encoding="utf-8").split()


def test_every_requirement_of_levels_one_and_two_stands_once() -> None:
    cells = [line.split("|")[1] for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    lists = [line for line in PAGE.splitlines() if re.match(r"Do(es)? not apply: ", line)]
    stand = [number for text in (*cells, *lists) for number in NUMBER.findall(text)]
    assert sorted(stand) == sorted(numbers())
    assert len(numbers()) == 253


def test_every_test_that_is_named_exists() -> None:
    named = NAMED.findall(PAGE)
    wrong = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / "tests" / file).exists()
        or f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8")
    ]
    assert wrong == []
    assert len(named) > 100


def test_every_file_that_is_named_exists() -> None:
    wrong = [
        f
        for f in FILE.findall(PAGE)
        if not any((ROOT / at / f).exists() for at in (".", "sightline", "tests"))
    ]
    assert wrong == []


def test_every_wall_of_the_threat_model_names_a_test_that_is_there() -> None:
    walls = THREATS.split("## Walls")[1].split("\n## ")[0]
    rows = [line for line in walls.splitlines() if line.startswith("| ") and not line.startswith("| Threat")]
    assert len(rows) > 50
    assert [line.split(" | ")[0] for line in rows if "`tests/" not in line] == []
    named = re.findall(r"`(tests/[\w/.]+)`", THREATS)
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_whatever_is_held_says_where() -> None:
    """A row of four cells, none of which is empty."""
    rows = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if re.match(r"\| \d", line)]
    assert [row[0] for row in rows if len(row) != 4 or not all(cell.strip() for cell in row)] == []
