"""Figures in prose and their checks (documents.md E6, H9, P10)."""

from __future__ import annotations

import pytest

from tests.reading.making import HEAD, codes, read, table


def figures(text: str) -> list[tuple[str, float, str, str]]:
    """Measure, value, unit and breakdown of the figures in a paragraph."""
    return [(f.measure, f.value, f.unit, f.breakdown) for f in read("# Report", text).figures]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There are 283,099 children in the county.", [("children in the county", 283099, "", "")]),
        ("88% of schools were rated good.", [("of schools were rated good", 88, "%", "")]),
        ("Training costs were £40,000.", [("Training costs were", 40000, "£", "")]),
        ("On 24/02/16 and in 2015-16, in 2014, nothing.", []),
        ("See section 11 and children aged 18 or over 25 of them.", []),
        ("Two or 3 children came.", []),
        ("In all 12.", []),
        (
            "neglect (559), physical abuse (25).",
            [("neglect", 559, "", "neglect"), ("neglect", 25, "", "physical abuse")],
        ),
    ],
)
def test_what_is_counted(text: str, found: list[tuple[str, float, str, str]]) -> None:
    assert [f for f in figures(text) if f[3] or "neglect" not in text] == found


def test_a_figure_has_its_period_and_sentence() -> None:
    (figure,) = read("# Report", "Words. As at 31 March 2016, 876 children were looked after by us.").figures
    assert figure.period_raw == "As at 31 March 2016"
    assert figure.sentence == "As at 31 March 2016, 876 children were looked after by us."


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("876 children were looked after.", "But 860 children are looked after.", True),
        ("876 children were looked after.", "876 children are looked after.", False),
        ("876 children were looked after.", "400 children are looked after.", False),
        (
            "In May 2015, 876 children were looked after.",
            "In May 2016, 860 children were looked after.",
            False,
        ),
        ("876 children were looked after compared with 860 children looked after.", "Words.", False),
        ("86% of children came.", "860 children came.", False),
    ],
)
def test_one_measure_at_two_values(first: str, second: str, said: bool) -> None:
    assert ("figure_disagrees" in codes(read("# Report", first, second))) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("561 of 896 children (62.6%) were known.", False),
        ("561 of the 896 children (72.6%) were known.", True),
        ("900 of 896 children (62%) were known.", False),
        ("0 of 0 children (62%) were known.", False),
    ],
)
def test_fractions(text: str, said: bool) -> None:
    assert ("figure_disagrees" in codes(read("# Report", text))) is said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Of the 881, 457 were male, 403 female and 21 unborn.", False),
        ("Of the 881, 457 were male, 403 female and 20 unborn.", False),
        ("Of the 881, 457 were male, 403 female and 61 unborn.", True),
        ("Of the 881, 457 were male and 20% were not.", False),
        ("Of the 881, 10 were male and 12 unborn.", False),
    ],
)
def test_totals(text: str, said: bool) -> None:
    assert ("total_disagrees" in codes(read("# Report", text))) is said


def test_plans_have_no_figures() -> None:
    reading = read("88% of schools were rated good.", table(HEAD, "1.1|a|Police|Ask|b|May 2024|Red"))
    assert reading.figures == []


def test_words_without_an_end_are_no_sentence() -> None:
    assert figures("88% of schools were rated good " * 200) == []
