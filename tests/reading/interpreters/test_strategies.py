"""Strategy tables: actions, leads, timescales and impact in parallel cells, without numbers."""

from __future__ import annotations

from sightline.reading.blocks import Cell
from sightline.reading.interpreters.strategies import points
from tests.reading.making import codes, read, table

HEAD = "Priority|What we will do|Lead|By when|Impact|Update|Cost"
LISTED = (
    "1. Voice|• Ask/n• Tell/n• Act|• Police/n• Health/n• Schools|• May 2024/n• June 2024/n• TBC|"
    "• Heard/n• Safe|Begun|£5"
)


def test_lists_of_one_length_are_paired() -> None:
    reading = read(table(HEAD, LISTED))
    assert [(r.action, r.owners, r.timescale.dates, r.kind, r.priority) for r in reading.rows] == [
        ("Ask", ["Police"], ["2024-05"], "unnumbered", "1"),
        ("Tell", ["Health"], ["2024-06"], "unnumbered", "1"),
        ("Act", ["Schools"], [], "unnumbered", "1"),
    ]
    (priority,) = reading.priorities
    assert (priority.title, priority.owners, priority.outcomes) == (
        "Voice",
        ["Police", "Health", "Schools"],
        ["Heard", "Safe"],
    )
    assert [(r.update, r.other) for r in reading.rows] == [("Begun", {"Cost": "£5"}), ("", {}), ("", {})]
    assert (reading.document.kind, reading.counts.imported) == ("strategy", 1)


def test_what_is_printed_once_stays_with_the_priority() -> None:
    reading = read(table(HEAD, "2. Homes|• Ask/n• Tell|CEMB|By March 2025|Safer|| "))
    assert [(r.owners, r.owners_inherited, r.timescale.kind) for r in reading.rows] == [
        (["CEMB"], True, "blank")
    ] * 2
    (priority,) = reading.priorities
    assert (priority.owners, priority.timescale.dates, priority.timescale.label) == (
        ["CEMB"],
        ["2025-03"],
        "By March 2025",
    )
    assert "no_timescale" not in codes(reading)


def test_lists_of_another_length_are_not_paired() -> None:
    reading = read(
        table(HEAD, "2. Homes|• Ask/n• Tell/n• Act|• Police/n• Health|• May 2024/n• June 2024||| ")
    )
    assert [r.warnings for r in reading.rows] == [["unequal_lists"]] * 3
    assert reading.priorities[0].timescale.dates == ["2024-05", "2024-06"]


def test_rows_under_no_priority_make_one() -> None:
    reading = read(table("What we will do|Lead|By when", "• Ask/n• Tell|Weald, Down & Marsh Ltd|May 2024"))
    assert [(p.number, p.title, p.owners) for p in reading.priorities] == [
        ("1", "", ["Weald, Down & Marsh Ltd"])
    ]
    assert [r.priority for r in reading.rows] == ["1", "1"]
    assert "priority_number_inferred" in codes(reading)


def test_doubts_of_paired_points() -> None:
    reading = read(
        table(HEAD, "1. Voice|• Ask/n• Tell|• Weald, Down & Marsh Ltd/n• Police|• May/n• 31 June 2024||| ")
    )
    assert [r.warnings for r in reading.rows] == [["year_missing", "owner_unsplit"], ["impossible_date"]]


def test_a_table_with_numbers_or_a_status_is_no_strategy() -> None:
    numbered = read(table("No.|Action|Lead|By when", "1.1|• Ask/n• Tell|Police|May 2024"))
    assert [r.items for r in numbered.rows] == [["Ask", "Tell"]]


def test_points() -> None:
    assert points(None) == []
    assert points(Cell(" ")) == []
    assert points(Cell("We will:\nask\ntell", items=("ask", "tell"))) == ["We will", "ask", "tell"]
    assert points(Cell("one\ntwo")) == ["one", "two"]
    assert points(Cell("other", items=("ask",))) == ["ask"]
