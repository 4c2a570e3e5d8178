"""What surrounds the data: title, kind, period, day, key, furniture, lists; and what is refused."""

from __future__ import annotations

import pytest

from sightline.reading.blocks import At, Heading, Notice, Paragraph, PrintedDocument
from sightline.reading.interpreters import interpret
from sightline.reading.interpreters.titles import Title, title_of
from tests.reading.making import HEAD, adds_up, codes, doc, read, table

ROW = "1.1|a|Police|Ask|b|May 2024|Red"


@pytest.mark.parametrize(
    ("blocks", "title"),
    [
        (["# The Plan", "Words"], "The Plan"),
        (["Foreword", "We are glad.", "Yearly Report 2023"], "Yearly Report 2023"),
        (["We plan to act.", "the plan of", "Foreword"], "We plan to act."),
        ([table("== Action Plan 2024", HEAD, ROW)], "Action Plan 2024"),
        ([table(HEAD, ROW)], ""),
        ([], ""),
    ],
)
def test_title(blocks: list[str], title: str) -> None:
    assert read(*blocks).document.title == title


def test_a_title_the_file_gives_comes_first() -> None:
    assert read("# Other", title="The Plan").document.title == "The Plan"


@pytest.mark.parametrize(
    ("blocks", "day"),
    [
        (["Position as at 31 March 2024"], "2024-03-31"),
        (["Updated March 2024"], "2024-03-31"),
        (["Last updated on 4/5/2024"], "2024-05-04"),
        (
            [
                "The plan was updated in a long sentence which says many things about what was done by us in March 2024"
            ],
            None,
        ),
        (
            [
                "A long sentence which says many things, and among them that members as at 1 May 2024 were of one mind"
            ],
            "2024-05-01",
        ),
        (["As at March"], None),
        ([table(HEAD, ROW)], None),
    ],
)
def test_as_at(blocks: list[str], day: str | None) -> None:
    assert read(*blocks).document.as_at == day


@pytest.mark.parametrize(
    ("blocks", "kind"),
    [
        (["# Improvement plan", table(HEAD, ROW)], "action_plan"),
        (["# Strategy", table(HEAD, ROW)], "strategy"),
        (["# Strategy for children"], "strategy"),
        (["# Section 11 audit tool"], "self_assessment"),
        (["# Minutes of May"], "minutes"),
        (["# Yearly report"], "report"),
        (["# Letter"], "unknown"),
        (["# Letter", *["Words."] * 70], "report"),
        (["# Minutes", *["Words."] * 70], "minutes"),
        ([], "unknown"),
    ],
)
def test_kind(blocks: list[str], kind: str) -> None:
    assert read(*blocks).document.kind == kind


def test_period_of_a_line_after_the_title() -> None:
    reading = read("# The plan", "Period: April to June 2024", table(HEAD, ROW))
    assert (reading.document.period_raw, codes(reading)) == ("April to June 2024", [])


def test_periods_that_disagree() -> None:
    reading = read("# Plan 2024", "This plan covers April to June 2025", "It covers much.")
    assert [(w.code, w.at.line) for w in reading.warnings] == [("periods_disagree", 2)]
    assert codes(read("# Plan 2024", "This plan covers 2024")) == []


@pytest.mark.parametrize(
    ("line", "legend"),
    [
        (
            "Key: Green = complete; Amber = on track; Red = off track",
            {"Green": "complete", "Amber": "green", "Red": "red"},
        ),
        ("RAG key: Red – overdue, Green – in hand", {"Red": "red", "Green": "green"}),
        ("Key: B = Complete; Purple = not due yet", {"B": "complete", "Purple": "other"}),
        ("Key: Green", {}),
        ("Key people are named below", {}),
    ],
)
def test_a_key_in_a_line(line: str, legend: dict[str, str]) -> None:
    assert read("# Plan", line).document.legend == legend


def test_a_key_decides_what_a_rating_means() -> None:
    reading = read(
        "Key: Green = complete; Amber = on track",
        table(HEAD, ROW.replace("Red", "Green"), ROW.replace("Red", "Amber - late")),
    )
    assert [row.rating for row in reading.rows] == ["complete", "green"]


def test_a_key_in_a_table_of_words_or_shades() -> None:
    words = read("Status key", table("Green|Action complete", "Amber|On track", "Blue|Not started yet"))
    assert words.document.legend == {"Green": "complete", "Amber": "green", "Blue": "blue"}
    shades = read(table("Key|", "|Complete", "|Off track", fills={(1, 0): "00B050", (2, 0): "FF0000"}))
    assert shades.document.legend == {"Green": "complete", "Red": "red"}
    assert (words.counts.furniture, shades.counts.furniture) == (4, 3) if words.document.title else (3, 3)
    alone = read("The colours", table("Green", "Red", fills={(0, 0): "00B050", (1, 0): "FF0000"}))
    assert alone.document.legend == {"Green": "green", "Red": "red"}


def test_a_shade_decides_with_the_key() -> None:
    key = table("Key|", "|Complete", "|Off track", fills={(1, 0): "00B050", (2, 0): "FF0000"})
    plan = table(HEAD, ROW.replace("Red", ""), fills={(1, 6): "00B050"}, number=2)
    assert read(key, plan).rows[0].rating == "complete"


def test_tables_of_colours_that_are_no_key() -> None:
    for lines in (["Green|is the colour", "Grass|grows"], ["a|b", "c|d"], ["|", "Green|x"], ["a|b"] * 10):
        assert read("Words", table(*lines)).document.legend == {}


def test_contents_and_glossary_are_no_data() -> None:
    contents = table("Foreword|2", "Who we are|3", "Money|3", "Glossary|9")
    glossary = table("CP|Child Protection", "SPOM|", "WSCP|The partnership")
    more = table("ICB|Integrated care board", "JTAI|Joint inspection", number=3)
    reading = read("Contents", contents, "Money ..... 4", "Glossary of terms", glossary, more, "End")
    assert (reading.counts.furniture, reading.counts.imported, codes(reading)) == (11, 0, [])


def test_lists_that_only_look_so() -> None:
    falling = table("a|9", "b|3", "c|1")
    words = table("Neglect|means", "Homes|are", "Go|and")
    assert codes(read("x", falling, "y", words)) == ["table_set_aside", "table_set_aside"]


def test_furniture_between_the_pages() -> None:
    lines = [
        "Page 2 of 7",
        "3",
        "iv",
        "OFFICIAL-SENSITIVE",
        "www.example.org",
        "Tel: 01234",
        "____",
        "Plan v3   page 4",
    ]
    reading = read("# Plan", *lines, "Words that stay.")
    assert (reading.counts.furniture, [w.message for w in reading.leftovers]) == (9, ["Words that stay."])


def test_a_running_title_is_furniture_where_pages_are_known() -> None:
    blocks = tuple(Paragraph(f"Plan of the board {n}", at=At(page=n)) for n in (1, 2, 3))
    once = Paragraph("Said once", at=At(page=3))
    reading = interpret(PrintedDocument((Heading("Title"), *blocks, once), "pdf"))
    assert (reading.counts.furniture, reading.counts.set_aside) == (4, 1)


def test_what_a_reader_noticed_is_kept() -> None:
    notice = Notice("hidden_sheet", "A sheet is hidden.")
    made = doc("Words")
    reading = interpret(PrintedDocument(made.blocks, "xlsx", "f.xlsx", "ab", notices=(notice,)))
    assert reading.warnings == [notice]
    assert (reading.document.file, reading.document.sha256) == ("f.xlsx", "ab")


def test_abbreviations_nobody_explains() -> None:
    reading = read(
        "The WSCP (Wealdshire) has a Child Death Panel (CDP).",
        table(HEAD, "1.1|a|CDP|Ask ABCs with NHS and XYZ|READ it. Read on|May 2024|Red"),
    )
    assert [w.message.split(":")[0] for w in reading.warnings if w.code == "acronym_unexplained"] == [
        "ABCs, XYZ"
    ]
    many = " ".join(f"QZ{chr(65 + n)}" for n in range(14))
    said = [
        w.message
        for w in read(table(HEAD, f"1.1|a|Police|Ask|{many}|May 2024|Red")).warnings
        if w.code == "acronym_unexplained"
    ]
    assert "and 2 more" in said[0]


def test_an_empty_document() -> None:
    reading = read()
    assert (reading.counts.rows_seen, codes(reading), adds_up(reading)) == (0, [], True)
    assert read(table("")).counts.rows_seen == 1


@pytest.mark.parametrize(
    "words",
    ["priority 1 is to hear children", "Priority 2 actions are late", "Priorities", "Objective of the plan"],
)
def test_sentences_that_are_no_titles(words: str) -> None:
    assert title_of(words) is None


def test_a_title_with_a_small_first_letter_after_its_mark() -> None:
    assert title_of("Priority 3: early help") == Title("3", "early help", "Priority 3: early help")


@pytest.mark.parametrize(
    "line", ["Period: April 2024 to March 2025", "April 2024 to March 2025", "As at: 3 May 2024"]
)
def test_lines_that_only_say_what_the_facts_say(line: str) -> None:
    reading = read("# The plan", line, "Words.")
    assert (reading.document.period_raw or reading.document.as_at) in (
        "April 2024 to March 2025",
        "2024-05-03",
    )
    assert [w.message for w in reading.leftovers] == ["Words."]


def test_a_period_among_other_facts() -> None:
    reading = read("# The plan", "Group: Executive Period: April 2024 to March 2025")
    assert reading.document.period_raw == "April 2024 to March 2025"
    assert reading.counts.set_aside == 1
    assert read("# The plan", "As at: May 2024").counts.set_aside == 1
