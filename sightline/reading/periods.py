"""Periods in words: quarters, terms, seasons, years, and the period a document's title names (documents.md A4).

A quarter is a financial one (Q1 April-June … Q4 January-March) unless "calendar" is said. Terms are England's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sightline.reading import dates

_SPAN = r"(?P<from>20\d\d)\s?(?:/|-|–|—|to)\s?(?P<to>20\d\d|\d\d)(?!\d)"
_LONGEST = 10  # years a plan or strategy may run; more is another pair of numbers
_FINANCIAL = re.compile(rf"(?<!\d){_SPAN}", re.I)
_ONE_YEAR = re.compile(r"(?<!\d)20\d\d(?![\d/])")
_ORDINAL = r"first|1st|second|2nd|third|3rd|fourth|4th|final"
_QUARTER = re.compile(
    rf"\b(?:Q\s?(?P<digit>[1-4])|quarter\s?(?P<long>[1-4])|(?P<word>{_ORDINAL})\s+quarter)(?!\d)", re.I
)
_TERM = re.compile(rf"\b(?P<word>autumn|spring|summer|{_ORDINAL})\s+(?:half[\s-])?term\b", re.I)
_SEASON = re.compile(r"\b(?P<word>early|mid|late|spring|summer|autumn|winter)\b[\s-]*(?:of\s+)?", re.I)
_ACADEMIC = re.compile(r"\b(?:academic|school)\s+year\b", re.I)
_YEAR_WORD = re.compile(r"\b(?:financial|calendar|reporting|fiscal|this|next)?\s*\byear(?:[\s-]end)?\b", re.I)
_PLACES = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
}
_TERM_MONTHS = {"autumn": (9, 12), "spring": (1, 4), "summer": (5, 7)}
_TERM_ORDER = ("autumn", "spring", "summer")
_SEASON_MONTHS = {
    "early": (1, 3),
    "mid": (5, 8),
    "late": (10, 12),
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
}


@dataclass(frozen=True, slots=True)
class Period:
    """A period: `kind` quarter, term, season or year; first and last ISO day, "" where no year is printed."""

    kind: str
    start: str
    end: str
    raw: str
    label: str = ""


def find(text: str) -> Period | None:
    """The period `text` names, or None. Never raises."""
    return next((p for rule in (_quarter, _term, _academic, _season, _years) if (p := rule(text))), None)


def is_quarter(text: str) -> bool:
    """Whether `text` names a quarter of a year ("Q2", "Quarter 2 (July-September)")."""
    return _QUARTER.search(text) is not None


def of_title(text: str) -> tuple[str, str, str] | None:
    """The period a title or heading names: (words, first ISO day, last ISO day), or None."""
    return next((p for rule in _TITLE_RULES if (p := rule(text))), None)


def _days(year: int, first: int, last: int) -> tuple[str, str]:
    """First and last day of a run of months; a run may cross into the next year."""
    end_year = year + 1 if last < first else year
    return f"{year:04}-{first:02}-01", dates.last_day(f"{end_year:04}-{last:02}").isoformat()


def _financial(text: str) -> int | None:
    """The year a financial or school year printed in `text` begins in."""
    found = _FINANCIAL.search(text)
    if found and _follows(found):
        return int(found["from"])
    return None


def _follows(found: re.Match[str]) -> bool:
    return int(found["to"]) % 100 == (int(found["from"]) + 1) % 100


def _quarter(text: str) -> Period | None:
    found = list(_QUARTER.finditer(text))
    if not found:
        return None
    places = [_place(m) for m in found]
    calendar = "calendar" in text.lower()
    months = (
        (min(places) * 3 - 2, max(places) * 3) if calendar else (min(places) * 3 + 1, max(places) * 3 + 3)
    )
    year = _financial(text) or _only_year(text)
    if year is None:
        return Period("quarter", "", "", text)
    shift = [(year + (m - 1) // 12, (m - 1) % 12 + 1) for m in months]
    end = dates.last_day(f"{shift[1][0]:04}-{shift[1][1]:02}").isoformat()
    return Period("quarter", f"{shift[0][0]:04}-{shift[0][1]:02}-01", end, text)


def _place(found: re.Match[str]) -> int:
    return int(found["digit"] or found["long"] or 0) or _PLACES[found["word"].lower()]


def _only_year(text: str) -> int | None:
    years = _ONE_YEAR.findall(text)
    return int(years[0]) if len(years) == 1 else None


def _term(text: str) -> Period | None:
    found = _TERM.search(text)
    if not found:
        return None
    word = found["word"].lower()
    name = word if word in _TERM_MONTHS else _TERM_ORDER[min(_PLACES[word], 3) - 1]
    first, last = _TERM_MONTHS[name]
    begins = _financial(text)
    year = begins + (0 if name == "autumn" else 1) if begins else _only_year(text)
    start, end = _days(year, first, last) if year else ("", "")
    return Period("term", start, end, text, f"{name} term")


def _academic(text: str) -> Period | None:
    if not _ACADEMIC.search(text):
        return None
    begins = _financial(text)
    start, end = (f"{begins:04}-09-01", f"{begins + 1:04}-08-31") if begins else ("", "")
    return Period("term", start, end, text, "academic year")


def _season(text: str) -> Period | None:
    found = _SEASON.search(text)
    year = _only_year(text)
    if not (found and year):
        return None
    word = found["word"].lower()
    start, end = _days(year, 12, 2) if word == "winter" else _days(year, *_SEASON_MONTHS[word])
    return Period("season", start, end, text, word)


def _years(text: str) -> Period | None:
    begins = _financial(text)
    if begins:
        return Period("year", f"{begins:04}-04-01", f"{begins + 1:04}-03-31", text)
    span = _FINANCIAL.search(text)
    if span:
        last = int(span["to"]) if len(span["to"]) > 2 else int(span["from"]) // 100 * 100 + int(span["to"])
        right = 0 < last - int(span["from"]) <= _LONGEST
        return Period("year", f"{span['from']}-01-01", f"{last:04}-12-31", text) if right else None
    year = _only_year(text)
    if year:
        return Period("year", f"{year:04}-01-01", f"{year:04}-12-31", text)
    return Period("year", "", "", text) if _YEAR_WORD.search(text) else None


_TO = r"\s*(?:-|–|—|to|until|and)\s*"
_DAY = rf"\d{{1,2}}\s?(?:st|nd|rd|th)?\s+{dates.MONTH}"
_YEAR4 = r"20\d\d(?!\d)"
_DAY_TO_DAY = re.compile(rf"(?P<a>{_DAY},?\s+{_YEAR4}){_TO}(?P<b>{_DAY},?\s+{_YEAR4})", re.I)
_MONTH_TO_MONTH = re.compile(
    rf"(?P<a>{dates.MONTH})(?:\s+(?P<ay>{_YEAR4}))?{_TO}(?P<b>{dates.MONTH})\s+(?P<by>{_YEAR4})", re.I
)
_TITLE_YEARS = re.compile(rf"(?<![\d/]){_SPAN}(?![/\d])", re.I)


def _title_days(text: str) -> tuple[str, str, str] | None:
    found = _DAY_TO_DAY.search(text)
    ends = [dates.find(found[name]) for name in ("a", "b")] if found else []
    if not found or not all(ends):
        return None
    return found.group(), ends[0][0].iso, ends[1][0].iso


def _title_months(text: str) -> tuple[str, str, str] | None:
    found = _MONTH_TO_MONTH.search(text)
    if not found:
        return None
    first, last, last_year = dates.month_number(found["a"]), dates.month_number(found["b"]), int(found["by"])
    first_year = int(found["ay"]) if found["ay"] else last_year - (1 if first > last else 0)
    end = dates.last_day(f"{last_year:04}-{last:02}").isoformat()
    return found.group(), f"{first_year:04}-{first:02}-01", end


def _title_years(text: str) -> tuple[str, str, str] | None:
    found = _TITLE_YEARS.search(text)
    period = _years(found.group()) if found else None
    if not found or not period:
        return None
    if not _follows(found):  # "2021-2024" of a strategy: financial years too
        return found.group(), f"{period.start[:4]}-04-01", f"{period.end[:4]}-03-31"
    return found.group(), period.start, period.end


def _title_year(text: str) -> tuple[str, str, str] | None:
    found = re.search(rf"(?<![\d/–-]){_YEAR4}(?!\s?[/–-]\s?\d)", text)
    before = text[: found.start()].rstrip().split(" ")[-1] if found else ""
    if not found or re.fullmatch(dates.MONTH, before, re.I):
        return None
    return found.group(), f"{found.group()}-01-01", f"{found.group()}-12-31"


_TITLE_RULES: tuple[Callable[[str], tuple[str, str, str] | None], ...] = (
    _title_days, _title_months, _title_years, _title_year,
)  # fmt: skip
