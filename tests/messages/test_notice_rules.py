"""When people are written to, what may be named, and how a delivery report is read."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.messages.choices import HowOften, Sort
from sightline.messages.rules.bounces import LONGEST, reports_in
from sightline.messages.rules.notices import (
    gathered_until,
    is_due,
    is_quiet,
    kind_named,
    kinds,
    may_be_named,
    numbers,
    said,
)
from tests.messages.making import MORNING, PLACE, report_on

pytestmark = pytest.mark.library
MAIL = cast(
    Any,
    SimpleNamespace(to="hana@wealdshire.example", subject="Due", message_id="<77aa@sightline.example>"),
)


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=PLACE)


def test_nobody_is_written_to_in_quiet_hours_or_on_quiet_days() -> None:
    assert [is_quiet(at(27, hour), numbers()) for hour in (7, 8, 17, 18, 0)] == [
        True,
        False,
        False,
        True,
        True,
    ]
    assert [is_quiet(at(day, 12), numbers()) for day in (27, 28, 29, 30)] == [False, True, True, False]
    by_day = replace(numbers(), quiet_from=dt.time(12), quiet_until=dt.time(14))
    assert [is_quiet(at(27, hour), by_day) for hour in (11, 12, 13, 14)] == [False, True, True, False]


def test_the_hour_is_that_of_the_place_in_summer_and_in_winter() -> None:
    """At seven o'clock in Greenwich it is eight in a British summer, and seven in winter."""
    moments = [dt.datetime(2026, month, 20, 7, 30, tzinfo=dt.UTC) for month in (7, 11)]
    assert [is_quiet(moment.astimezone(PLACE), numbers()) for moment in moments] == [False, True]


def test_what_is_gathered_goes_out_once_a_day_or_once_a_week() -> None:
    for how, expected in (
        (HowOften.DAILY, at(27, 8)),
        (HowOften.WEEKLY, at(23, 8)),
        (HowOften.AT_ONCE, at(27, 9, 30)),
    ):
        assert gathered_until(how, MORNING, numbers()) == expected
    assert gathered_until(HowOften.DAILY, at(27, 7, 59), numbers()) == at(26, 8)
    assert gathered_until(HowOften.WEEKLY, at(23, 7, 59), numbers()) == at(16, 8)


@pytest.mark.parametrize(
    ("how", "oldest", "now", "expected"),
    [
        (HowOften.DAILY, at(26, 15), MORNING, True),
        (HowOften.DAILY, at(27, 8, 30), MORNING, False),
        (HowOften.DAILY, at(26, 15), at(27, 19), False),
        (HowOften.DAILY, at(27, 15), at(28, 9), False),
        (HowOften.DAILY, at(27, 15), at(30, 8), True),
        (HowOften.WEEKLY, at(24, 9), MORNING, False),
        (HowOften.WEEKLY, at(20, 9), MORNING, True),
        (HowOften.AT_ONCE, at(27, 9, 30), MORNING, True),
        (HowOften.AT_ONCE, at(27, 18), at(27, 18), False),
        (HowOften.NEVER, at(1, 9), MORNING, False),
        (HowOften.DAILY, None, MORNING, False),
    ],
)
def test_an_e_mail_is_due(how: HowOften, oldest: Any, now: dt.datetime, expected: bool) -> None:
    assert is_due(how, oldest, now, numbers()) is expected


@given(hours=st.integers(0, 24 * 300))
def test_whatever_was_told_is_due_within_four_days(hours: int) -> None:
    """Over a weekend at the latest: nothing is gathered for ever."""
    begun = at(1, 0, 0, month=1) + dt.timedelta(hours=hours)
    moments = [begun + dt.timedelta(hours=n) for n in range(24 * 4)]
    assert any(is_due(HowOften.DAILY, begun, moment, numbers()) for moment in moments)


def test_what_few_may_read_or_what_tells_of_a_child_is_not_named() -> None:
    assert [may_be_named(f"T{n}", "Neglect audit", 2026) for n in range(5)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert not may_be_named("T1", "Ask Mia (7) about school", 2026)


def test_kinds_are_duties_or_news_and_an_unknown_one_is_a_duty() -> None:
    assert {kind.sort for kind in kinds().values()} == {Sort.DUTY, Sort.NEWS}
    assert kind_named("of tomorrow").sort == Sort.DUTY
    overdue = kind_named("overdue")
    assert [said(overdue, *told) for told in (("1.1 Meet", 1), ("", 1), ("", 1200))] == [
        "An action is overdue: 1.1 Meet",
        "An action is overdue",
        "1,200 actions are overdue",
    ]


@pytest.mark.parametrize(
    ("status", "action", "failure", "hard"),
    [
        ("5.1.1", "failed", True, True),
        ("5.0.0", "failed", True, True),
        ("5.2.2", "failed", True, False),
        ("5.7.1", "failed", True, False),
        ("4.4.1", "failed", True, False),
        ("4.4.1", "delayed", False, False),
        ("2.1.5", "delivered", False, False),
    ],
)
def test_a_report_says_whether_the_address_works(status: str, action: str, failure: bool, hard: bool) -> None:
    (report,) = reports_in(report_on(MAIL, status, action))
    assert (report.address, report.status) == (MAIL.to, status)
    assert (report.is_failure, report.is_hard) == (failure, hard)
    assert MAIL.message_id in report.about


def test_a_report_with_the_whole_mail_in_it_is_read_as_well() -> None:
    """As Exchange sends it: message/rfc822, a status in the text of the answer, no Original-Recipient."""
    text = report_on(MAIL).decode().replace("text/rfc822-headers", "message/rfc822")
    text = text.replace("Original-Recipient: rfc822;hana@wealdshire.example\n", "")
    (report,) = reports_in(text.encode())
    assert (report.address, report.about >= {MAIL.message_id}) == (MAIL.to, True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\x00 nothing",
        b"Subject: Out of office\n\nI am away until Monday.",
        report_on(MAIL).replace(b"Action: failed\n", b""),
        report_on(MAIL).replace(b"message/delivery-status", b"text/plain"),
        b"Content-Type: message/delivery-status\n\nnothing",
        b"x" * (LONGEST + 1),
    ],
)
def test_what_is_no_report_is_none(content: bytes) -> None:
    assert reports_in(content) == []


@given(cut=st.integers(0, 2200), put=st.binary(max_size=30))
def test_a_spoilt_report_never_breaks_the_reading(cut: int, put: bytes) -> None:
    content = report_on(MAIL)
    for report in reports_in(content[:cut] + put + content[cut + len(put) :]):
        assert report.address
        assert report.action
