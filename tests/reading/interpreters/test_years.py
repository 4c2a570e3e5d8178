"""Years taken from neighbouring rows."""

import pytest

from tests.reading.making import HEAD, read, rows, table


def dates(*whens: str) -> list[list[str]]:
    """The dates read of rows with these timescales."""
    return [
        r.timescale.dates for r in rows(*[f"1.{n}|a|Police|Do {n}|b|{w}|Red" for n, w in enumerate(whens, 1)])
    ]


@pytest.mark.parametrize(
    ("whens", "found"),
    [
        (("By 31 December 2018", "December Business Group"), "2018-12"),
        (("By 31 December 2018", "January"), "2019-01"),
        (("By 31 January 2019", "December"), "2018-12"),
        (("By 31 March 2019", "By 30 June"), "2019-06-30"),
        (("Ongoing", "March", "May 2020"), "2020-03"),
    ],
)
def test_the_year_of_a_neighbour(whens: tuple[str, ...], found: str) -> None:
    assert dates(*whens)[1] == [found]


def test_a_neighbour_with_the_same_month_decides_over_a_nearer_one() -> None:
    assert dates("December 2017", "May 2019", "December")[2] == ["2017-12"]


def test_without_neighbours_no_year_is_invented() -> None:
    (row,) = rows("1.1|a|Police|Ask|b|December|Red")
    assert (row.timescale.dates, row.warnings) == ([], ["year_missing"])


def test_neighbours_of_another_priority_are_not_asked() -> None:
    line = "{}|a|Police|Ask {}|b|{}|Red"
    reading = read(
        table(
            HEAD,
            "== Priority 1: A",
            line.format("1.1", 1, "May 2019"),
            "== Priority 2: B",
            line.format("2.1", 2, "June"),
        )
    )
    assert reading.rows[1].timescale.dates == []


def test_an_inferred_year_infers_no_other() -> None:
    lines = ["May 2019", *["TBC"] * 6, "June", *["TBC"] * 5, "July"]
    found = dates(*lines)
    assert (found[7], found[13]) == ([], [])
    assert dates("May 2019", "June", *["TBC"] * 6, "July")[8] == []
