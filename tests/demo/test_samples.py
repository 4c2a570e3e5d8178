"""The sample papers are one plan in four formats: each reads to the same actions."""

from pathlib import Path

import pytest

from sightline.reading.formats import printed
from sightline.reading.interpreters import interpret

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def understood(name: str) -> list[tuple[str, str, str, list[str], str]]:
    reading = interpret(printed(SAMPLES / name))
    return [
        (
            row.priority or "",
            row.number_raw,
            row.rating,
            row.timescale.dates,
            row.owners_raw.replace("\n", " "),
        )
        for row in reading.rows
    ]


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
def test_a_sample_says_what_the_text_says(ending: str) -> None:
    text = understood("safeguarding-plan.txt")
    assert len(text) == 51
    assert understood(f"safeguarding-plan.{ending}") == text
