"""Recommendations with responses, in prose and in tables (documents.md E5, H7)."""

from __future__ import annotations

import pytest

from sightline.reading.blocks import ListItem, Paragraph
from sightline.reading.interpreters import recommendation_words as words
from tests.reading.making import adds_up, codes, read, table

ASK = "Recommendation {}: The police should ask every child what they saw."


def test_printed_once_with_responses_below() -> None:
    reading = read(
        "Introduction",
        "This review makes two recommendations.",
        "Recommendation 1: Wealdshire Police should ask children.",
        "Response:",
        "They ask.",
        "And write it down.",
        "Recommendation 2: Schools must listen.",
        "They listen.",
    )
    first, second = reading.recommendations
    assert (first.number, first.addressed_to, first.response) == (
        "1",
        ["Wealdshire Police"],
        ["They ask.", "And write it down."],
    )
    assert (second.addressed_to, second.response) == (["Schools"], ["They listen."])
    assert (codes(reading), adds_up(reading), reading.document.kind) == ([], True, "recommendations")


def test_headings_with_the_words_below() -> None:
    reading = read(
        "# Recommendation 1",
        "The council should act.",
        "It acts.",
        "# Recommendation 2: Homes",
        "Landlords should mend.",
        "# Next steps",
        "Other words.",
    )
    assert [(r.number, r.title, r.text, r.response) for r in reading.recommendations] == [
        ("1", "", "The council should act.", ["It acts."]),
        ("2", "Homes", "Landlords should mend.", []),
    ]
    assert codes(reading) == ["no_response"]
    assert [w.message for w in reading.leftovers] == ["Other words."]


def test_printed_twice_with_title_and_pages_between() -> None:
    reading = read(
        "Recommendation 1: Early Words Schools should tell, such",
        "as by letter, every parent.",
        "Recommendation 2: The council is asked to pay.",
        "What has been done",
        "Recommendation 1: Early Words.",
        "They",
        "told.",
        "Recommendation 2: The council is asked to pay.",
        "It paid.",
    )
    first, second = reading.recommendations
    assert (first.title, first.text) == (
        "Early Words",
        "Schools should tell, such as by letter, every parent.",
    )
    assert (first.response, second.title, second.response) == (["They told."], "", ["It paid."])
    assert reading.counts.joined == 2


def test_one_recommendation_without_a_response_is_prose() -> None:
    reading = read("A report", "Recommendation 1: Act.")
    assert (reading.recommendations, reading.counts.set_aside) == ([], 1)


def test_a_sentence_that_begins_with_the_word_is_no_recommendation() -> None:
    reading = read("Recommendation 3 was hard to carry out.", "It took a year.")
    assert reading.recommendations == []


def test_a_list_item_is_no_continuation() -> None:
    reading = read(
        ASK.format(1),
        Paragraph("They do", "They do"),
        ListItem("in writing", "•"),
        ASK.format(2),
        "They do too.",
    )
    assert reading.recommendations[0].response == ["They do", "in writing"]


def test_a_count_that_disagrees() -> None:
    reading = read("The review makes three recommendations.", ASK.format(1), "Yes.", ASK.format(2), "Yes.")
    assert [(w.code, w.message[:19]) for w in reading.warnings] == [
        ("count_disagrees", "3 said, 2 printed: ")
    ]


def test_a_response_to_the_neighbour() -> None:
    reading = read(
        "Recommendation 1: The council should count the homes that are damp in winter.",
        "Schools tell every parent in writing what the plan says.",
        "Recommendation 2: Schools should tell every parent in writing what the plan says.",
        "Done.",
    )
    assert [(w.code, w.at.line) for w in reading.warnings] == [("response_elsewhere", 2)]


def test_in_a_table() -> None:
    reading = read(
        table(
            "No.|Recommendation|Response",
            "|nobody asked|words",
            "1|Homes: The council should act|It acts/nand pays",
            "||and goes on",
            "||",
            "2|Schools must listen|",
        )
    )
    assert [(r.number, r.title, r.addressed_to, r.response) for r in reading.recommendations] == [
        ("1", "", [], ["words"]),
        ("1", "Homes", ["council"], ["It acts", "and pays", "and goes on"]),
        ("2", "", ["Schools"], []),
    ]
    assert adds_up(reading)


def test_a_response_with_no_recommendation_above() -> None:
    reading = read(table("Recommendation|Response", "|words", "3. Schools must listen|They do"))
    assert codes(reading) == ["response_without_recommendation"]
    assert (reading.recommendations[0].number, reading.recommendations[0].text) == (
        "3",
        "Schools must listen",
    )
    assert "words" in reading.leftovers[0].message


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The council should act", "The council"),
        ("It is recommended that schools must act", "schools"),
        ("The council in undertaking the review should act", "The council"),
        ("Homes. The council is recommended to act", "The council"),
        ("Act now", ""),
    ],
)
def test_subject(text: str, subject: str) -> None:
    assert words.subject(text) == subject


@pytest.mark.parametrize(
    ("text", "again", "found"),
    [
        (
            "Early Words (All) Schools should tell",
            ["Early Words (All)"],
            ("Early Words (All)", "Schools should tell"),
        ),
        (
            "Joint Early Words Schools should tell",
            ["Early Words"],
            ("Joint Early Words", "Schools should tell"),
        ),
        ("Schools should tell", ["Schools should tell"], ("", "Schools should tell")),
        ("Schools should tell", ["Other words"], ("", "Schools should tell")),
        ("Schools should tell", ["…"], ("", "Schools should tell")),
        ("Homes: the council should act", [], ("Homes", "the council should act")),
        ("The council should act: now", [], ("", "The council should act: now")),
        ("Homes", [], ("", "Homes")),
    ],
)
def test_title_and_text(text: str, again: list[str], found: tuple[str, str]) -> None:
    assert words.title_and_text(text, again) == found


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The review makes eight recommendations", 8),
        ("There are 12 learning recommendations", 12),
        ("the following three recommendations", 3),
        ("Some recommendations", None),
        ("makes many recommendations", None),
    ],
)
def test_count_said(text: str, count: int | None) -> None:
    assert words.count_said(text) == count


def test_number_words() -> None:
    assert (words.number_word("Seven"), words.number_word("12"), words.number_word("many")) == (7, 12, 0)
