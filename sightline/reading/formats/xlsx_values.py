"""Stored values of a workbook as they are shown: percentages, decimals, dates by their number format."""

from __future__ import annotations

import datetime as dt
import re

# What a cell of a workbook may hold, as python-calamine gives it.
Value = str | bool | int | float | dt.date | dt.datetime | dt.time | dt.timedelta | None
_QUOTED = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]')
_BRACKETED = re.compile(r"\[[^\]]*\]|_.|\*.")
_DIGITS = re.compile(r"[#0?][#0?,.]*")


def shown(value: Value, shape: str = "General") -> str:
    """The text of a value under the number format `shape`. Dates read "30 September 2018", or "September 2018"
    where the format shows no day."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.date):
        return _day(value, shape)
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    if isinstance(value, dt.timedelta):
        return str(value)
    return _number(float(value), shape)


def _day(value: dt.date, shape: str) -> str:
    letters = _BRACKETED.sub("", _QUOTED.sub("", shape)).lower()
    dated = letters in ("general", "@", "") or "d" in letters
    text = f"{value.day} {value:%B %Y}" if dated else f"{value:%B %Y}" if "m" in letters else f"{value:%Y}"
    if isinstance(value, dt.datetime) and "h" in letters and value.time() != dt.time():
        return f"{text} {value:%H:%M}"
    return text


def _number(value: float, shape: str) -> str:
    section = shape.split(";")[0]
    literal = _QUOTED.sub(lambda found: found[1] or found[2] or found[3] or "", section)
    literal = _BRACKETED.sub("", literal)
    digits = _DIGITS.search(literal)
    if digits is None or "E" in literal:
        return f"{value:.15g}"
    percent = "%" in literal
    decimals = len(digits[0].partition(".")[2].replace("?", "0").replace(",", ""))
    grouped = "," if "," in digits[0].partition(".")[0] else ""
    text = f"{abs(value) * (100 if percent else 1):{grouped}.{decimals}f}"
    sign = "-" if value < 0 else ""
    return f"{sign}{literal[: digits.start()].strip()}{text}{literal[digits.end() :].strip()}"
