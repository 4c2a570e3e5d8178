import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.rendering.document import Column, Table, TableCell
from sightline.rendering.widths import height, shares
from tests.rendering.examples import band, row, table


def asked(*widths: float) -> Table:
    return Table("T", tuple(Column("a", width) for width in widths), ())


def test_columns_share_as_they_ask() -> None:
    assert shares(asked(1, 3), 100) == [0.25, 0.75]


def test_a_column_keeps_room_for_its_longest_word_and_the_others_pay() -> None:
    wide = Table("T", (Column("safeguarding", 1), Column("a", 9), Column("b", 10)), ())
    assert shares(wide, 100) == pytest.approx([0.145, 0.855 * 9 / 19, 0.855 * 10 / 19])


def test_columns_that_ask_alike_get_room_after_their_text() -> None:
    found = shares(table(row("1", "x " * 200, "Green"), headings=("N", "A", "S")), 170)
    assert found[1] > 0.6
    assert sum(found) == pytest.approx(1)


def test_where_no_column_has_room_all_shrink() -> None:
    narrow = Table("T", tuple(Column("communication") for _ in range(20)), ())
    assert shares(narrow, 100) == pytest.approx([0.05] * 20)


@given(
    st.lists(st.tuples(st.floats(-1, 1000), st.text(max_size=30)), min_size=1, max_size=13),
    st.floats(20, 200),
)
def test_shares_are_positive_and_make_up_the_whole(columns: list[tuple[float, str]], room: float) -> None:
    found = shares(Table("T", tuple(Column(text, width) for width, text in columns), ()), room)
    assert min(found) > 0
    assert sum(found) == pytest.approx(1)


def test_the_height_of_a_row_is_that_of_its_tallest_cell() -> None:
    assert height(row("a", "b" * 95, "c\nd"), [12.5, 12.5, 12.5]) == 10
    assert height(row("", ""), [12.5, 1]) == 1
    assert height(band("x" * 30), [10, 10]) == 2
    assert TableCell() == row("").cells[0]
