"""Header rows: one, two or three deep (documents.md M8)."""

from sightline.reading.blocks import Cell, Row
from sightline.reading.interpreters import columns
from tests.reading.making import HEAD, read, table


def spanned(*cells: tuple[str, int]) -> Row:
    """A row of (text, span)."""
    made, place = [], 0
    for text, span in cells:
        made.append(Cell(text, place, span))
        place += span
    return Row(tuple(made))


def test_two_rows_of_headings() -> None:
    top = spanned(("No.", 1), ("Action", 1), ("Responsible", 2), ("When", 2))
    below = spanned(
        ("", 1), ("", 1), ("Lead agency", 1), ("Nominated lead officer", 1), ("By when", 1), ("Progress", 1)
    )
    found = columns.find([top, below])
    assert found is not None
    assert (found.header_rows, found.headings[2], found.headings[5]) == (
        2,
        "Responsible – Lead agency",
        "When – Progress",
    )
    assert [found.meanings[n] for n in range(6)] == [
        "number",
        "action",
        "lead",
        "lead",
        "timescale",
        "update",
    ]


def test_three_rows_marked_as_headers() -> None:
    rows = table("Plan|Plan|Plan", "No.|Action|Lead", "x|z|agency", header=3).rows
    found = columns.find(rows)
    assert found is not None
    assert (found.header_rows, found.headings) == (
        3,
        ["Plan – No. – x", "Plan – Action – z", "Plan – Lead – agency"],
    )


def test_a_row_of_data_is_no_second_header() -> None:
    found = columns.find(table(HEAD, "1.1|Update|Lead officer|Action|Notes|By when|Status").rows)
    assert found is not None
    assert found.header_rows == 1


def test_impact_over_rating() -> None:
    rows = table("No.|Action|Lead|Impact|Status", "|||Rating|", header=2).rows
    found = columns.find(rows)
    assert found is not None
    joined = columns.find(
        table("No.|Action|Lead|Impact|Delivery", "No.|Action|Lead|Rating|Rating", header=2).rows
    )
    assert joined is not None
    assert (joined.meanings[3], joined.meanings[4]) == ("impact_rating", "rating")


def test_tables_that_are_no_plan() -> None:
    for head in ("Name|Agency|Role", "Action|Lead", "Children|Parents|Schools", "Lead|Update|RAG", ""):
        assert columns.find(table(head).rows) is None
    assert columns.find([Row(())]) is None


def test_objectives_twice_are_a_priority_and_actions() -> None:
    reading = read(table("Priority|Objective|Outcome|Lead", "Voice|Ask children|Heard|Police"))
    assert [(row.action, row.outcome) for row in reading.rows] == [("Ask children", "Heard")]


def test_a_header_over_a_title_is_not_part_of_it() -> None:
    reading = read(table("== The plan", HEAD, "== Priority 1: One", "1.1|a|Police|Ask|b|May 2024|Red"))
    assert (reading.document.columns, len(reading.rows)) == (HEAD.split("|"), 1)


def test_a_repeated_header_needs_its_places() -> None:
    found = columns.find(table(HEAD).rows)
    assert found is not None
    assert columns.is_repeated(table(HEAD).rows[0], found)
    assert not columns.is_repeated(table("RAG|By when|Update").rows[0], found)
    assert not columns.is_repeated(table("No.||||||").rows[0], found)
    assert not columns.is_repeated(table("||||||||No.|RAG").rows[0], found)
