"""Recommendations and the paragraphs that answer them, as headed prose or as a table (documents.md A1.3, H7).

A recommendation is a paragraph "Recommendation 3: …". Printed again, it heads the response; printed once, the
paragraphs below it are the response. A paragraph that begins with a small letter was cut by a page and is joined.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sightline.reading import headings, owners
from sightline.reading.blocks import At, Heading, ListItem, Paragraph, Row, Table
from sightline.reading.interpreters import recommendation_words as words
from sightline.reading.interpreters.desk import FURNITURE, IMPORTED, JOINED, SET_ASIDE, Desk
from sightline.reading.interpreters.joins import starts_lower, unfinished
from sightline.reading.schema import RecommendationRead

_NUMBERED = re.compile(
    r"^\W*(?:key\s+|learning\s+)?recommendation\s*(?:no\.?\s*|number\s+)?(?P<number>[a-z]{0,2}\d+(?:\.\d+)*[a-z]?)\s*(?P<mark>[:.)\-–—]*)\s*(?P<rest>.*)$",
    re.I | re.S,
)
_RESPONSE = re.compile(
    r"^\W*(?:(?:agency|partnership|our|the)\s+)?(?:response|action(?:s)? taken|what we (?:have )?(?:did|done)|progress)"
    r"(?:\s+to\s+(?:the\s+)?recommendation\s*\d*)?\s*(?:[:–-]\s*|$)"
    # Whose response it is stands alone above it, as our own addenda print it.
    r"|^\W*response of [^:]{1,300}:\W*$",
    re.I,
)


@dataclass(slots=True)
class _Part:
    """A paragraph of the document with the pieces a page cut it into."""

    text: str
    at: At
    blocks: list[int]
    heading: bool = False


@dataclass(slots=True)
class _Found:
    """A recommendation while it is gathered: each time it is printed, and the paragraphs under it."""

    number: str
    printed: list[_Part] = field(default_factory=list)
    under: list[list[_Part]] = field(default_factory=list)


def read(desk: Desk) -> None:
    """Read recommendations from prose and from tables."""
    gathered = _gather(_parts(desk))
    if gathered and (len(gathered) > 1 or any(any(f.under) for f in gathered)):
        for found in gathered:
            desk.reading.recommendations.append(_made(desk, found))
        _take(desk, gathered)
        _check(desk, gathered)
    for index, table in list(desk.open_tables()):
        _table(desk, index, table)


def _parts(desk: Desk) -> list[_Part]:
    """The prose in order, each paragraph with its continuation after a page joined to it."""
    parts: list[_Part] = []
    for index, block in desk.prose():
        text = " ".join(block.text.split())
        last = parts[-1] if parts else None
        piece = isinstance(block, Paragraph) and starts_lower(text)
        if last is not None and piece and unfinished(last.text) and not isinstance(block, ListItem):
            last.text = f"{last.text} {text}"
            last.blocks.append(index)
        else:
            parts.append(_Part(text, block.at, [index], isinstance(block, Heading)))
    return parts


def _gather(parts: list[_Part]) -> list[_Found]:
    """The recommendations in the order first printed, each with what stands under every time it is printed."""
    found: dict[str, _Found] = {}
    current: _Found | None = None
    for part in parts:
        match = _NUMBERED.match(part.text)
        if match and (match["mark"] or part.heading or is_title_like(match["rest"])):
            current = found.setdefault(match["number"], _Found(match["number"]))
            current.printed.append(part)
            current.under.append([])
        elif current is not None and _ends(part, current, found):
            current = None
        elif current is not None:
            current.under[-1].append(part)
    return list(found.values())


def is_title_like(rest: str) -> bool:
    """Whether what follows a number could be a title: nothing, or words that begin with a capital."""
    return not rest or rest[0].isupper()


def _ends(part: _Part, current: _Found, found: dict[str, _Found]) -> bool:
    """Whether a paragraph ends the recommendations: a heading of a section, not a label such as "Response"."""
    if _RESPONSE.match(part.text):
        return len(part.text.split()) > 3 and not part.text.rstrip().endswith(":") and part.heading
    short = len(part.text.split()) <= 12 and not part.text.rstrip().endswith((".", ":", ";"))
    return part.heading or (short and not current.under[-1] and len(found) > 1 and len(current.printed) == 1)


def _made(desk: Desk, found: _Found) -> RecommendationRead:
    first = _NUMBERED.match(found.printed[0].text)
    text = first["rest"] if first else found.printed[0].text
    under = [part for parts in found.under for part in parts]
    again = [m["rest"] for part in found.printed[1:] if (m := _NUMBERED.match(part.text))]
    if not again and under and _is_title_only(text, found.printed[0]):
        title, text, under = text, under[0].text, under[1:]
    else:
        title, text = words.title_and_text(text, again)
    response = [_RESPONSE.sub("", part.text) for part in under]
    read = RecommendationRead(found.number, title, [], text, [r for r in response if r], found.printed[0].at)
    read.addressed_to = _addressees(desk, text)
    return read


def _is_title_only(text: str, part: _Part) -> bool:
    return (part.heading or not text) and not words.asks(text)


def _addressees(desk: Desk, text: str) -> list[str]:
    subject = words.subject(text)
    return [re.sub(r"^the\s+", "", owner, flags=re.I) for owner in owners.split(subject, desk.names).owners]


def _take(desk: Desk, gathered: list[_Found]) -> None:
    for found in gathered:
        for part in [*found.printed, *(p for parts in found.under for p in parts)]:
            first, *rest = part.blocks
            desk.take(IMPORTED, first)
            for index in rest:
                desk.take(JOINED, index)


def _check(desk: Desk, gathered: list[_Found]) -> None:
    """A count in words that is another, a response that is missing, or answers the neighbour."""
    read = desk.reading.recommendations
    _count(desk, len(read))
    responds = any(r.response for r in read)
    for found, one in zip(gathered, read, strict=True):
        if responds and not one.response:
            desk.warn("no_response", one.at, f"Recommendation {one.number}")
        for part in (p for parts in found.under for p in parts):
            other = words.answers_another(part.text, one, read)
            if other:
                detail = f"Under recommendation {one.number}, likely recommendation {other}"
                desk.warn("response_elsewhere", part.at, detail)
                break


def _count(desk: Desk, found: int) -> None:
    for block in desk.doc.blocks:
        said = None if isinstance(block, Table) else words.count_said(block.text)
        if said is not None and said != found:
            desk.warn("count_disagrees", block.at, f"{said} said, {found} printed")
            return


def _table(desk: Desk, index: int, table: Table) -> None:
    """A table of recommendations and responses, with no column for actions, owners or dates."""
    rows = table.rows
    meanings = {c.column: headings.meaning_of(c.text) for c in rows[0].cells} if rows else {}
    places = {meaning: column for column, meaning in meanings.items()}
    if not {headings.RECOMMENDATION, headings.RESPONSE} <= set(places):
        return
    desk.take(FURNITURE, index, 0)
    last: RecommendationRead | None = None
    for place, row in enumerate(rows[1:], 1):
        filled = any(cell.text.strip() for cell in row.cells)
        last = _from_row(desk, row, places, last) if filled else last
        if filled and last is None:
            desk.warn("response_without_recommendation", row.at)
        desk.take((IMPORTED if last else SET_ASIDE) if filled else FURNITURE, index, place)


def _from_row(
    desk: Desk, row: Row, places: dict[str, int], last: RecommendationRead | None
) -> RecommendationRead | None:
    text = row.text_at(places[headings.RECOMMENDATION])
    lines = [line for line in row.text_at(places[headings.RESPONSE]).split("\n") if line.strip()]
    number = row.text_at(places[headings.NUMBER]).strip() if headings.NUMBER in places else ""
    if not text and last is not None:
        last.response += lines
        return last
    if not text:
        return None
    match = _NUMBERED.match(text) or re.match(
        r"^(?P<number>\d+(?:\.\d+)*[a-z]?)[.):]?\s+(?P<rest>.*)$", text, re.S
    )
    number = number or (match["number"] if match else str(len(desk.reading.recommendations) + 1))
    title, body = words.title_and_text(match["rest"] if match else text, [])
    read = RecommendationRead(number, title, [], body, lines, row.at)
    read.addressed_to = _addressees(desk, body)
    desk.reading.recommendations.append(read)
    return read
