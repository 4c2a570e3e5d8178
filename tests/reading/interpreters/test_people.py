"""Attendance and membership (documents.md A1.6, H9)."""

from __future__ import annotations

import pytest

from sightline.reading.interpreters.people import is_possible, meetings_said
from tests.reading.making import adds_up, codes, read, table


@pytest.mark.parametrize(
    ("text", "meetings"),
    [
        ("The Board met six times during the year", 6),
        ("It met on 4 occasions", 4),
        ("The group met twice", 2),
        ("We met once", 1),
        ("There were five meetings", 5),
        ("held a total of 7 board meetings", 7),
        ("We met the minister", 0),
        ("out of 6 meetings", 6),
        ("", 0),
    ],
)
def test_meetings_said(text: str, meetings: int) -> None:
    assert meetings_said([text]) == meetings


@pytest.mark.parametrize(
    ("percent", "meetings", "answer"),
    [
        (86, 6, False),
        (83, 6, True),
        (17, 6, True),
        (67, 6, True),
        (86, 7, True),
        (0, 3, True),
        (100, 1, True),
        (50, 3, False),
        (33.3, 3, True),
    ],
)
def test_is_possible(percent: float, meetings: int, answer: bool) -> None:
    assert is_possible(percent, meetings) is answer


def test_attendance_cut_by_a_page() -> None:
    reading = read(
        "We met four times.",
        "Attendance is set out below",
        table("Police|75%", "Health|33%"),
        table("Lay member|3 of 4", number=2),
    )
    assert [(a.seat, a.value, a.unit) for a in reading.attendance] == [
        ("Police", 75, "%"),
        ("Health", 33, "%"),
        ("Lay member", 3, "meetings"),
    ]
    assert [(w.code, w.message[:24]) for w in reading.warnings] == [
        ("impossible_value", "Health, 33% of 4 meetings"[:24])
    ]
    assert (reading.counts.imported, adds_up(reading), reading.document.kind) == (3, True, "report")


def test_attendance_with_a_header_and_a_broken_row() -> None:
    reading = read(
        table(
            "Agency|% attendance", "Police|75.5%", "Health|100%", "Schools|50%", "Homes|90%", "Total|see note"
        )
    )
    assert [(a.seat, a.value) for a in reading.attendance] == [
        ("Police", 75.5),
        ("Health", 100),
        ("Schools", 50),
        ("Homes", 90),
    ]
    assert (reading.counts.furniture, reading.counts.set_aside) == (1, 1)


def test_attendance_without_a_number_of_meetings_is_not_judged() -> None:
    assert codes(read("Attendance", table("Police|86%", "Health|33%"))) == []


def test_another_list_of_percentages_is_no_attendance() -> None:
    reading = read("Contributions", table("Police|75%", "Health|25%"))
    assert (reading.attendance, codes(reading)) == ([], ["table_set_aside"])


def test_text_that_gives_another_attendance() -> None:
    reading = read(
        "Attendance",
        table("Lay member|86%", "Police|50%"),
        "The attendance of lay members was 83%. Police attended 50%.",
    )
    assert [(w.code, w.at.line) for w in reading.warnings] == [("figure_disagrees", 3)]


def test_members_without_a_header() -> None:
    reading = read(
        "Membership",
        table("Abbot|Helena|Council|Director", "Carrow|Mary Ann||Lay member"),
        table("Dunmere|Isla|Police|", number=2),
    )
    assert [(m.surname, m.forename, m.organisation, m.post) for m in reading.members] == [
        ("Abbot", "Helena", "Council", "Director"),
        ("Carrow", "Mary Ann", "", "Lay member"),
        ("Dunmere", "Isla", "Police", ""),
    ]


def test_members_with_a_header_and_names_in_one_cell() -> None:
    reading = read(
        table("Name|Agency|Job title", "Helena Abbot|Council|Director", "Carrow, Mary Ann|Police|")
    )
    assert [(m.surname, m.forename, m.organisation, m.post) for m in reading.members] == [
        ("Abbot", "Helena", "Council", "Director"),
        ("Carrow", "Mary Ann", "Police", ""),
    ]
    assert reading.counts.furniture == 1


def test_a_table_of_other_words_under_membership_is_set_aside() -> None:
    reading = read("Membership", table("the group was|renamed in|2019", "it met|in the|hall"))
    assert (reading.members, reading.counts.set_aside) == ([], 2)


def test_a_page_with_other_words_ends_the_list() -> None:
    reading = read(
        "Membership", table("Abbot|Helena|Council|Director"), table("the group|was|renamed|in 2019", number=2)
    )
    assert len(reading.members) == 1


def test_a_lead_who_is_no_member() -> None:
    plan = table(
        "No.|Action|Lead|By when|RAG",
        "1|Ask|Ida Marlowe|May 2024|Red",
        "2|Go|Helena Abbot / Police|May 2024|Red",
        "3|Do||May 2024|Red",
    )
    reading = read(
        "Membership", table("Abbot|Helena|Council|Director", "Carrow|Mary||Lay member"), "The plan", plan
    )
    assert [row.number_raw for row in reading.rows if "lead_not_member" in row.warnings] == ["1"]


def test_a_row_without_a_name_is_set_aside() -> None:
    reading = read(
        table(
            "Name|Agency|Role",
            "Helena Abbot|Council|Director",
            "Ida Carrow|Police|Chief",
            "Jo Dun|Police|Chief",
            "|Health|Nurse",
        )
    )
    assert (len(reading.members), reading.counts.set_aside) == (3, 1)


def test_a_name_wrapped_at_its_hyphen() -> None:
    reading = read("Membership", table("Brightwell- Oak|Tomas|Trust|Nurse", "Carrow|Mary- Ann|Police|Chief"))
    assert [(m.surname, m.forename) for m in reading.members] == [
        ("Brightwell-Oak", "Tomas"),
        ("Carrow", "Mary-Ann"),
    ]
