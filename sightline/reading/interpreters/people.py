"""Tables of people: who attended how often, who is a member (documents.md A1.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sightline.reading import headings
from sightline.reading.blocks import At, Row, Table
from sightline.reading.interpreters.desk import FURNITURE, IMPORTED, SET_ASIDE, Desk
from sightline.reading.interpreters.recommendation_words import NUMBER_WORDS, number_word
from sightline.reading.schema import AttendanceRead, MemberRead

_PERCENT = re.compile(r"^\s*(\d{1,3}(?:\.\d+)?)\s?%\s*$")
_COUNT = re.compile(r"^\s*(\d{1,2})(?:\s*(?:/|of|out of)\s*\d{1,2})?\s*$")
_ATTEND = re.compile(r"\battend(?:ance|ed|ing|ees)?\b", re.I)
_MEMBERS = re.compile(r"\bmember(?:ship|s)\b", re.I)
_NUMBER = rf"(?P<number>\d{{1,2}}|once|twice|{'|'.join(NUMBER_WORDS)})"
_MET = re.compile(
    rf"\bmet\s+(?:formally\s+|together\s+)?(?:on\s+)?{_NUMBER}(?:\s+(?:times|occasions))?\b"
    rf"|\b(?:held|were|had|over|of|for)\s+(?:a total of\s+)?(?P<held>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})"
    r"\s+(?:\w+\s+)?meetings\b",
    re.I,
)
_NEAR = 8
# The columns of a membership list as our own exports print them; what they say more of the seat stands behind these.
_OWN = ("surname", "forename", "organisation", "role", "seat", "position", "as", "since")
_NAMED = (headings.SURNAME, headings.FORENAME, headings.NAME, headings.ORGANISATION, headings.POST)


def read(desk: Desk) -> None:
    """Read attendance and membership tables; one cut by a page goes on under the heading before it."""
    for index, table in list(desk.open_tables()):
        kind = _kind(desk, index, table)
        if kind == "attendance":
            _attendance(desk, index, table)
        elif kind == "members":
            _members(desk, index, table)
    _impossible(desk)
    _disagreeing(desk)


def _kind(desk: Desk, index: int, table: Table) -> str:
    near = " ".join(block.text for block in desk.prose_before(index, 2) if len(block.text.split()) <= 40)
    header = " ".join(cell.text for cell in table.rows[0].cells)
    if _suits("attendance", table) and _ATTEND.search(f"{near} {header}"):
        return "attendance"
    if _is_own(table.rows[0]) or (
        _suits("members", table) and (_MEMBERS.search(near) or _columns(table.rows[0]))
    ):
        return "members"
    return ""


def _suits(kind: str, table: Table) -> bool:
    if kind == "attendance":
        header = not _value(table.rows[0]) and bool(_ATTEND.search(table.rows[0].text_at(1)))
        values = [_value(row) for row in table.rows[int(header) :]]
        return table.width == 2 and sum(1 for v in values if v) * 10 >= len(values) * 8
    named = sum(1 for row in table.rows if _looks_like_person(row, _columns(table.rows[0])))
    return 3 <= table.width <= 5 and named * 10 >= len(table.rows) * 7


def _looks_like_person(row: Row, places: dict[str, int]) -> bool:
    if headings.NAME in places:
        return bool(row.text_at(places[headings.NAME]).strip())
    return all(re.match(r"^[A-Z][\w'’ .-]{0,30}$", row.text_at(column).strip()) for column in (0, 1))


def _value(row: Row) -> tuple[float, str] | None:
    text = row.text_at(1)
    percent = _PERCENT.match(text)
    if percent:
        return float(percent[1]), "%"
    count = _COUNT.match(text)
    return (float(count[1]), "meetings") if count else None


def _attendance(desk: Desk, index: int, table: Table) -> None:
    for place, row in enumerate(table.rows):
        value, seat = _value(row), " ".join(row.text_at(0).split())
        if value and seat:
            number = int(value[0]) if value[0].is_integer() else value[0]
            desk.reading.attendance.append(AttendanceRead(seat, number, value[1], row.at))
            desk.take(IMPORTED, index, place)
        else:
            header = _ATTEND.search(row.text_at(1)) or headings.meaning_of(row.text_at(0))
            desk.take(FURNITURE if header and place == 0 else SET_ASIDE, index, place)


def _columns(row: Row) -> dict[str, int]:
    """Where a membership table's header puts each part of a member, or nothing where it has no header."""
    places: dict[str, int] = {}
    for cell in row.cells:
        meaning = headings.meaning_of(cell.text)
        meaning = {headings.LEAD: headings.ORGANISATION, headings.SEAT: headings.POST}.get(meaning, meaning)
        if meaning in _NAMED:
            places.setdefault(meaning, cell.column)
    return places if len(places) > 1 else {}


def _is_own(row: Row) -> bool:
    """Whether the header is that of a membership list which Sightline wrote."""
    return tuple(headings.plain(cell.text) for cell in row.cells)[: len(_OWN)] == _OWN


def _own_members(desk: Desk, index: int, table: Table) -> None:
    """A list of our own: every row is a member, or a seat that nobody holds."""
    desk.take(FURNITURE, index, 0)
    for place, row in enumerate(table.rows[1:], 1):
        texts = [" ".join(row.text_at(cell.column).split()) for cell in table.rows[0].cells]
        if any(texts):
            surname, forename, organisation, post, seat, position, held_as, since, *_ = texts
            ours = {"seat": seat, "position": position, "held_as": held_as, "since_raw": since}
            desk.reading.members.append(MemberRead(surname, forename, organisation, post, row.at, **ours))
            desk.take(IMPORTED, index, place)


def _members(desk: Desk, index: int, table: Table) -> None:
    if _is_own(table.rows[0]):
        _own_members(desk, index, table)
        return
    places = _columns(table.rows[0])
    if places:
        desk.take(FURNITURE, index, 0)
    usual = {headings.SURNAME: 0, headings.FORENAME: 1, headings.ORGANISATION: 2, headings.POST: 3}
    for place, row in enumerate(table.rows[1 if places else 0 :], 1 if places else 0):
        texts = {m: " ".join(row.text_at(c).split()) for m, c in (places or usual).items()}
        surname, forename = (
            re.sub(r"(?<=\w)- (?=[A-Z])", "-", part) for part in _names(texts)
        )  # a wrapped name
        if surname or forename:
            organisation, post = texts.get(headings.ORGANISATION, ""), texts.get(headings.POST, "")
            desk.reading.members.append(MemberRead(surname, forename, organisation, post, row.at))
            desk.take(IMPORTED, index, place)


def _names(texts: dict[str, str]) -> tuple[str, str]:
    """Surname and forename; a name in one cell is cut before its last word, or at its comma."""
    whole = texts.get(headings.NAME, "")
    if not whole:
        return texts.get(headings.SURNAME, ""), texts.get(headings.FORENAME, "")
    if "," in whole:
        surname, _, forename = whole.partition(",")
        return surname.strip(), forename.strip()
    *first, last = whole.split()
    return last, " ".join(first)


def meetings_said(texts: Sequence[str]) -> int:
    """How many meetings the first of some texts says there were ("met six times"), or 0."""
    for text in texts:
        found = _MET.search(text)
        if found:
            word = (found["number"] or found["held"]).lower()
            return {"once": 1, "twice": 2}.get(word) or number_word(word)
    return 0


def is_possible(percent: float, meetings: int) -> bool:
    """Whether a percentage, rounded to whole ones or cut off, is some number of meetings out of `meetings`."""
    return any(abs(100 * held / meetings - percent) < 1 for held in range(meetings + 1))


def _impossible(desk: Desk) -> None:
    """Percentages that no number of meetings gives; how many there were is read from the prose near the table."""
    percents = [row for row in desk.reading.attendance if row.unit == "%"]
    if not percents:
        return
    first = next(
        i for i, b in enumerate(desk.doc.blocks) if isinstance(b, Table) and _holds(b, percents[0].at)
    )
    near = [block.text for block in desk.prose_before(first, _NEAR)]
    everywhere = [
        block.text for block in desk.doc.blocks if not isinstance(block, Table) and _ATTEND.search(block.text)
    ]
    meetings = meetings_said([*near, *everywhere])
    desk.reading.document.meetings = meetings
    for row in percents:
        if meetings and not is_possible(row.value, meetings):
            desk.warn("impossible_value", row.at, f"{row.seat}, {row.value:g}% of {meetings} meetings")


def _holds(table: Table, at: At) -> bool:
    return any(row.at == at for row in table.rows)


def _disagreeing(desk: Desk) -> None:
    """A sentence on attendance that gives a seat of the table another percentage."""
    for block in desk.doc.blocks:
        if isinstance(block, Table):
            continue
        for sentence in re.split(r"(?<=[.!?])\s+", block.text):
            said = re.search(r"(\d{1,3}(?:\.\d+)?)\s?%", sentence)
            if said and _ATTEND.search(sentence):
                _compare(desk, sentence, float(said[1]), block.at)


def _compare(desk: Desk, sentence: str, said: float, at: At) -> None:
    for row in desk.reading.attendance:
        named = re.search(rf"\b{re.escape(row.seat.lower())}s?\b", sentence.lower())
        if named and row.unit == "%" and row.value != said:
            desk.warn(
                "figure_disagrees", at, f"{row.seat}: {row.value:g}% in the table, {said:g}% in the text"
            )
