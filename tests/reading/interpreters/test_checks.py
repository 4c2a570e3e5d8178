"""What a plan's rows say against themselves: each rule with cases of its own (documents.md A7)."""

from __future__ import annotations

import pytest

from sightline.reading.schema import Reading
from tests.reading.making import HEAD, codes, read, rows, table


def numbered(*numbers: str) -> Reading:
    """A plan of rows with these numbers and nothing to complain of."""
    return read(
        table(
            HEAD, *[f"{n}|a|Police|Do number {i}|Begun|By 30 June 2024|Green" for i, n in enumerate(numbers)]
        )
    )


def test_a_plan_with_nothing_to_complain_of() -> None:
    assert codes(numbered("1.1", "1.2", "2.1")) == []


@pytest.mark.parametrize(
    ("numbers", "repeats"),
    [
        (("1.1", "1.1c", "1.1c"), ["1.1c"]),
        (("2.1 & 3.1", "2.1 & 3.1"), ["2.1 & 3.1"]),
        (("2.1 & 3.1", "3.1"), []),
        (("1", "1"), ["1"]),
    ],
)
def test_duplicate_number(numbers: tuple[str, ...], repeats: list[str]) -> None:
    assert [
        row.number_raw for row in numbered(*numbers).rows if "duplicate_number" in row.warnings
    ] == repeats


def test_numbers_that_begin_anew_under_each_priority_are_no_duplicates() -> None:
    line = "{}|a|Police|Do {}|Begun|By 30 June 2024|Green"
    reading = read(
        table(HEAD, "== Priority 1: A", line.format("1", "x"), "== Priority 2: B", line.format("1", "y"))
    )
    assert codes(reading) == []


@pytest.mark.parametrize(
    ("numbers", "gaps"),
    [
        (("2.7a", "2.7c"), ["2.7b"]),
        (("1.1", "1.3"), ["1.2"]),
        (("2.1 & 3.2", "2.2", "3.1", "3.3"), []),
        (("1", "3"), ["2"]),
        (("1.1", "1.2", "1.10"), []),
    ],
)
def test_number_gap(numbers: tuple[str, ...], gaps: list[str]) -> None:
    found = [w.message.split(":")[0] for w in numbered(*numbers).warnings if w.code == "number_gap"]
    assert [gap for gap in found if gap in gaps or not gap.startswith(("2.", "1"))] == gaps


def test_a_gap_stands_where_the_number_should_be() -> None:
    gap = next(w for w in numbered("1.1", "1.3", "1.4").warnings if w.code == "number_gap")
    assert gap.at.row == 3


def test_a_lost_heading_keeps_its_actions_without_a_priority() -> None:
    line = "{}|a|Police|Do the {}|Begun|By 30 June 2024|Green"
    body = [line.format(n, w) for n, w in (("1.1", "one"), ("2.1", "two"), ("2.2", "three"), ("3.1", "four"))]
    reading = read(table(HEAD, "== Priority 1: A", *body[:3], "== Priority 3: C", body[3]))
    assert [(row.number_raw, row.priority) for row in reading.rows] == [
        ("1.1", "1"),
        ("2.1", None),
        ("2.2", None),
        ("3.1", "3"),
    ]
    assert codes(reading) == ["heading_lost", "heading_lost"]


def test_numbers_of_another_scheme_are_no_lost_heading() -> None:
    line = "{}|a|Police|Do {}|Begun|By 30 June 2024|Green"
    reading = read(table(HEAD, "== Priority 1: A", line.format("7.1", "x"), line.format("7.2", "y")))
    assert "heading_lost" not in codes(reading)


@pytest.mark.parametrize(
    ("title", "when", "found"),
    [
        ("Plan April to September 2024", "By 30 June 2024", []),
        ("Plan April to September 2024", "September 2024", []),
        ("Plan April to September 2024", "By 30 June 2025", ["date_outside_period"]),
        ("Plan April to September 2024", "Ongoing", []),
        ("Plan 1st April 2017-31st March 2017", "By 30 June 2017", ["period_reversed"]),
        ("A plan", "By 30 June 1999", []),
    ],
)
def test_date_outside_period(title: str, when: str, found: list[str]) -> None:
    reading = read(f"# {title}", table(HEAD, *[f"1.{n}|a|Police|Do {n}|Begun|{when}|Green" for n in (1, 2)]))
    assert [c for c in codes(reading) if c.startswith(("date", "period"))] == found


def test_many_dates_outside_are_one_warning() -> None:
    lines = [f"1.{n}|a|Police|Do {n}|Begun|May 2030|Green" for n in range(1, 16)]
    reading = read("# Plan 2024", table(HEAD, *lines))
    assert codes(reading) == ["date_outside_period"]
    assert "and 3 more" in reading.warnings[0].message


@pytest.mark.parametrize(
    ("update", "when", "found"),
    [
        ("Move timescale to 30 November 2023", "By 31 December 2023", True),
        ("Move timescale to 30 November 2023", "By 30 November 2023", False),
        ("Due 30 November 2023", "By 31 December 2023", False),
    ],
)
def test_update_contradicts_date(update: str, when: str, found: bool) -> None:
    (row,) = rows(f"1.1|a|Police|Ask|{update}|{when}|Amber")
    assert ("update_contradicts_date" in row.warnings) is found


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["1.1|a|Police|Ask|This will answer 1.1|May 2024|Red"], ["1.1"]),
        (["1.1 see 1.1|a|Police|Ask|Begun|May 2024|Red"], ["1.1 see 1.1"]),
        (["1.1|a|Police|Ask|See 1.2|May 2024|Red", "1.2|a|Police|Go|Begun|May 2024|Red"], []),
        (["1.1|a|Police|Ask|See 1.1 above|May 2024|Red", "1.1|a|Police|Go|Begun|May 2024|Red"], []),
    ],
)
def test_self_reference(lines: list[str], found: list[str]) -> None:
    assert [row.number_raw for row in rows(*lines) if "self_reference" in row.warnings] == found


@pytest.mark.parametrize(
    ("parent", "child", "found"),
    [
        ("Amber", "Red", True),
        ("", "Amber", True),
        ("Red", "Amber", False),
        ("Amber", "", False),
        ("Green", "Green", False),
        ("", "Completed", True),
    ],
)
def test_children_disagree(parent: str, child: str, found: bool) -> None:
    above, _ = rows(f"1.1|a|Police|Ask||May 2024|{parent}", f"|||Tell too||May 2024|{child}")
    assert ("children_disagree" in above.warnings) is found


def test_a_bullet_under_nothing_disagrees_with_nobody() -> None:
    (row,) = rows("|a|Police|• Ask||May 2024|Red")
    assert (row.kind, "children_disagree" in row.warnings) == ("unnumbered", False)


@pytest.mark.parametrize(
    ("update", "when", "rating", "found"),
    [
        ("Not yet started", "May 2024", "", True),
        ("Not yet started", "May 2024", "Red", False),
        ("Begun", "Completed", "Green", True),
        ("Completed: all done", "May 2024", "Amber", True),
        ("Completed: all done", "May 2024", "Green", False),
        ("Completed by the police", "May 2024", "Green", False),
    ],
)
def test_status_hint(update: str, when: str, rating: str, found: bool) -> None:
    (row,) = rows(f"1.1|a|Police|Ask|{update}|{when}|{rating}")
    assert ("status_hint" in row.warnings) is found


@pytest.mark.parametrize(
    ("rating", "update", "found"),
    [
        ("Red", "", "red_without_update"),
        ("Complete", "", "complete_without_update"),
        ("Red", "Late", ""),
        ("Amber", "", ""),
    ],
)
def test_statuses_without_an_update(rating: str, update: str, found: str) -> None:
    (row,) = rows(f"1.1|a|Police|Ask|{update}|May 2024|{rating}")
    assert [code for code in row.warnings if code.endswith("without_update")] == ([found] if found else [])


@pytest.mark.parametrize(
    ("when", "update", "found"),
    [
        ("By 30 June 2024", "Begun", True),
        ("By 30 June 2025", "Begun", False),
        ("June 2024", "Begun", False),
        ("Review 3 June 2024", "Begun", False),
        ("By 30 May 2024", "Completed", False),
        ("Ongoing", "Begun", False),
    ],
)
def test_green_after_its_date(when: str, update: str, found: bool) -> None:
    as_at = "As at 30 June 2024" if when == "June 2024" else "As at 1 July 2024"
    reading = read(as_at, table(HEAD, f"1.1|a|Police|Ask|{update}|{when}|Green"))
    assert ("status_contradicts_date" in codes(reading)) is found


def test_repeated_text() -> None:
    same = "This work goes on as part of the redesign of services"
    first, second, third = rows(
        f"1.1|a|Police|Ask|{same}|May 2024|Red",
        f"1.2|a|Police|Go|{same.upper()}|May 2024|Red",
        "1.3|a|Police|Do|Begun|May 2024|Red",
    )
    assert ["repeated_text" in row.warnings for row in (first, second, third)] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask every child what they think and", True),
        ("Ask every child, and then the", True),
        ("Ask them all,", False),
        ("Ask every child what they think of", True),
        ("Ask every child what it is", False),
    ],
)
def test_cut_off(text: str, found: bool) -> None:
    (row,) = rows(f"1.1|a|Police|{text}|Begun|May 2024|Green")
    assert ("cut_off" in row.warnings) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Child, DOB 01/02/2015, seen", True),
        ("Date of birth: 3 May 2015", True),
        ("NHS number 943 476 5919", True),
        ("call 943 476 5918", False),
        ("UPN H801200001001", True),
        ("Mia (7) told us", True),
        ("Collect dates of birth", False),
        ("1 in 300 000 000", False),
    ],
)
def test_personal_data(text: str, found: bool) -> None:
    (row,) = rows(f"1.1|a|Police|{text}|Begun|May 2024|Green")
    assert ("personal_data" in row.warnings) is found


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("", "no_timescale"),
        ("TBC", "unknown_timescale"),
        ("31 June 2024", "impossible_date"),
        ("May", "year_missing"),
        ("Ongoing", ""),
        ("May 2024", ""),
    ],
)
def test_doubts_of_timescales(when: str, code: str) -> None:
    (row,) = rows(f"1.1|a|Police|Ask|Begun|{when}|Green")
    assert row.warnings == ([code] if code else [])


def test_a_column_that_is_not_printed_is_said_once() -> None:
    reading = read(table("No.|Action|Lead", "1|Ask|Police", "2|Go|Police"))
    assert codes(reading) == ["no_rating_column", "no_timescale_column"]


def test_no_owner_and_owner_unsplit() -> None:
    first, second = rows(
        "1.1|a||Ask|Begun|May 2024|Green", "1.2|a|Weald, Down & Marsh Ltd|Go|Begun|May 2024|Green"
    )
    assert (first.warnings, second.warnings) == (["no_owner"], ["owner_unsplit"])
    assert (first.confidence, second.confidence) == (1.0, 0.8)


def test_a_warning_names_its_row() -> None:
    reading = read(
        table(HEAD, "1.1|a|Police|Ask||May 2024|", "|||Tell every one of their parents too||May 2024|Green")
    )
    assert [w.message.split(":")[0] for w in reading.warnings] == ["1.1", "1.1"]
    unnamed = read(table("Action|Lead|RAG", "Tell every one of their parents too|Police|", "Go|Police|"))
    assert [w.message.split(":")[0] for w in unnamed.warnings if w.code == "no_rating"] == [
        "“Tell every one of their parents …”",
        "“Go”",
    ]


def test_a_plan_without_owners_says_so_once() -> None:
    reading = read(table("No.|Action|By when|RAG", "1|Ask|May 2024|Green", "2|Go|May 2024|Green"))
    assert codes(reading) == ["no_owner_column"]
