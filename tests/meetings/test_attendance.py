"""Figures of attendance on their page and in their files, from a short list that can be counted by hand.

| day (2026)   | Police (Ann)  | Council 1 (Ben) | Council 2 (from July, vacant until August) |
|---|---|---|---|
| 10 June      | present       | apologies       | no seat yet                                |
| 8 July       | remote        | absent          | vacant (entered as absent)                 |
| 9 September  | deputy        | present         | absent (Cy)                                |
| 7 October    | absent        | not entered     | present (Cy)                               |
| 4 November   | a development day: nobody came                                             |||

Police 3 of 4, one of them by a deputy: 75 %. Council 1: 1 of 3: 33 %. Council 2: 1 of 2: 50 %. The council by any of
its seats: 10 June no, 8 July no, 9 September yes, 7 October yes: 2 of 4: 50 %. Group: 5 of 9: 56 %.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sightline.access.permissions import scope_of
from sightline.events.choices import SYSTEM
from sightline.meetings.choices import MeetingKind, Reach
from sightline.meetings.models import Meeting
from sightline.meetings.pages.attendance import AttendancePage, attendance_page, cells_of
from sightline.meetings.rules.passed import Cascade
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.meetings.services import set_rule
from sightline.meetings.services.passed import PassedGiven, check_passed_on, pass_on
from sightline.partners.models import Group, Seat
from sightline.partners.services import create_agency, create_person
from tests.access.people import World, enter, world
from tests.meetings.making import ALWAYS, came, make_meeting, seat_of
from tests.partners.making import fill, make_seat

pytestmark = pytest.mark.django_db
JUNE, JULY, SEPTEMBER, OCTOBER, NOVEMBER = (
    dt.date(2026, 6, 10), dt.date(2026, 7, 8), dt.date(2026, 9, 9), dt.date(2026, 10, 7), dt.date(2026, 11, 4),
)  # fmt: skip
BY_HAND = {
    "Weald Council": ("4", "2", "0", "1", "1", "0", "0", "50%", "Low"),
    "Wealdshire Police": ("4", "3", "1", "0", "1", "0", "0", "75%", ""),
}


def met(made: World) -> Group:
    """The short list above, entered."""
    council = create_agency("Weald Council", sector="council", by=SYSTEM)
    police = seat_of(made.group, made.agency, "Ann Archer")
    one = seat_of(made.group, council, "Ben Brook", words="Director")
    two = make_seat(made.group, council, words="Lawyer", starts_on=dt.date(2026, 7, 1))
    fill(two, create_person("Cy Cole", agency=council, by=SYSTEM), dt.date(2026, 8, 1))
    for day, said in (
        (JUNE, {police: "present", one: "apologies"}),
        (JULY, {police: "remote", one: "absent", two: "absent"}),
        (SEPTEMBER, {police: ("deputy", "Dee Dale"), one: "present", two: "absent"}),
        (OCTOBER, {police: "absent", two: "present"}),
    ):
        came(make_meeting(made.group, day), seats=said)
    away = make_meeting(made.group, NOVEMBER, kind=MeetingKind.DEVELOPMENT)
    came(away, seats={police: "absent", one: "present", two: "absent"})
    return made.group


def shown(made: World, group: Group | None = None, **asked: str) -> AttendancePage:
    words = ({"group": group.key} if group else {}) | asked
    query = QueryDict(mutable=True)
    query.update(words)
    return attendance_page(made.people["unit"], query)


def table(page: AttendancePage, title: str) -> dict[str, tuple[str, ...]]:
    (part,) = [part for part in page.parts if part.title == title]
    return {line.name: cells_of(line)[2:] for line in part.lines}


def test_the_printed_table_is_what_is_counted_by_hand() -> None:
    made = world()
    page = shown(made, met(made))
    assert table(page, "By seat") == {
        "Director": ("3", "1", "0", "1", "1", "0", "1", "33%", "Low"),
        "Lawyer": ("2", "1", "0", "0", "1", "1", "0", "50%", "Low"),
        "Wealdshire Police": BY_HAND["Wealdshire Police"],
    }
    assert table(page, "By agency") == BY_HAND
    assert table(page, "By sector") == {
        "Local authority": BY_HAND["Weald Council"], "Other": BY_HAND["Wealdshire Police"]
    }  # fmt: skip
    ever = shown(made, Group.objects.get(), year="all")
    assert table(ever, "By year") == {"2026 to 2027": ("9", "5", "1", "1", "3", "1", "1", "56%", "Low")}
    assert page.low == ("Director: 33%", "Lawyer: 50%")
    assert page.met == "4 meetings with attendance. 1 development day left out."


def test_how_it_was_passed_on_is_counted_by_hand() -> None:
    """Seats held: 10 June, 8 July: two each; 9 September, 7 October: three each; the lawyer's from August."""
    made = world()
    group = met(made)
    police, director, lawyer = Seat.objects.filter(group=group).order_by("pk")
    for day, seat in ((JUNE, police), (JULY, police), (JULY, director), (OCTOBER, lawyer)):
        meeting = Meeting.objects.get(held_on=day)
        told = pass_on(meeting, seat, PassedGiven("It", "Them", day), by=SYSTEM, now=timezone.now())
        pass_on(meeting, seat, PassedGiven("More of it", "Them", day), by=SYSTEM, now=timezone.now())
    check_passed_on(told, Reach.ARRIVED, "", OCTOBER, by=SYSTEM, now=timezone.now())
    page = shown(made, year="all")
    assert {part.title: part.lines for part in page.passed} == {
        "Passed on, by group": ((group.name, Cascade(10, 4, 1, 1)),),
        "Passed on, by agency": (
            ("Weald Council", Cascade(6, 2, 1, 1)),
            ("Wealdshire Police", Cascade(4, 2)),
        ),
        "Passed on, by year": (("2026 to 2027", Cascade(10, 4, 1, 1)),),
    }
    assert page.passed_in_all == (
        "4 of 10 seats told how they passed it on: 40%. 1 sample checked: in 1 it had arrived."
    )


def test_development_days_count_where_the_rule_of_that_day_says_so() -> None:
    made = world()
    group = met(made)
    set_rule(group, QuorumAsked(), ALWAYS, counts_development=True, by=SYSTEM, now=timezone.now())
    page = shown(made, group)
    assert table(page, "By seat")["Director"][:2] == ("4", "2")
    assert page.met == "5 meetings with attendance."


def test_all_groups_and_other_years() -> None:
    made = world()
    group = met(made)
    assert table(shown(made), "By group") == {group.name: ("9", "5", "1", "1", "3", "1", "1", "56%", "Low")}
    assert shown(made, year="2026").title == "Attendance: All groups, 2026 to 2027"
    assert shown(made, year="all").title == "Attendance: All groups, all years"
    assert shown(made, year="1066").title == "Attendance: All groups, 2026 to 2027"


def test_more_meetings_ask_no_more_of_the_database(django_assert_num_queries: Any) -> None:
    made = world()
    group = met(made)
    scope_of(made.people["unit"])
    for _ in range(2):
        with django_assert_num_queries(7):
            shown(made, group, year="all")
        came(make_meeting(group, dt.date(2025, 5, 7)), seats={Seat.objects.filter(group=group)[0]: "present"})


def test_a_partnership_without_meetings_has_no_figures() -> None:
    page = shown(world())
    assert (page.parts, page.chart, page.exports) == ((), None, ())


def test_the_page_and_its_files(client: Client) -> None:
    made: Any = world()
    group = met(made)
    enter(client, made.people["unit"])
    page = client.get(reverse("meetings:attendance"), {"group": group.key}).content.decode()
    assert "33%" in page
    assert "<svg" in page
    assert "0 of 10 seats told how they passed it on: 0%. Nobody has checked a sample yet." in page
    file = client.get(reverse("meetings:attendance_export", args=["csv"]), {"group": group.key})
    assert "Director,Weald Council,3,1,0,1,1,0,1,33%,Low" in file.content.decode("utf-8-sig").replace('"', "")
    for format, begins in (("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")):
        assert client.get(reverse("meetings:attendance_export", args=[format])).content.startswith(begins)
    assert client.get(reverse("meetings:attendance_export", args=["odt"])).status_code == 404
