"""What may tell who a child is: found, and nothing that only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.identifying import LABELS, Kind, found
from sightline.identifying.numbers import is_nhs_number, is_pupil_number


def kinds(text: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.words) for each in found(text, 2026)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NHS number 943 476 5919.", [("nhs", "943 476 5919")]),
        ("943-476-5919", [("nhs", "943-476-5919")]),
        ("ref 9434765919, seen", [("nhs", "9434765919")]),
        ("9434765918", []),
        ("0000000000", []),
        ("01622 9434765919", [("nhs", "9434765919")]),
        ("943476591911", []),
        ("9434765919.50 pounds", []),
        ("UPN J801200001001? no; H801200001001 yes", [("upn", "H801200001001")]),
        ("u80120000100a", [("upn", "u80120000100a")]),
        ("H80120000100I", []),
        ("lives at ME14 1XX", [("postcode", "ME14 1XX")]),
        ("me141xx", [("postcode", "me141xx")]),
        ("SW1A 1AA and M1 1AE", [("postcode", "SW1A 1AA"), ("postcode", "M1 1AE")]),
        ("in the ME14 area, room A1 2nd floor, actions 2.11 and 3.2", []),
        ("DOB 12/03/2014", [("birth", "12/03/2014")]),
        ("d.o.b.: 1.2.15", [("birth", "1.2.15")]),
        ("was born on the 3rd of May 2011 in", [("birth", "3rd of May 2011")]),
        ("Date of birth is 2012-09-30", [("birth", "2012-09-30")]),
        ("12 March 2014 (dob)", [("birth", "12 March 2014")]),
        ("Jamie Smith (12/03/2014)", [("birth", "12/03/2014")]),
        ("Sarah Holt (12/03/2025): done", []),
        ("Born in Wealdshire on 3 May 2011; DOBs 3/3/12", [("birth", "3 May 2011"), ("birth", "3/3/12")]),
        ("Babies born after 1 April 2026", []),
        ("Action Plan (12/03/2014), Review (1 May 2020), born out of the 2019 inspection", []),
        ("by 31 March 2027; met on 12/03/2014", []),
        ("Spoke to Mia (7).", [("name", "Mia")]),
        ("Yesterday Zoë Jones, 7, said", [("name", "Zoë Jones")]),
        ("Łukasz is nine.", [("name", "Łukasz")]),
        ("a 7-year-old boy called Oluwadamilare", [("name", "Oluwadamilare")]),
        ("Ella-Mae O’Brien, who is 14, left", [("name", "Ella-Mae O’Brien")]),
        ("His sister Chloe (3 months)", [("name", "Chloe")]),
        ("Zainab’s 13th birthday", [("name", "Zainab")]),
        ("My name is Amir and I am 12", [("name", "Amir")]),
        ("Child A aged 4, Child B (7), Family C", []),
        ("Children aged 5 to 11; Boys aged 12; Year 6 (11); Neglect (7); Health, 2, Police, 3", []),
        ("the 16-year-old threshold; May 12; Sarah Holt reports; NHS aged 7", []),
    ],
)
def test_what_is_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("piece", ["Aa ", "Aa’", "born ", "Mia is just ", "(7 ", "1 1 ", "A1 "])
def test_no_text_takes_long(piece: str) -> None:
    """Looked through in a moment: a pattern that tries every way of matching would never come to an end here."""
    assert found(piece * 3_000, 2026) == []


def test_every_kind_has_words() -> None:
    assert set(LABELS) == set(Kind)


def test_what_is_found_stands_there() -> None:
    text = "Mia (7), DOB 12/03/2014, NHS 943 476 5919, lives at ME14 1XX"
    assert [text[each.start : each.start + len(each.words)] for each in found(text, 2026)] == [
        each.words for each in found(text, 2026)
    ]
    assert [each.kind.value for each in found(text, 2026)] == ["name", "birth", "nhs", "postcode"]


@given(st.text(max_size=300))
def test_any_text_is_looked_through(text: str) -> None:
    assert all(text[each.start :].startswith(each.words) for each in found(text, 2026))


@given(st.integers(0, 999_999_999))
def test_one_last_digit_at_most_makes_an_nhs_number(nine: int) -> None:
    assert sum(is_nhs_number(f"{nine:09}{last}") for last in range(10)) <= 1


@given(st.integers(0, 10**12 - 1))
def test_one_letter_makes_a_pupils_number(twelve: int) -> None:
    assert sum(is_pupil_number(f"{letter}{twelve:012}") for letter in "ABCDEFGHJKLMNPQRTUVWXYZ") == 1
