"""Statuses in words, letters, ticks and shades (documents.md A3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.reading import statuses
from sightline.reading.statuses import StatusRead


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Green", StatusRead("green")),
        ("**Amber**", StatusRead("amber")),
        ("Amber:", StatusRead("amber")),
        ("Amber?", StatusRead("amber", "", True)),
        ("Amber? waiting", StatusRead("amber", "waiting", True)),
        ("Amber: Under review as part of a plan", StatusRead("amber", "Under review as part of a plan")),
        ("RED", StatusRead("red")),
        ("Yellow", StatusRead("yellow")),
        ("Blue", StatusRead("blue")),
        ("Grey", StatusRead("other")),
        ("Purple", StatusRead("other")),
        ("R", StatusRead("red")),
        ("A", StatusRead("amber")),
        ("G.", StatusRead("green")),
        ("B", StatusRead("blue")),
        ("Red/Amber", StatusRead("red", "", True)),
        ("A/G", StatusRead("amber", "", True)),
        ("Police/Health", StatusRead("other")),
        ("OFF TRACK", StatusRead("red")),
        ("Slightly off track", StatusRead("amber")),
        ("On track", StatusRead("green")),
        ("Complete", StatusRead("complete")),
        ("Completed May 2018", StatusRead("complete", "May 2018")),
        ("Not yet started", StatusRead("other")),
        ("Not on stream yet (NOSY)", StatusRead("other", "NOSY")),
        ("Not complete", StatusRead("other")),
        ("In progress", StatusRead("other")),
        ("N/A", StatusRead("other")),
        ("Anything else", StatusRead("other")),
        ("", StatusRead("blank")),
        (" – ", StatusRead("blank")),
    ],
)
def test_words(text: str, read: StatusRead) -> None:
    assert statuses.parse(text) == read


def test_the_documents_own_key_wins() -> None:
    key = {"Green": "complete", "Amber": "green", "Dark blue": "amber", "": "red"}
    assert statuses.parse("Green", key).rating == "complete"
    assert statuses.parse("amber - late", key) == StatusRead("green", "late")
    assert statuses.parse("Dark blue?", key) == StatusRead("amber", "", True)
    assert statuses.parse("Red", key).rating == "red"
    assert statuses.parse("", key).rating == "blank"


@pytest.mark.parametrize(
    ("fill", "rating"),
    [
        ("00B050", "green"),
        ("92D050", "green"),
        ("C6EFCE", "green"),
        ("FFC000", "amber"),
        ("F4B183", "amber"),
        ("FFFF00", "yellow"),
        ("FF0000", "red"),
        ("ff0000", "red"),
        ("E60028", "red"),
        ("0070C0", "blue"),
        ("7030A0", "other"),
        ("FFFFFF", "blank"),
        ("D9D9D9", "blank"),
        ("000000", "blank"),
        (None, "blank"),
        ("", "blank"),
        ("red", "blank"),
    ],
)
def test_shades(fill: str | None, rating: str) -> None:
    assert statuses.from_fill(fill) == rating


@pytest.mark.parametrize(
    ("words", "rating"),
    [
        ("Action complete", "complete"),
        ("on track to finish", "green"),
        ("some delay", "amber"),
        ("slightly off track", "amber"),
        ("off track", "red"),
        ("not yet due", ""),
        ("", ""),
    ],
)
def test_what_a_key_explains(words: str, rating: str) -> None:
    assert statuses.meaning(words) == rating


def test_worst() -> None:
    assert statuses.worst(["green", "red", "amber"]) == "red"
    assert statuses.worst(["blank", "green"]) == "green"
    assert statuses.worst([]) == "blank"


def test_bare_words_and_ticks() -> None:
    assert (statuses.named(" Amber "), statuses.named("r"), statuses.named("late")) == ("amber", "red", "")
    assert [statuses.is_tick(t) for t in ("✓", "Y", "yes", "x", "no", "")] == [True] * 4 + [False] * 2
    assert [statuses.is_status(t) for t in ("Green", "Not started", "", "Red " * 20)] == [
        True,
        False,
        False,
        False,
    ]


@given(st.text(), st.dictionaries(st.text(max_size=6), st.sampled_from(statuses.RATINGS), max_size=3))
def test_any_text_has_a_rating(text: str, legend: dict[str, str]) -> None:
    assert statuses.parse(text, legend).rating in statuses.RATINGS


@given(st.text(alphabet="0123456789ABCDEF", min_size=6, max_size=6))
def test_any_shade_has_a_rating(fill: str) -> None:
    assert statuses.from_fill(fill) in statuses.RATINGS
