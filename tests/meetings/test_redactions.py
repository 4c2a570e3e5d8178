"""Words left out of public minutes: marked, never changed, and gone from what the public reads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.events.choices import ImpossibleMove
from sightline.meetings.choices import PublicDeed, PublicState
from sightline.meetings.rules.public import deeds_from, moved_to, standard
from sightline.meetings.rules.redactions import (
    CHANGED,
    NOTHING_MARKED,
    OPEN_ENDED,
    cuts,
    leaves_out,
    named,
    paragraphs,
    prepared,
    unmarked,
    wrong,
)

pytestmark = pytest.mark.library
SAID = "The nurse of Acorn House said no. Ann Archer agreed."


def read(text: str) -> str:
    return "".join(each.words for each in cuts(text, "personal information"))


def test_the_public_reads_that_words_are_left_out_and_why_and_never_the_words() -> None:
    text = "The nurse of [[Acorn House]] said no. [[Ann Archer => Police]] agreed."
    assert read(text) == "The nurse of [left out: personal information] said no. [Police] agreed."
    assert [(each.is_cut, each.is_name) for each in cuts(text, "")] == [
        (False, False), (True, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert (unmarked(text), leaves_out(text), leaves_out("[[Ann Archer => Police]]")) == (SAID, True, False)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SAID.replace("Acorn House", "[[Acorn House]]"), ""),
        (SAID.replace(" said", "\r\nsaid"), ""),
        (SAID.replace("no", "yes"), CHANGED),
        (SAID.replace("no", "[[yes]]"), CHANGED),
        (SAID.replace("Acorn", "[[Acorn"), OPEN_ENDED),
        (SAID.replace("House", "House]]"), OPEN_ENDED),
        (SAID.replace("Acorn House", "[[Acorn [[House]]]]"), OPEN_ENDED),
        (SAID + "[[ ]]", NOTHING_MARKED),
        (SAID.replace("Ann Archer", "[[Ann Archer => ]]"), NOTHING_MARKED),
    ],
)
def test_marks_are_taken_where_they_are_whole_and_no_word_was_changed(text: str, sentence: str) -> None:
    assert wrong(text, SAID) == sentence


def test_known_names_are_marked_whole_or_with_a_title() -> None:
    names = {"Ann Archer": "Police", "Ann Archer-Hill": "Health", "Bo Marsh": "Police", "Cy Marsh": "Schools"}
    text = (
        "Ann Archer-Hill and Ann Archer asked Ms Archer, Dr. Marsh and Mr May. The Marsh Report, Ann Archers."
    )
    assert named(text, names, "a person") == (
        "[[Ann Archer-Hill => Health]] and [[Ann Archer => Police]] asked [[Ms Archer => Police]], "
        "[[Dr. Marsh => a person]] and Mr May. The Marsh Report, Ann Archers."
    )
    assert named("Mr Marsh came.", {}, "a person") == "Mr Marsh came."


@given(st.text(alphabet="ab []=>\n", max_size=40))
def test_a_text_of_any_signs_is_read_as_it_stands_until_somebody_marks_it(text: str) -> None:
    stood = prepared(text)
    assert read(stood) == stood
    assert wrong(stood, stood) == ""


def test_paragraphs_end_outside_marks_alone() -> None:
    found = paragraphs(cuts("One [[two\n\nthree]] four.\n\nFive.", "personal information"))
    assert ["".join(each.words for each in line) for line in found] == [
        "One [left out: personal information] four.",
        "Five.",
    ]


def test_a_version_goes_through_a_second_person_and_what_was_issued_is_only_taken_back() -> None:
    assert moved_to(PublicState.DRAFT, PublicDeed.LOOK) == PublicState.LOOKED
    assert deeds_from(PublicState.ISSUED) == (PublicDeed.WITHDRAW,)
    with pytest.raises(ImpossibleMove, match="It is “draft” now"):
        moved_to(PublicState.DRAFT, PublicDeed.ISSUE)
    assert standard().reasons["personal"] == "personal information"
