"""Bank holidays in England and Wales, by a library that is kept up to date with those proclaimed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays import HolidayBase, country_holidays


def bank_holiday(day: date) -> str:
    """What the bank holiday of this day in England and Wales is called; empty on any other day.

    Far ahead it is provisional: days proclaimed for one year alone are known from the library's next version on.
    Source: the calendar of `gov.uk/bank-holidays`, division England and Wales.
    """
    return str(_calendar().get(day) or "")


@lru_cache(maxsize=1)
def _calendar() -> HolidayBase:
    return country_holidays("GB", subdiv="ENG")
