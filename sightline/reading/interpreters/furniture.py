"""What a page prints around its content: page numbers, running titles, headings (documents.md M9)."""

from __future__ import annotations

import re
from collections import Counter

from sightline.reading import dates
from sightline.reading.blocks import Heading, Paragraph, Table
from sightline.reading.interpreters.desk import FURNITURE, PROSE, Desk

_PAGE = re.compile(r"^\W*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,5})(?:\s*(?:of|/|\|)\s*\d{1,4})?\W*$", re.I)
_PAGED = re.compile(r"^.{0,80}\bpage\s+\d{1,4}(?:\s+of\s+\d{1,4})?\W*$", re.I)
_MARKING = re.compile(
    r"^\W*(?:official(?:[- ]sensitive)?|restricted|protect|confidential|not protectively marked)\W*$", re.I
)
_ADDRESS = re.compile(
    r"^\W*(?:https?://|www\.|tel(?:ephone)?\b|phone\b|e-?mail\b|web(?:site)?\b|[\w.]+@[\w.]+$)", re.I
)
_RULE = re.compile(r"^[\W_]*$")
_OFTEN = 3
_SHORT = 12


def mark(desk: Desk) -> None:
    """Take page numbers, markings, addresses, and short lines printed on every page as furniture."""
    often = _running(desk)
    for index, block in enumerate(desk.doc.blocks):
        if isinstance(block, Table):
            continue
        text = " ".join(block.text.split())
        patterns = (_PAGE, _PAGED, _MARKING, _ADDRESS, _RULE)
        if any(p.match(text) for p in patterns) or _numberless(text) in often:
            desk.take(FURNITURE, index)


def clear(desk: Desk) -> None:
    """Headings and the title that nobody took are furniture: they hold no data. Their words are in the facts."""
    title = desk.reading.document.title
    for index, block in enumerate(desk.doc.blocks):
        free = (index, PROSE) not in desk.fates
        said = isinstance(block, Paragraph) and (block.text == title or _is_fact(block.text, desk))
        if free and (isinstance(block, Heading) or said):
            desk.take(FURNITURE, index)


def _is_fact(text: str, desk: Desk) -> bool:
    """Whether a line holds nothing but the period or the day that the facts already say."""
    facts = desk.reading.document
    period = re.sub(r"^\W*period\W*", "", text, flags=re.I).strip()
    day = re.fullmatch(r"\W*(?:position |correct )?(?:as )?at:? (.{4,30})", text, re.I)
    dated = (
        bool(day)
        and bool(facts.as_at)
        and [f.iso for f in dates.find(day[1] if day else "")] == [facts.as_at]
    )
    return dated or (bool(period) and period == facts.period_raw)


def _running(desk: Desk) -> set[str]:
    """Short lines that occur between tables or pages at least three times, whatever page number they carry."""
    lines = Counter(
        _numberless(" ".join(block.text.split()))
        for block in desk.doc.blocks
        if isinstance(block, Paragraph) and len(block.text.split()) <= _SHORT and block.at.page is not None
    )
    return {line for line, times in lines.items() if times >= _OFTEN and line}


def _numberless(text: str) -> str:
    return re.sub(r"\d+", "", text).strip().lower()
