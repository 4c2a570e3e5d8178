"""Find dates in running text, the British way: day first, two-figure years are 20xx (documents.md A4)."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    "january": 1, "jan": 1, "february": 2, "feb": 2, "march": 3, "mar": 3, "april": 4, "apr": 4, "may": 5,
    "june": 6, "jun": 6, "july": 7, "jul": 7, "august": 8, "aug": 8, "september": 9, "sept": 9, "sep": 9,
    "october": 10, "oct": 10, "november": 11, "nov": 11, "december": 12, "dec": 12,
}  # fmt: skip
MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?:(?:19|20)\d\d(?!\d)|['’]\d\d(?!\d))"
_DAY = r"(?P<day>\d{1,2})\s?(?:st|nd|rd|th)?"
_TWO = rf"(?P<first>{MONTH})\s?(?:/|-|–|\bor\b|\band\b|\bto\b)\s?(?P<month>{MONTH}),?\s+(?P<year>{_YEAR})"


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: `iso` day or month; with no year printed, `iso` is "" and `month`, `day` say what stands."""

    start: int
    end: int
    iso: str
    month: int = 0
    day: int = 0

    @property
    def is_day(self) -> bool:
        """Whether it names a day, not only a month."""
        return self.day > 0

    def in_year(self, year: int) -> str:
        """The ISO day or month it would be in `year`; an empty string where that day does not exist."""
        return iso_day(year, self.month, self.day) if self.day else f"{year:04}-{self.month:02}"


def iso_day(year: int, month: int, day: int) -> str:
    """An ISO day, or an empty string where the calendar has none ("31 June")."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def month_number(word: str) -> int:
    """1 to 12 for the name or short name of a month."""
    return _MONTHS[word.lower().rstrip(".")]


def last_day(iso: str) -> date:
    """The last day an ISO day or month covers. Raises ValueError on anything else."""
    if len(iso) == len("2019-01"):
        year, month = int(iso[:4]), int(iso[5:])
        return date(year, month, calendar.monthrange(year, month)[1])
    return date.fromisoformat(iso)


def full_year(text: str) -> int:
    """A printed year as a number: 2019, '19 and 19 are the same."""
    digits = re.sub(r"\D", "", text)
    return int(digits) if len(digits) > 2 else 2000 + int(digits)


def find(text: str) -> list[Found]:
    """Every date in `text`, in order. Impossible days are left out; see `impossible`."""
    return [f for f in _scan(text) if f.iso or f.month]


def impossible(text: str) -> list[str]:
    """The words of days that no calendar has ("31 June 2019", "30/02/19")."""
    return [text[f.start : f.end] for f in _scan(text) if not f.iso and not f.month]


def _scan(text: str) -> list[Found]:
    taken: list[Found] = []
    for pattern, build in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(match.start() < f.end and f.start < match.end() for f in taken):
                taken += build(match)
    return sorted(_pair_years(text, taken), key=lambda f: f.start)


def _pair_years(text: str, found: list[Found]) -> list[Found]:
    """Give a month its year where words stand between ("December Business Group 2018")."""
    lonely = [f for f in found if not f.iso and f.month]
    years = [
        m for m in re.finditer(r"(?<![\d/–-])(?:19|20)\d\d(?![\d/]|\s?[–-]\s?\d)", text)
        if not any(f.start <= m.start() < f.end for f in found)
    ]  # fmt: skip
    if not (lonely and len(years) == 1):
        return found
    year = int(years[0].group())
    return [
        f if f.iso or not f.month else Found(f.start, f.end, f.in_year(year), f.month, f.day) for f in found
    ]


def _day_month_year(m: re.Match[str]) -> Iterator[Found]:
    year, month, day = full_year(m["year"]), month_number(m["month"]), int(m["day"])
    yield _known(m, year, month, day)


def _numeric(m: re.Match[str]) -> Iterator[Found]:
    yield _known(m, full_year(m["year"]), int(m["month"]), int(m["day"]))


def _known(m: re.Match[str], year: int, month: int, day: int) -> Found:
    iso = iso_day(year, month, day)
    return Found(m.start(), m.end(), iso, month if iso else 0, day if iso else 0)


def _month_year(m: re.Match[str]) -> Iterator[Found]:
    year, month = full_year(m["year"]), month_number(m["month"])
    yield Found(m.start(), m.end(), f"{year:04}-{month:02}", month)


def _two_months(m: re.Match[str]) -> Iterator[Found]:
    year, first, month = full_year(m["year"]), month_number(m["first"]), month_number(m["month"])
    begin = year - 1 if first > month else year
    yield Found(m.start(), m.start("month"), f"{begin:04}-{first:02}", first)
    yield Found(m.start("month"), m.end(), f"{year:04}-{month:02}", month)


def _day_month(m: re.Match[str]) -> Iterator[Found]:
    month, day = month_number(m["month"]), int(m["day"])
    real = bool(iso_day(2000, month, day))  # a leap year: 29 February may be one
    yield Found(m.start(), m.end(), "", month if real else 0, day if real else 0)


def _month(m: re.Match[str]) -> Iterator[Found]:
    yield Found(m.start(), m.end(), "", month_number(m["month"]))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){pattern}", re.IGNORECASE)


_PATTERNS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[Found]]]] = [
    (_compiled(rf"{_DAY}\s+(?:of\s+)?(?P<month>{MONTH}),?\s*(?P<year>{_YEAR})"), _day_month_year),
    (
        _compiled(rf"(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?,?\s+(?P<year>{_YEAR})"),
        _day_month_year,
    ),
    (
        _compiled(r"(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:[ T]\d\d:\d\d(?::\d\d)?)?(?!\d)"),
        _numeric,
    ),
    (
        _compiled(r"(?P<day>\d{1,2})(?P<dot>[/.-])(?P<month>\d{1,2})(?P=dot)(?P<year>\d{4}|\d\d)(?![\d.])"),
        _numeric,
    ),
    (_compiled(_TWO), _two_months),
    (_compiled(rf"(?P<month>{MONTH})\s?,?\s?(?P<year>{_YEAR})"), _month_year),
    (_compiled(rf"(?P<month>{MONTH})-(?P<year>\d\d(?!\d))"), _month_year),
    (_compiled(rf"{_DAY}\s+(?:of\s+)?(?P<month>{MONTH})"), _day_month),
    (_compiled(rf"(?P<month>{MONTH})(?<!may)(?!\w)"), _month),
    (re.compile(r"(?<!\w)(?P<month>May)(?=\s+(?:\d|[A-Z])|\s*$)"), _month),
]
