"""Dates of birth: a day beside words that say somebody was born on it, or in brackets after a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sightline.identifying.kinds import Finding, Kind
from sightline.identifying.names import NAME, is_name

# A day after a name that is not so many years back may be that of whoever signs an update.
SIGNED = 3

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = (
    r"(?:\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?(?:\d{4}|\d{2})|\d{1,2} \d{1,2} \d{4}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]{_MONTH}[ ,-]{{1,2}}(?:\d{{4}}|’?'?\d{{2}})(?!\d)"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"
)
_SAID = (
    r"(?:d\.?\s?o\.?\s?b(?:[’']?s)?\b\.?|dates? of birth|birth ?dates?|birthday (?:is|was)|(?<!\w)b\.(?= ?\d)"
    r"|born\b(?! (?:out|from|of|after|before|between|since)\b))[^.;\d]{0,40}?"
)
# Most texts hold nothing of the kind, and need no closer look.
_HINT = re.compile(r"bor|birth|d\W{0,2}o\W{0,2}b|(?<!\w)b\.|\(\W*\d", re.IGNORECASE)
_BORN = re.compile(rf"{_SAID}({DAY})", re.IGNORECASE)
_BORN_AFTER = re.compile(rf"({DAY})\s?[(,–-]?\s?(?:d\.?o\.?b\b|date of birth)", re.IGNORECASE)
_BESIDE_NAME = re.compile(rf"({NAME}),? ?\((?:d\.?o\.?b\.?:? ?|b\.? ?)?((?i:{DAY}))\)")


def dates_of_birth(text: str, year: int) -> Iterator[Finding]:
    """Days on which somebody is said to be born; a day in brackets after a name where it lies some years back.

    Whoever writes an update signs it with a name and the day, too.
    """
    if not _HINT.search(text):
        return
    for pattern in (_BORN, _BORN_AFTER):
        for match in pattern.finditer(text):
            yield Finding(Kind.BIRTH, match.group(1), match.start(1))
    for match in _BESIDE_NAME.finditer(text):
        if (
            " " in match.group(1)
            and is_name(match.group(1))
            and _year_of(match.group(2), year) <= year - SIGNED
        ):
            yield Finding(Kind.BIRTH, match.group(2), match.start(2))


def _year_of(day: str, year: int) -> int:
    """The year that a day names, of which two digits may stand alone."""
    told = max(re.findall(r"\d{4}", day) or [re.findall(r"\d{2}", day)[-1]])
    return int(told) if len(told) == 4 else year - (year - int(told)) % 100
