"""Grid columns nobody uses."""

from __future__ import annotations

from sightline.reading.blocks import Cell, Row, Table
from sightline.reading.interpreters.compacting import compact
from tests.reading.making import HEAD, read, table


def on_grid(line: str, places: list[int], width: int) -> Row:
    """A row whose cells begin at certain columns and reach to the next."""
    ends = [*places[1:], width]
    return Row(tuple(Cell(t, p, e - p) for t, p, e in zip(line.split("|"), places, ends, strict=True)))


LINE = "{}|Safe|Police|Do {}|Begun|By 30 June 2024|Green"
FIRST, SECOND = [0, 1, 3, 5, 6, 8, 9], [0, 2, 3, 4, 6, 7, 9]


def test_two_tables_that_share_a_grid() -> None:
    upper = [on_grid(line, FIRST, 11) for line in (HEAD, LINE.format("1.1", 1))]
    lower = [on_grid(line, SECOND, 11) for line in (HEAD, LINE.format("1.2", 2))]
    made = compact(Table((*upper, *lower)))
    assert {tuple((c.column, c.span) for c in row.cells) for row in made.rows} == {
        tuple((n, 1) for n in range(7))
    }
    reading = read(Table((*upper, *lower)))
    assert [(row.number_raw, row.action, row.rating, row.other) for row in reading.rows] == [
        ("1.1", "Do 1", "green", {}),
        ("1.2", "Do 2", "green", {}),
    ]
    assert reading.document.columns == HEAD.split("|")


def test_a_plain_table_is_left_alone() -> None:
    plain = table(HEAD, LINE.format("1.1", 1), "== Priority 1: Voice")
    assert compact(plain) == plain


def test_a_band_keeps_its_span() -> None:
    made = compact(Table((on_grid(HEAD, FIRST, 11), Row((Cell("Priority 1: Voice", 0, 11),)))))
    assert [(c.column, c.span) for c in made.rows[1].cells] == [(0, 7)]


def test_a_table_without_a_header_is_one_piece() -> None:
    made = compact(Table((on_grid("a|b", [0, 2], 4), on_grid("c|d", [0, 2], 4))))
    assert made.width == 2
    assert compact(Table(())) == Table(())


def test_lists_that_share_a_grid() -> None:
    upper = [on_grid(line, [0, 2, 3], 4) for line in ("Police|75%|", "Health|33%|")]
    lower = [on_grid(line, [0, 1], 4) for line in ("Schools|50%", "Homes|90%")]
    reading = read("Attendance", Table((*upper, *lower)))
    assert [(a.seat, a.value) for a in reading.attendance] == [
        ("Police", 75),
        ("Health", 33),
        ("Schools", 50),
        ("Homes", 90),
    ]


def test_rows_of_other_widths_are_no_lists_of_one_kind() -> None:
    mixed = Table((on_grid("Police|75%", [0, 2], 3), on_grid("a|b|c", [0, 1, 2], 3)))
    reading = read("Attendance", mixed)
    assert (reading.attendance, reading.counts.set_aside) == ([], 2)
