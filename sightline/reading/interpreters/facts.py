"""The document as a whole: its title, kind, period and the day it speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sightline.reading import dates, periods
from sightline.reading.blocks import At, Heading, ListItem, Table
from sightline.reading.interpreters.desk import FURNITURE, PROSE, Desk, is_short

_KINDS = (
    ("action_plan", r"\b(?:action|improvement|business|implementation|delivery|work)\s+plans?\b"),
    ("strategy", r"\bstrateg(?:y|ic)\b"),
    ("self_assessment", r"\b(?:self[- ]assessment|section 11|section 175|audit tool)\b"),
    ("minutes", r"\bminutes\b|\bapologies\b"),
    ("report", r"\breport\b"),
    ("recommendations", r"\b(?:addendum|recommendations|response)\b"),
)
_TITLE_WORD = re.compile(
    r"\b(?:plan|report|review|strategy|addendum|minutes|assessment|response|protocol|audit|tool|policy|agenda)\b",
    re.I,
)
_AS_AT = re.compile(r"\b(?:as (?:at|of)|position at|correct at)\W{0,3}(?P<when>[^;()\n]{4,40})", re.I)
_UPDATED = re.compile(
    r"\b(?:as on|(?:last )?updated(?: on| at)?|last reviewed|version(?: of| date)?|status (?:at|on)|date)\W{0,3}"
    r"(?P<when>[^;()\n]{4,40})",
    re.I,
)
_SENTENCE = re.compile(r"^[a-z]|[.;,:]\s*$")
_EARLY = 25
_PROSE_OF_A_REPORT = 60


def state(desk: Desk) -> None:
    """Fill in title, period and as-at day before the rows are read."""
    facts = desk.reading.document
    facts.file, facts.sha256 = desk.doc.file, desk.doc.sha256
    facts.title = _title(desk)
    desk.period = next((p for text in _period_texts(desk) if (p := periods.of_title(text))), None)
    facts.period_raw = desk.period[0] if desk.period else ""
    facts.as_at = _as_at(desk)


def decide_kind(desk: Desk) -> None:
    """Say what kind of document it is, by what was found in it and then by its title."""
    reading = desk.reading
    prose = sum(1 for block in desk.doc.blocks if not isinstance(block, Table))
    by_title = next(
        (kind for kind, words in _KINDS if re.search(words, reading.document.title, re.I)), "unknown"
    )
    rows = len(reading.rows)
    if reading.recommendations and not rows:
        kind = "recommendations"
    elif (reading.attendance or reading.members or prose > _PROSE_OF_A_REPORT) and prose > rows:
        kind = by_title if by_title in ("minutes", "self_assessment", "strategy") else "report"
    elif rows:
        kind = "strategy" if by_title == "strategy" or _is_strategy(desk) else "action_plan"
    else:
        kind = by_title
    reading.document.kind = kind


def _is_strategy(desk: Desk) -> bool:
    return any(p.outcomes or p.owners or p.timescale.dates for p in desk.reading.priorities)


def _title(desk: Desk) -> str:
    """The first level-1 heading; else the first short line with a title's word in it; else the first line."""
    first = next((b.text for b in desk.doc.blocks if isinstance(b, Heading) and b.level == 1), "")
    if desk.doc.title or first:
        return " ".join((desk.doc.title or first).split())
    early = [" ".join(b.text.split()) for b in list(_prose(desk))[:_EARLY] if is_short(b)]
    named = next((text for text in early if _TITLE_WORD.search(text) and not _SENTENCE.search(text)), "")
    return named or (_band(desk) if not early else early[0])


def _band(desk: Desk) -> str:
    """The words in the first row of the first table, where nothing else stands before it."""
    for table in desk.doc.tables[:1]:
        for row in table.rows[:1]:
            filled = [cell.text for cell in row.cells if cell.text.strip()]
            if len(filled) == 1 and _TITLE_WORD.search(filled[0]):
                return " ".join(filled[0].split())
    return ""


def _prose(desk: Desk) -> Iterator[Heading]:
    for index, block in enumerate(desk.doc.blocks):
        if not isinstance(block, Table | ListItem) and desk.fates.get((index, PROSE)) != FURNITURE:
            yield block  # type: ignore[misc]  # told apart above


def _period_texts(desk: Desk) -> Iterator[str]:
    """The title, then short lines that name a plan or report, where a period is printed."""
    yield desk.reading.document.title
    for block in list(_prose(desk))[:_EARLY]:
        named = _TITLE_WORD.search(block.text) or re.search(r"^\W*period\b|\bperiod\s*:", block.text, re.I)
        if is_short(block) and (named or _is_a_period(block.text)):
            yield block.text


def _is_a_period(text: str) -> bool:
    """Whether a line is nothing but a period ("November 2024 to March 2027")."""
    found = periods.of_title(text)
    return found is not None and found[0] == text.strip() and len(text.split()) > 1


def _as_at(desk: Desk) -> str | None:
    """The day the document says it speaks of ("as at 31 March 2016"), the first that is printed; a month's last day."""
    for block in desk.doc.blocks:
        if isinstance(block, Table):
            continue
        found = _AS_AT.search(block.text) or (_UPDATED.search(block.text) if is_short(block) else None)
        when = next((f for f in dates.find(found["when"]) if f.iso), None) if found else None
        if when:
            return dates.last_day(when.iso).isoformat()
    return None


def periods_agree(desk: Desk) -> None:
    """Warn where the title and a line that says "period" or "covers" name different periods."""
    if desk.period is None:
        return
    for block in list(_prose(desk))[:_EARLY]:
        if re.search(r"\b(?:period|covers|covering)\b", block.text, re.I):
            other = periods.of_title(block.text)
            if other and other[1:] != desk.period[1:]:
                desk.warn("periods_disagree", block.at or At(), f"{desk.period[0]} and {other[0]}")
                return
