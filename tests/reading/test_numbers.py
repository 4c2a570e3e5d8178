"""Printed action numbers (documents.md A5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import numbers


@pytest.mark.parametrize(
    ("text", "own", "links", "rest"),
    [
        ("1.1", ("1.1",), (), ""),
        ("1.1c", ("1.1c",), (), ""),
        ("2.11 & 3.2", ("2.11", "3.2"), (), ""),
        ("2.11 and 3.2", ("2.11", "3.2"), (), ""),
        ("1.4 links to 2.10", ("1.4",), ("2.10",), ""),
        ("1.4 see also 2.10, 2.11", ("1.4",), ("2.10", "2.11"), ""),
        ("2 (i), 2 (v), 4 (i)", ("2 (i)", "2 (v)", "4 (i)"), (), ""),
        ("iv)", ("iv)",), (), ""),
        ("(a)", ("(a)",), (), ""),
        ("DAB 1", ("DAB 1",), (), ""),
        ("CR17", ("CR17",), (), ""),
        ("CSD0016", ("CSD0016",), (), ""),
        ("Action 3", ("3",), (), ""),
        ("No. 4", ("4",), (), ""),
        ("1.1.1", ("1.1.1",), (), ""),
        ("", (), (), ""),
        ("to follow", (), (), "to follow"),
        ("2.1 draft", (), (), "2.1 draft"),
    ],
)
def test_parse(text: str, own: tuple[str, ...], links: tuple[str, ...], rest: str) -> None:
    assert numbers.parse(text) == numbers.NumberCell(own, links, rest)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("2.11 & 3.2", True), ("1a", True), ("", False), ("Amber", False), ("2.1 draft", False)],
)
def test_is_number(text: str, answer: bool) -> None:
    assert numbers.is_number(text) is answer


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.1 To map services", "1.1"),
        ("3) Ask families", "3"),
        ("2a. Ask families", "2a"),
        ("20 people are trained", ""),
        ("To map services", ""),
        ("1.1", ""),
    ],
)
def test_leading(text: str, number: str) -> None:
    assert numbers.leading(text) == number


def test_natural_sort() -> None:
    printed = ["2.11", "2.9", "10", "2.10", "2.7a", "2.7", "2 (v)", "2 (iv)", "1.1c"]
    assert sorted(printed, key=numbers.natural) == [
        "1.1c",
        "2.7",
        "2.7a",
        "2.9",
        "2.10",
        "2.11",
        "2 (iv)",
        "2 (v)",
        "10",
    ]


@pytest.mark.parametrize(
    ("printed", "gaps"),
    [
        (["2.7", "2.7a", "2.7c", "2.8"], ["2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7b"]),
        (["1.1", "1.2", "1.3"], []),
        (["1.1", "1.3"], ["1.2"]),
        (["1", "2", "4"], ["3"]),
        (["1.1", "1.2", "3.1", "3.2"], ["2"]),
        (["1", "40"], []),
        (["i)", "ii)", "iv)"], ["iii)"]),
        (["DAB 1", "DAB 3"], []),
        (["5"], []),
        ([], []),
    ],
)
def test_missing(printed: list[str], gaps: list[str]) -> None:
    assert numbers.missing(printed) == gaps


def test_repeated() -> None:
    assert numbers.repeated(["1", "2", "1", "3", "2", "1"]) == ["1", "2"]


@pytest.mark.parametrize(("number", "first"), [("2.7a", "2"), ("DAB 12", "12"), ("iv)", ""), ("", "")])
def test_lead(number: str, first: str) -> None:
    assert numbers.lead(number) == first


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("3,7,10,11, 20,22,25,26 31,", ["3", "7", "10", "11", "20", "22", "25", "26", "31"]),
        ("10 & 11", ["10", "11"]),
        ("26,", ["26"]),
        ("TR: 2, 5. WS: 1 (pages 29-45)", ["2", "5", "1"]),
        ("CR17; CR18", ["CR17", "CR18"]),
        ("10, 10", ["10"]),
        ("", []),
    ],
)
def test_sources(text: str, sources: list[str]) -> None:
    assert numbers.parse_sources(text) == sources


@given(st.text())
def test_nothing_raises(text: str) -> None:
    cell = numbers.parse(text)
    assert all(number in " ".join(text.split()) for number in (*cell.numbers, *cell.links))
    assert text.startswith(numbers.leading(text))
    assert set(numbers.parse_sources(text)) <= set(numbers.parse_sources(text + " "))


@given(st.lists(st.text(max_size=8)))
def test_any_strings_sort_and_have_gaps(printed: list[str]) -> None:
    assert sorted(sorted(printed, key=numbers.natural), key=numbers.natural) == sorted(
        printed, key=numbers.natural
    )
    assert not set(numbers.missing(printed)) & set(printed)
