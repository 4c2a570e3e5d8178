"""Plan tables: the graded cases of documents.md A6, one small table each."""

from __future__ import annotations

import pytest

from sightline.reading.blocks import At, Cell, Row, Table
from tests.reading.making import HEAD, adds_up, codes, read, rows, table

ONE = "1.1|Children are heard|Business Group|Ask children|Begun|By 30 June 2024|Green"


def test_every_column_lands_in_its_field() -> None:
    (row,) = rows(ONE)
    assert (row.number_raw, row.numbers, row.kind) == ("1.1", ["1.1"], "numbered")
    assert (row.outcome, row.owners, row.action, row.update) == (
        "Children are heard",
        ["Business Group"],
        "Ask children",
        "Begun",
    )
    assert (row.timescale_raw, row.timescale.dates, row.rating_raw, row.rating) == (
        "By 30 June 2024",
        ["2024-06-30"],
        "Green",
        "green",
    )
    assert (row.at, row.confidence, row.warnings) == (At(table=1, row=2), 1.0, [])


def test_columns_come_in_any_order_and_unknown_ones_are_kept() -> None:
    reading = read(
        table("RAG|Cost|Action|No.|Who|Risk", "Red|£5|Ask|1|Police|high", "||Tell|2||", "Amber||Go|3|Health|")
    )
    assert reading.document.columns == ["RAG", "Cost", "Action", "No.", "Who", "Risk"]
    assert [row.other for row in reading.rows] == [
        {"Cost": "£5", "Risk": "high"},
        {"Cost": "", "Risk": ""},
        {"Cost": "", "Risk": ""},
    ]
    assert [row.rating for row in reading.rows] == ["red", "blank", "amber"]


def test_two_columns_with_one_heading_keep_both_words() -> None:
    reading = read(table("No.|Action|Lead|Notes|Notes", "1|Ask|Police|a|b"))
    assert reading.document.columns == ["No.", "Action", "Lead", "Notes", "Notes (2)"]
    assert (reading.rows[0].update, reading.rows[0].other) == ("a", {"Notes (2)": "b"})


def test_a_header_printed_again_is_furniture() -> None:
    reading = read(table(HEAD, ONE, HEAD, ONE.replace("1.1", "1.2")))
    assert [row.number_raw for row in reading.rows] == ["1.1", "1.2"]
    assert (reading.counts.furniture, reading.counts.imported) == (2, 2)


def test_headings_may_change_between_priorities() -> None:
    other = "Ref|What difference will it make|Lead agency|What do we want to do|Progress|Timescale|Status"
    reading = read(
        table(HEAD, "== Priority 1: One", ONE, "== Priority 2: Two", other, ONE.replace("1.1", "2.1"))
    )
    assert [(row.number_raw, row.priority, row.action) for row in reading.rows] == [
        ("1.1", "1", "Ask children"),
        ("2.1", "2", "Ask children"),
    ]
    assert reading.document.columns == HEAD.split("|")


def test_other_columns_from_a_header_on() -> None:
    reading = read(table(HEAD, ONE, "Action|Lead|By when|||||", "Tell parents|Health|May 2024||||"))
    assert [(row.action, row.owners) for row in reading.rows][1] == ("Tell parents", ["Health"])


@pytest.mark.parametrize(
    ("title", "number", "words"),
    [
        ("Priority 1: Hear children", "1", "Hear children"),
        ("Targeted priority 2 – Help early", "2", "Help early"),
        ("Targeted Priority 3 - Protect", "3", "Protect"),
        ("LSCB Priority Theme One Neglect", "1", "Neglect"),
        ("Development Area 4. Homes", "4", "Homes"),
        ("1a priority: Voice", "1a", "Voice"),
        ("Objective ii) Schools", "2", "Schools"),
    ],
)
def test_title_rows_become_priorities(title: str, number: str, words: str) -> None:
    reading = read(table(HEAD, f"{title}||||||", ONE))
    assert [(p.number, p.title) for p in reading.priorities] == [(number, words)]
    assert reading.rows[0].priority == number


def test_a_title_printed_again_after_a_page_is_one_priority() -> None:
    reading = read(
        table(HEAD, "== Priority 1: Hear", ONE, HEAD, "== Priority 1: Hear", ONE.replace("1.1", "1.2"))
    )
    assert [p.number for p in reading.priorities] == ["1"]
    assert reading.rows[1].owners == ["Business Group"]


def test_a_title_in_two_cells() -> None:
    reading = read(table(HEAD, "Priority 2|Help early|||||", ONE))
    assert [(p.number, p.title) for p in reading.priorities] == [("2", "Help early")]


def test_headings_above_tables_are_priorities() -> None:
    reading = read(
        "# Priority 1",
        "Hear every child",
        "Aim: be heard",
        table(HEAD, ONE),
        "# Priority 2: Help",
        table(HEAD, ONE),
    )
    assert [(p.number, p.title, p.aim) for p in reading.priorities] == [
        ("1", "Hear every child", "be heard"),
        ("2", "Help", ""),
    ]
    assert [row.priority for row in reading.rows] == ["1", "2"]


def test_a_priority_heading_over_prose_is_not_used_for_a_later_table() -> None:
    reading = read("# Priority 1: Old", "We did much.", "And more.", table(HEAD, ONE))
    assert reading.priorities == []
    assert reading.counts.set_aside == 2


def test_a_priority_in_the_header_row() -> None:
    reading = read(
        table(
            "Priority 3|What we will do|Lead|By when", "Neglect|Train staff|Health|May 2024", "|Ask|Police|"
        )
    )
    assert [(p.number, p.title) for p in reading.priorities][:1] == [("3", "")]
    assert [row.owners for row in reading.rows] == [["Health"], ["Police"]]


def test_a_column_of_priorities() -> None:
    reading = read(
        table(
            "Priority|Action|Lead|By when",
            "1. Voice|Ask|Police|May 2024",
            "|Tell|Health|",
            "As above|Act||",
            "2|Go|Police|",
            "Homes|See|Police|",
            "Homes|Do|Police|",
        ),
    )
    assert [(p.number, p.title) for p in reading.priorities] == [("1", "Voice"), ("2", ""), ("3", "Homes")]
    assert [row.priority for row in reading.rows] == ["1", "1", "1", "2", "3", "3"]
    assert "priority_number_inferred" in codes(reading)


def test_bands_that_are_no_priority() -> None:
    reading = read(
        table(HEAD, "== Working with schools", ONE, "== Working with homes", ONE.replace("1.1", "1.2"))
    )
    assert [(p.number, p.title) for p in reading.priorities] == [
        ("1", "Working with schools"),
        ("2", "Working with homes"),
    ]
    assert codes(reading).count("priority_number_inferred") == 2


def test_a_band_below_a_priority_is_an_outcome_for_its_rows() -> None:
    reading = read(table(HEAD, "== Priority 1: One", "== Children are safe", "1.1||Police|Ask||May 2024|Red"))
    assert (reading.rows[0].outcome, reading.rows[0].outcome_inherited) == ("Children are safe", True)


def test_a_band_of_dates_applies_to_the_rows_beneath() -> None:
    reading = read(
        table(
            HEAD, "== SHORT TERM TARGETS (by June 2026)", "1.1|a|Police|Ask||| ", "1.2|a|Police|Go||May 2024|"
        )
    )
    assert [row.timescale.dates for row in reading.rows] == [["2026-06"], ["2024-05"]]
    assert "no_timescale" not in codes(reading)


def test_outcome_and_lead_are_inherited_and_nothing_else() -> None:
    above, below = rows(ONE, "1.2|||Tell parents|||")
    assert (below.outcome, below.outcome_inherited) == (above.outcome, True)
    assert (below.owners, below.owners_inherited, below.owners_raw) == (above.owners, True, "")
    assert (below.rating, below.timescale.kind, below.update) == ("blank", "blank", "")
    assert {"no_rating", "no_timescale"} <= set(below.warnings)


def test_nothing_is_inherited_across_a_priority() -> None:
    reading = read(
        table(HEAD, "== Priority 1: One", ONE, "== Priority 2: Two", "2.1|||Tell parents||May 2024|Red")
    )
    assert (reading.rows[1].owners, reading.rows[1].outcome) == ([], "")
    assert "no_owner" in reading.rows[1].warnings


def test_as_above() -> None:
    above, below = rows(ONE, '1.2|As above|ditto|Tell parents||as above|"')
    assert (below.outcome, below.owners, below.owners_inherited) == (above.outcome, above.owners, True)
    assert (below.timescale.dates, below.rating, below.timescale_raw) == (["2024-06-30"], "green", "as above")
    assert below.warnings.count("as_above") == 2


def test_cells_merged_downwards() -> None:
    merged = Row(
        tuple(
            Cell(text, n, continued=not text) if n != 4 else Cell("", n)
            for n, text in enumerate(["1.2", "", "", "Tell parents", "", "", ""])
        ),
        at=At(table=1, row=3),
    )
    first = table(HEAD, ONE)
    reading = read(Table((*first.rows, merged)))
    below = reading.rows[1]
    assert (below.owners, below.timescale.dates, below.rating) == (
        ["Business Group"],
        ["2024-06-30"],
        "green",
    )
    assert below.warnings.count("merged_cell") == 2


def test_a_list_in_a_cell() -> None:
    (row,) = rows("1.1|a|Police|We will:/n• ask/n• listen||May 2024|Red")
    assert (row.items, row.action) == (["ask", "listen"], "We will:\nask\nlisten")


def test_rows_cut_by_a_page_are_joined() -> None:
    reading = read(
        table(HEAD, "1.1|Children are heard by|Business|Ask children and||By 30|Green"),
        "Plan   Page 1 of 2",
        table(HEAD, "|everybody they meet|Group|their parents||June 2024|", number=2),
    )
    (row,) = reading.rows
    assert (row.outcome, row.action) == (
        "Children are heard by everybody they meet",
        "Ask children and their parents",
    )
    assert (row.owners, row.timescale_raw) == (["Business Group"], "By 30 June 2024")
    assert row.warnings == ["row_joined"]
    assert (reading.counts.joined, adds_up(reading)) == (1, True)


def test_a_cell_cut_by_a_page_beside_a_numbered_row() -> None:
    reading = read(
        table(HEAD, "1.1|Children are heard by the|Police|Ask||May 2024|Green"),
        table(HEAD, "1.2|people they meet||Tell||May 2024|Green", number=2),
    )
    assert [row.outcome for row in reading.rows] == ["Children are heard by the people they meet"] * 2
    assert (reading.rows[1].outcome_inherited, reading.rows[1].warnings) == (True, ["cell_joined"])


def test_a_table_without_header_goes_on_with_the_page_before() -> None:
    reading = read(table(HEAD, ONE), table(ONE.replace("1.1", "1.2"), number=2))
    assert [row.number_raw for row in reading.rows] == ["1.1", "1.2"]
    apart = read(table(HEAD, ONE), "A paragraph between.", table(ONE.replace("1.1", "1.2"), number=2))
    assert [row.number_raw for row in apart.rows] == ["1.1"]
    assert "table_set_aside" in codes(apart)


def test_a_row_shifted_left_is_moved_back() -> None:
    reading = read(table(HEAD, ONE, "• Tell parents|Begun|May 2024|Red|||"))
    row = reading.rows[1]
    assert (row.action, row.update, row.timescale_raw, row.rating) == (
        "Tell parents",
        "Begun",
        "May 2024",
        "red",
    )
    assert (row.kind, row.numbers, "row_shifted" in row.warnings) == ("bullet", ["1.1"], True)


def test_a_row_with_a_bullet_first_and_full_at_the_end_is_not_moved() -> None:
    reading = read(table(HEAD, ONE, "• 1.2|a|Police|Tell|b|May 2024|Red"))
    assert "row_shifted" not in codes(reading)


def test_a_row_short_of_a_cell_is_aligned_by_content() -> None:
    reading = read(
        table(HEAD, ONE, "1.2|Children are safe|Tell every parent what was found|Begun|May 2024|Red")
    )
    row = reading.rows[1]
    assert (row.action, row.timescale_raw, row.rating) == (
        "Tell every parent what was found",
        "May 2024",
        "red",
    )
    assert "row_realigned" in row.warnings


def test_numbers_in_one_cell_and_over_several_rows() -> None:
    reading = read(table(HEAD, ONE.replace("1.1", "2.1 & 3.2"), ONE.replace("1.1", "2.1 & 3.2")))
    assert [row.numbers for row in reading.rows] == [["2.1", "3.2"]] * 2
    assert codes(reading).count("duplicate_number") == 1


def test_stem_bullets_and_continuation() -> None:
    found = rows(
        "1.1|a|Police|Train people in:||May 2024|",
        "|||• thresholds|||Red",
        "|||• escalation|||",
        "1.2|a|Police|Ask||May 2024|Green",
        "|||Tell parents too||June 2024|Red",
    )
    assert [(row.kind, row.numbers, row.action) for row in found] == [
        ("stem", ["1.1"], "Train people in:"),
        ("bullet", ["1.1"], "thresholds"),
        ("bullet", ["1.1"], "escalation"),
        ("numbered", ["1.2"], "Ask"),
        ("continuation", ["1.2"], "Tell parents too"),
    ]
    assert [row.number_raw for row in found if "children_disagree" in row.warnings] == ["1.1", "1.2"]


def test_a_plan_without_numbers() -> None:
    reading = read(table("Action|Lead|By when", "Ask|Police|May 2024", "Tell||June 2024"))
    assert [(row.kind, row.numbers, row.owners) for row in reading.rows] == [
        ("unnumbered", [], ["Police"]),
        ("unnumbered", [], ["Police"]),
    ]
    assert "no_rating_column" in codes(reading)
    assert "no_rating" not in codes(reading)


def test_a_number_at_the_start_of_the_action() -> None:
    (row,) = read(table("Action|Lead|By when", "1.1 Ask children|Police|May 2024")).rows
    assert (row.number_raw, row.kind, row.action) == ("1.1", "numbered", "1.1 Ask children")


def test_a_number_cell_with_words_is_kept() -> None:
    (row,) = rows("to follow|a|Police|Ask||May 2024|Red")
    assert (row.number_raw, row.numbers, row.kind) == ("to follow", [], "numbered")
    assert "number_unreadable" in row.warnings


def test_an_empty_template() -> None:
    reading = read(table(HEAD, "||||||", "||||||"))
    assert (reading.rows, codes(reading)) == ([], ["empty_template"])
    assert (reading.counts.furniture, adds_up(reading)) == (3, True)


def test_a_table_read_down_its_columns_is_refused_with_its_words() -> None:
    sentence = "Children are asked what they think of the help that they are given"
    reading = read(table(HEAD, *[f"{sentence}|a|b||||" for _ in range(4)]))
    assert (reading.rows, codes(reading)) == ([], ["columns_unreadable"])
    assert reading.counts.set_aside == 4
    assert sentence in reading.leftovers[0].message


def test_a_refused_table_keeps_its_priorities() -> None:
    reading = read(table(HEAD, "== Priority 1: One", *["1|a|b||||" for _ in range(4)]))
    assert [p.title for p in reading.priorities] == ["One"]
    assert reading.counts.set_aside == 4


def test_a_row_that_says_nothing_of_an_action_is_set_aside() -> None:
    reading = read(table(HEAD, "||||||Red", ONE))
    assert "row_set_aside" in codes(reading)
    assert reading.counts.set_aside == 1


def test_quarters_with_letters() -> None:
    reading = read(table("Outcome|Lead|Q1|Q2|Q3|Q4|Narrative", "Safe|Police|R|A|||two late", "Heard|||||| "))
    first, second = reading.rows
    assert (first.rating_raw, first.rating, first.other) == (
        "A",
        "amber",
        {"Q1": "R", "Q2": "A", "Q3": "", "Q4": ""},
    )
    assert (second.rating, second.owners, second.action, second.outcome) == ("blank", ["Police"], "", "Heard")


@pytest.mark.parametrize(
    ("head", "cell", "rating"),
    [
        ("Complete Y/N", "Y", "complete"),
        ("Complete Y/N", "Ongoing", "green"),
        ("Complete Y/N", "N", "other"),
        ("Complete Y/N", "N/A", "other"),
        ("Complete Y/N", "Red", "red"),
        ("Achieved (tick)", "✓", "complete"),
        ("On target to achieve (tick)", "✓", "green"),
        ("Achieved (tick)", "", "blank"),
    ],
)
def test_statuses_in_ticks_and_answers(head: str, cell: str, rating: str) -> None:
    (row,) = read(table(f"No.|Action|Lead|{head}", f"1|Ask|Police|{cell}")).rows
    assert row.rating == rating


@pytest.mark.parametrize(
    ("fill", "text", "rating", "codes_"),
    [
        ("00B050", "", "green", ["status_by_colour"]),
        ("FFC000", "see notes", "amber", ["rating_unreadable", "status_by_colour"]),
        ("FF0000", "Green", "green", []),
        ("FFFFFF", "", "blank", ["no_rating"]),
    ],
)
def test_status_by_shading(fill: str, text: str, rating: str, codes_: list[str]) -> None:
    shaded = table(HEAD, ONE.replace("Green", text), fills={(1, 6): fill})
    (row,) = read(shaded).rows
    assert (row.rating, row.warnings) == (rating, codes_)


def test_a_whole_shaded_row_has_no_status_by_it() -> None:
    shaded = table(HEAD, ONE.replace("Green", ""), fills={(1, c): "00B050" for c in range(7)})
    assert read(shaded).rows[0].rating == "blank"


def test_a_column_of_colours_without_a_heading() -> None:
    fills = {(1, 3): "00B050", (2, 3): "FF0000"}
    reading = read(table("No.|Action|Lead|", "1|Ask|Police|", "2|Tell|Police|", fills=fills))
    assert [row.rating for row in reading.rows] == ["green", "red"]


def test_columns_without_a_heading_are_named_by_what_they_hold() -> None:
    reading = read(
        table("|Action||By when|", "1.1|Ask|Police|May 2024|Red", "1.2|Tell|Health Group|May 2024|Green")
    )
    assert [(row.number_raw, row.owners, row.rating) for row in reading.rows] == [
        ("1.1", ["Police"], "red"),
        ("1.2", ["Health Group"], "green"),
    ]
    assert reading.document.columns == ["Column 1", "Action", "Column 3", "By when", "Column 5"]


def test_a_nameless_column_of_anything_else_is_kept() -> None:
    (row,) = read(table("No.|Action|Lead|", "1|Ask|Police|see the annex for what it costs")).rows
    assert row.other == {"Column 4": "see the annex for what it costs"}


def test_two_leads_columns_both_give_owners() -> None:
    (row,) = read(table("No.|Action|Lead agency|Nominated lead officer", "1|Ask|Police|Ida Marlowe")).rows
    assert (row.owners_raw, row.owners) == ("Police", ["Police", "Ida Marlowe"])
    assert row.other == {"Nominated lead officer": "Ida Marlowe"}


def test_our_own_exports() -> None:
    head = "Reference|No.|Action|Lead|Status|Impact rating|State|Cost"
    (row,) = read(table(head, "WSCP-A-12|1.1|Ask|Police|Green|Not yet known|In progress|£5")).rows
    assert (row.reference, row.impact_rating, row.state, row.other) == (
        "WSCP-A-12",
        "Not yet known",
        "In progress",
        {"Cost": "£5"},
    )
    assert read(table(head, "a|1|b|Police|Red||Closed|")).document.columns == head.split("|")


def test_a_column_headed_reference_is_the_number_where_there_is_no_other() -> None:
    (row,) = read(table("Reference|Action|Lead", "1.1|Ask|Police")).rows
    assert (row.number_raw, row.reference) == ("1.1", "")


def test_a_page_number_inside_a_table_is_furniture() -> None:
    paged = table(HEAD, ONE)
    reading = read(Table((*paged.rows, Row((Cell("Page 3 of 7"),), at=At(table=1, row=3)))))
    assert (len(reading.rows), reading.counts.furniture) == (1, 2)


CUT = "1.1|Safe|Police|Ask every child what|Begun|{}|{}"


@pytest.mark.parametrize(
    ("first", "rest", "joined"),
    [
        (CUT.format("Report to", "Amber"), "|||they think||the Board May 2024|", True),
        (CUT.format("Report to WSCP", "Amber"), "|||they think||January 2024|", True),
        (CUT.format("December Business", "Amber"), "|||They think||Group 2024|", True),
        (CUT.format("By 3 May 2024", "Amber: late"), "|||they think|||because of floods", True),
        (CUT.format("By 3 May 2024", "Amber"), "|||They think||Soon, says Ida|", True),
        (CUT.format("By 3 May 2024", "Amber"), "|||They think it||By 4 May 2024|", False),
        (CUT.format("By 3 May 2024", "Amber"), "|||they think|||Red", False),
        (CUT.format("Ongoing", "Amber"), "|||They think||May 2024|", False),
        (CUT.format("", "Amber"), "|||They think||May 2024|", False),
        ("1.1|Safe|Police|•|Begun|By 3 May 2024|Amber", "|||They think|||", True),
        (CUT.format("By 3 May 2024", "Amber").replace("what", "it."), "|||They think|||", False),
        (CUT.format("By 3 May 2024", "Amber").replace("what", "it."), "|from harm||They think|||", True),
        (CUT.format("By 3 May 2024", "Amber"), "|From harm|||||", True),
        (CUT.format("By 3 May 2024", "Amber").replace("Safe", "Safe."), "|From harm|||||", False),
        (CUT.format("By 3 May 2024", "Amber"), "||Health Group||||", True),
        (CUT.format("By 3 May 2024", "Amber"), "1.2|||they think|||", False),
        (CUT.format("By 3 May 2024", "Amber"), "|||• they think|||", False),
    ],
)
def test_which_row_after_a_page_is_the_rest_of_the_one_before(first: str, rest: str, joined: bool) -> None:
    reading = read(table(HEAD, first), table(HEAD, rest, number=2))
    assert (reading.counts.joined == 1) is joined


@pytest.mark.parametrize(
    ("rest", "joined"),
    [
        ("|||they think|||", True),
        ("|||They think|||", False),
        ("|||they think|||Red", False),
        ("||Group||||", True),
    ],
)
def test_a_row_cut_with_no_page_between(rest: str, joined: bool) -> None:
    reading = read(table(HEAD, CUT.format("By 3 May 2024", ""), rest))
    assert (reading.counts.joined == 1) is joined


def test_the_rest_of_a_row_of_outcomes() -> None:
    grid = "Outcome|Lead|Q1|Q2"
    reading = read(
        table(grid, "Children are heard by|Police||"),
        table(grid, "the people they meet|||", "Safe|||", number=2),
    )
    assert [row.outcome for row in reading.rows] == ["Children are heard by the people they meet", "Safe"]


def test_words_cut_at_a_hyphen_and_in_a_list() -> None:
    reading = read(
        table(HEAD, "1.1|A multi-|Police|We will:/n• ask/n• listen to||May 2024|Green"),
        table(HEAD, "|agency plan||them all|||", "|||• act at once|||", number=2),
    )
    row = reading.rows[0]
    assert (row.outcome, row.items) == ("A multi-agency plan", ["ask", "listen to them all"])
    listed = Row(
        (*[Cell("", n) for n in range(3)], Cell("go on", 3, items=("go on",))), at=At(table=2, row=2)
    )
    head = table(HEAD).rows
    first = table(HEAD, "1.1|Safe|Police|We will:/n• ask/n• listen||May 2024|Green")
    assert interpret_joined(first, Table((*head, listed))) == ["We will:\nask\nlisten", "go on"]


def interpret_joined(first: Table, second: Table) -> list[str]:
    """The actions read of two pages."""
    return [row.action for row in read(first, second).rows]


def test_a_shifted_row_cut_by_a_page() -> None:
    reading = read(
        table(HEAD, "1.1|a|Police|Train:||May 2024|Green", "• Tell parents and the|Begun|May 2024|Red|||"),
        table(HEAD, "Schools they chose||||||", number=2),
    )
    assert (reading.rows[1].action, reading.rows[1].rating) == (
        "Tell parents and the Schools they chose",
        "red",
    )


def test_a_source_alone_is_no_rest() -> None:
    head = "Ofsted para|No.|Action|Lead|By when"
    reading = read(table(head, "3|1.1|Ask|Police|May 2024", "4||||"))
    assert (reading.counts.joined, reading.counts.set_aside) == (0, 1)


def test_a_priority_with_its_lead_beside_it_is_a_row() -> None:
    reading = read(table(HEAD, "Priority 2: Voice|Police|||||", "1.1|a|Police|Ask||May 2024|Green"))
    assert [p.title for p in reading.priorities] == []
    assert len(reading.rows) == 2


def test_another_unknown_column_is_another_table() -> None:
    first = table("No.|Action|Lead|Cost", "1|Ask|Police|£5")
    second = table("No.|Action|Lead|Risk", "2|Tell|Police|high", number=2)
    assert [row.other for row in read(first, second).rows] == [{"Cost": "£5"}, {"Risk": "high"}]


def test_a_cell_that_is_missing_in_its_row() -> None:
    head = table(HEAD).rows[0]
    row = Row((Cell("1.1", 0), Cell("Ask", 3), Cell("Police", 2)), at=At(table=1, row=2))
    merged = Row((Cell("1.2", 0, 2), Cell("Tell", 3)), at=At(table=1, row=3))
    reading = read(Table((head, row, merged)))
    assert [(r.action, r.owners, r.update) for r in reading.rows] == [
        ("Ask", ["Police"], ""),
        ("Tell", ["Police"], ""),
    ]


def test_nothing_is_aligned_by_a_guess() -> None:
    reading = read(table(HEAD, ONE, "1.2|Children are safe"))
    assert [row.outcome for row in reading.rows] == ["Children are heard", "Children are safe"]
    assert "row_realigned" not in codes(reading)


def test_a_list_cut_by_a_page_between_its_points() -> None:
    listed = "1.1|Safe/n• at home/n• at school|Police|We will:/n• ask/n• listen|Begun with|May 2024|Green"
    one = read(table(HEAD, listed), table(HEAD, "|||• act|the schools||", number=2)).rows
    assert [(row.items, row.update) for row in one] == [(["ask", "listen", "act"], "Begun with the schools")]
    two = read(table(HEAD, listed), table(HEAD, "|• outside/n• online||and act||| ", number=2)).rows
    assert [row.outcome.split("\n") for row in two] == [["Safe", "at home", "at school", "outside", "online"]]
    apart = read(table(HEAD, listed), table(HEAD, "|||• act|||", number=2)).rows
    assert [row.kind for row in apart] == ["stem", "bullet"]
