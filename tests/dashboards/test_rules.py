"""How soon something is due, and how a person says it."""

import datetime as dt

import pytest

from sightline.dashboards.choices import BAND_LABELS, Band
from sightline.dashboards.rules import band_of, summary, when_in_words

TODAY = dt.date(2026, 11, 22)


def day(days: int | None) -> dt.date | None:
    return None if days is None else TODAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("days", "band"),
    [
        (-400, Band.OVERDUE),
        (-1, Band.OVERDUE),
        (0, Band.SOON),
        (7, Band.SOON),
        (8, Band.LATER),
        (None, Band.UNDATED),
    ],
)
def test_band_of(days: int | None, band: Band) -> None:
    assert band_of(day(days), TODAY) is band


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1_200, "1,200 days late"),
        (-1, "1 day late"),
        (0, "Today"),
        (1, "Tomorrow"),
        (2, "In 2 days"),
        (13, "In 13 days"),
        (14, "In 2 weeks"),
        (20, "In 2 weeks"),
        (700, "In 100 weeks"),
        (None, ""),
    ],
)
def test_when_in_words(days: int | None, words: str) -> None:
    assert when_in_words(day(days), TODAY) == words


@pytest.mark.parametrize(
    ("counts", "more", "sentence"),
    [
        ({}, False, "Nothing needs you today."),
        ({Band.LATER: 3}, False, "Nothing is overdue, and nothing falls due within seven days."),
        ({Band.UNDATED: 1}, False, "Nothing is overdue, and nothing falls due within seven days."),
        ({Band.OVERDUE: 1}, False, "One thing is overdue. Nothing else falls due within seven days."),
        (
            {Band.OVERDUE: 3, Band.SOON: 1},
            False,
            "Three things are overdue, and one more falls due within seven days.",
        ),
        (
            {Band.OVERDUE: 11, Band.SOON: 2},
            False,
            "11 things are overdue, and two more fall due within seven days.",
        ),
        ({Band.SOON: 2}, False, "Nothing is overdue, and two fall due within seven days."),
        (
            {Band.OVERDUE: 100},
            True,
            "At least 100 things are overdue. Nothing else falls due within seven days.",
        ),
        ({Band.SOON: 100}, True, "Nothing is overdue, and 100 fall due within seven days."),
    ],
)
def test_summary(counts: dict[Band, int], more: bool, sentence: str) -> None:
    assert summary(counts, more=more) == sentence


def test_every_band_has_its_words() -> None:
    assert set(BAND_LABELS) == set(Band)
