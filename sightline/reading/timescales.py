"""Timescales: what the words of a timescale cell mean (documents.md A4).

Nothing is invented: a kind without a printed date has no date. The one thing that may be inferred is a year, from
the `years` a caller offers (those of neighbouring rows, likeliest first), and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sightline.reading import dates, periods
from sightline.reading.schema import TimescaleRead

KINDS = (
    "by_date", "by_month", "milestone", "review", "meeting", "report_to_board", "recurring", "immediate",
    "completed", "ongoing", "quarter", "term", "year", "duration", "season", "condition", "unknown",
    "not_applicable", "blank",
)  # fmt: skip
FIRM = frozenset({"by_date", "by_month", "milestone", "quarter", "term", "year", "season", "condition"})
DATELESS_BY_NATURE = frozenset(
    {"recurring", "immediate", "ongoing", "completed", "not_applicable", "duration"}
)

_BLANK = re.compile(r"^[\s\-–—_.…]*$")
_NOT_APPLICABLE = re.compile(r"^\W*(?:n\s?/\s?a|not applicable|none required)\W*$", re.I)
_UNKNOWN = re.compile(
    r"\b(?:tb[cadn]|to be (?:confirmed|agreed|determined|decided|set|advised))\b|^\W*\?+\W*$", re.I
)
_COMPLETED = re.compile(
    r"^\W*(?:action |now )?(?:completed?|done|achieved|closed|finished|delivered)\b(?!\s+by\b)", re.I
)
_IMMEDIATE = re.compile(r"\b(?:immediate(?:ly)?|asap|as soon as possible|straight ?away)\b", re.I)
_ONGOING = re.compile(
    r"\b(?:on[\s-]?going|continuous(?:ly)?|continuing|throughout|rolling|business as usual|bau)\b", re.I
)
_RECURRING = re.compile(
    r"\b(?:(?:bi-?|six-?\s?|three-?\s?|two-?\s?)?(?:monthly|weekly|annually|annual|yearly)|fortnightly|quarterly"
    r"|biennial(?:ly)?|biannual(?:ly)?|half[- ]yearly|termly|daily|regularly|each (?:month|term|quarter|year|meeting)"
    r"|every\s+(?:\w+\s+)?(?:days?|weeks?|months?|terms?|quarters?|years?|meetings?)|at least once in every.*)\b",
    re.I,
)
_DURATION = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(?:(?:working|calendar|school)\s+)?"
    r"(?:hours?|days?|weeks?|months?|years?)\b",
    re.I,
)
_REVIEW = re.compile(r"\breview(?:ed|s)?\b", re.I)
_REPORT = re.compile(
    r"\b(?:report(?:ed|s|ing)?|update(?:d|s)?|paper|feedback|present(?:ed|ation)?)\b.*?\bto\b", re.I
)
_GROUP = re.compile(r"\b(?:sub[\s-]?)?(?:groups?|meetings?|committee|panel|forum|summit|network)\b", re.I)
_BOARD = re.compile(r"\b(?:board|executive|partnership)\b|\b[A-Z]{3,7}\b", 0)
_BOARD_WORD = re.compile(r"\b(?:board|executive|partnership)\b", re.I)
_CONDITION = re.compile(
    r"\b(?:as per|subject to|dependent|depending|permitting|pending|provided|once|if|when|following|after|awaiting)\b",
    re.I,
)
_DUE = re.compile(
    r"^(?:(?:to be |be |fully )?(?:completed?|due|implemented|achieved|delivered|deadline|target(?: date)?|date)?\W*"
    r"(?:in|on|by|before|until|till|to|no later than|not later than)?\W*(?:the\s+)?"
    r"(?:end(?: of)?|beginning of|start of|mid)?)\W*$",
    re.I,
)
_BY = re.compile(r"\bby\b", re.I)
_FROM = re.compile(r"^(?:from|starting|commencing|since)\b", re.I)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A timescale and the doubts about it: `inferred_year`, `year_missing`, `impossible_date`."""

    read: TimescaleRead
    doubts: tuple[str, ...] = ()


@dataclass(slots=True)
class _Cell:
    """What the rules look at: the words, the days and months in them, the words beside those."""

    text: str
    isos: list[str] = field(default_factory=list)
    label: str = ""
    after: str = ""
    day: bool = False
    undated: bool = False
    impossible: bool = False


def parse(text: str, years: Sequence[int] = ()) -> TimescaleRead:
    """The timescale in `text`. Never raises; what it cannot read is kind `unknown` with the words as label."""
    return parse_with_doubts(text, years).read


def parse_with_doubts(text: str, years: Sequence[int] = ()) -> Parsed:
    """As `parse`, saying also whether a year was inferred or missing, or a day impossible."""
    words = " ".join(text.replace("**", " ").split())
    found = dates.find(words)
    inferred = [f for f in found if not f.iso]
    isos = [iso for f in found if (iso := f.iso or (f.in_year(years[0]) if years else ""))]
    cell = _Cell(words, list(dict.fromkeys(isos)))
    cell.label, cell.after = _around(words, found)
    cell.day = bool(found) and found[-1].is_day
    cell.undated = not found or (not isos and periods.is_quarter(words))
    cell.impossible = bool(dates.impossible(words))
    doubts = []
    if inferred and not cell.undated:
        doubts.append("inferred_year" if years else "year_missing")
    if cell.impossible:
        doubts.append("impossible_date")
    return Parsed(_first(cell), tuple(doubts))


def _first(cell: _Cell) -> TimescaleRead:
    return next(read for rule in _RULES if (read := rule(cell)) is not None)


def _around(words: str, found: list[dates.Found]) -> tuple[str, str]:
    """The words without their dates, and those behind the last date."""
    if not found:
        return words, ""
    pieces, at = [], 0
    for f in found:
        pieces.append(words[at : f.start])
        at = f.end
    pieces.append(words[at:])
    tidy = [re.sub(r"\b(?:19|20)\d\d\b", " ", p).strip(" ,;:-–—") for p in pieces]
    return " ".join(" ".join(p for p in tidy if p).split()), tidy[-1]


def _read(kind: str, cell: _Cell, label: str = "") -> TimescaleRead:
    return TimescaleRead(kind, cell.isos, label)


def _blank(cell: _Cell) -> TimescaleRead | None:
    return TimescaleRead() if _BLANK.match(cell.text) else None


def _words_only(cell: _Cell) -> TimescaleRead | None:
    """Words that stand for no date at all."""
    if _NOT_APPLICABLE.match(cell.text):
        return TimescaleRead("not_applicable", [], cell.text)
    if _UNKNOWN.search(cell.text) and cell.undated:
        return TimescaleRead("unknown", [], cell.text)
    return None


def _completed(cell: _Cell) -> TimescaleRead | None:
    return _read("completed", cell, cell.text) if _COMPLETED.match(cell.text) else None


def _immediate(cell: _Cell) -> TimescaleRead | None:
    return _read("immediate", cell, cell.text) if cell.undated and _IMMEDIATE.search(cell.text) else None


def _recurring(cell: _Cell) -> TimescaleRead | None:
    return _read("recurring", cell, cell.text) if _RECURRING.search(cell.label) else None


def _body(cell: _Cell) -> TimescaleRead | None:
    """A meeting of a group, or a paper due at a board, in a month."""
    if cell.undated or _BY.search(cell.text):
        return None
    if _GROUP.search(cell.label):
        return _read("meeting", cell, cell.label)
    if _REPORT.search(cell.label) and (_BOARD.search(cell.label) or _BOARD_WORD.search(cell.label)):
        return _read("report_to_board", cell, cell.label)
    if _BOARD_WORD.search(cell.label) or re.fullmatch(r"(?:at |to )?[A-Z]{3,7}", cell.label):
        return _read("meeting", cell, cell.label)
    return None


def _review(cell: _Cell) -> TimescaleRead | None:
    label = re.sub(r"\s*\b(?:by|in|on|at)$", "", cell.label)
    return _read("review", cell, label) if _REVIEW.search(cell.label) and not cell.undated else None


def _ongoing(cell: _Cell) -> TimescaleRead | None:
    if _ONGOING.search(cell.label) or (_FROM.match(cell.label) and len(cell.isos) == 1):
        return _read("ongoing", cell, cell.text)
    return None


def _period(cell: _Cell) -> TimescaleRead | None:
    """A quarter, term, season or year, where no day or month is printed."""
    if not cell.undated or cell.impossible:
        return None
    found = periods.find(cell.text)
    if found is None:
        return None
    ends = [iso for iso in (found.start, found.end) if iso]
    label = "" if found.raw == cell.text else cell.text
    return TimescaleRead(found.kind, ends, label or found.label)


def _duration(cell: _Cell) -> TimescaleRead | None:
    return _read("duration", cell, cell.text) if cell.undated and _DURATION.search(cell.text) else None


def _dated(cell: _Cell) -> TimescaleRead | None:
    """A deadline: of the action, of a step towards it, or with a condition."""
    if cell.undated:
        return None
    plain = "by_date" if cell.day else "by_month"
    if _CONDITION.search(cell.label):
        return _read("condition", cell, cell.label)
    bare = re.sub(r"\b(?:and|or)\b|&", " ", cell.label)
    if all(_DUE.match(part.strip()) for part in re.split(r"[()/]|(?<=by)\s+(?=by)", bare)):
        return _read(plain, cell)
    label = re.sub(r"(?:\s*\b(?:by|before|in|on|until|the end of|end of|end))+$", "", cell.label).strip()
    return _read("milestone" if label and not cell.after.startswith(label) else plain, cell, label)


def _conditional(cell: _Cell) -> TimescaleRead | None:
    return _read("condition", cell, cell.text) if _CONDITION.search(cell.text) else None


def _otherwise(cell: _Cell) -> TimescaleRead | None:
    return _read("unknown", cell, cell.text)


_RULES: tuple[Callable[[_Cell], TimescaleRead | None], ...] = (
    _blank, _words_only, _completed, _immediate, _recurring, _body, _review, _ongoing, _period, _duration,
    _dated, _conditional, _otherwise,
)  # fmt: skip
