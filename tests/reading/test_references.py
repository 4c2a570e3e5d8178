"""References and revised dates in actions and updates (documents.md A5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import numbers, references, timescales
from sightline.reading.schema import ReferenceRead

KNOWN = {"2.1", "2.2", "2.11", "3.8", "4.4"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Cross reference QA action plan action1.3", [("other_plan", "QA action plan", "1.3")]),
        ("(Cross reference QA & P action plan 1.3)", [("other_plan", "QA & P action plan", "1.3")]),
        ("(cross reference QA & P action 1.10)", [("other_plan", "QA & P", "1.10")]),
        ("see Neglect Plan action 2.1", [("other_plan", "Neglect Plan", "2.1")]),
        ("cross reference action 2.1", [("in_text", "", "2.1")]),
        ("linked to 2.1 above/ pathway", [("in_text", "", "2.1")]),
        ("See 2.11 above", [("in_text", "", "2.11")]),
        ("with action 3.8- one scorecard", [("in_text", "", "3.8")]),
        ("findings of 2.1 & 2.2", [("in_text", "", "2.1"), ("in_text", "", "2.2")]),
        ("9.9 is no number here", []),
        ("see Cross reference QA Plan 2.1", [("other_plan", "QA Plan", "2.1")]),
        ("Cross reference QA plan 3.8.2019", []),
        ("2.1% rise, 2.2 million, £2.1, on 2.1.2019, 3.8 per head", []),
        ("2.1 and again 2.1", [("in_text", "", "2.1")]),
        ("", []),
    ],
)
def test_text(text: str, found: list[tuple[str, str, str]]) -> None:
    read = references.find(numbers.NumberCell(), [text], KNOWN)
    assert read == [ReferenceRead(*one) for one in found]


def test_number_cells() -> None:
    assert references.find(numbers.parse("1.4 links to 2.10"), [], ()) == [
        ReferenceRead("same_plan", "", "2.10")
    ]
    assert references.find(numbers.parse("2.11 & 3.2"), [], ()) == [ReferenceRead("joint", "", "3.2")]


@pytest.mark.parametrize(
    ("update", "timescale", "answer"),
    [
        ("Move timescale to 30 November 2018", "By 31 December 2018", True),
        ("Move timescale to 30 November 2018", "By 30 November 2018", False),
        ("Deadline moved to January 2019", "By 14 January 2019", False),
        ("Deferred to March from December", "By 31 March 2018", False),
        ("Deferred to March from December", "By 31 December 2018", True),
        ("Moved to 3 March", "By 4 March 2019", True),
        ("Moved to 3 March", "By March 2019", False),
        ("Extended to the autumn", "By 4 March 2019", False),
        ("Report due 30 November 2018", "By 31 December 2018", False),
        ("Move timescale to 30 November 2018", "Ongoing", False),
    ],
)
def test_update_contradicts_date(update: str, timescale: str, answer: bool) -> None:
    assert references.contradicts(update, timescales.parse(timescale)) is answer


def test_the_last_revision_counts() -> None:
    found = references.revised_date("Moved to May 2018. Then postponed until June 2018")
    assert found is not None
    assert found.iso == "2018-06"


@given(st.text(), st.text())
def test_references_never_raise(raw: str, text: str) -> None:
    known = {"1.1"}
    for found in references.find(numbers.parse(raw), [text], known):
        assert found.number in f"{raw} {text}" or found.number in " ".join(raw.split())
    references.contradicts(text, timescales.parse(raw))
