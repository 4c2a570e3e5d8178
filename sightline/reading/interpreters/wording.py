"""Checks over the words of a whole document: abbreviations nobody explains, leads who are no members."""

from __future__ import annotations

import re

from sightline.reading.blocks import Table
from sightline.reading.interpreters.checks import name
from sightline.reading.interpreters.desk import Desk, words_of

_ACRONYM = re.compile(r"(?<![\w&])[A-Z][A-Z&]{1,6}s?(?![\w&])")
_EXPLAINED = re.compile(r"\(\s*(?:the\s+)?[\"“']?([A-Z][A-Za-z&]{1,8})[\"”']?\s*\)")
_PERSON = re.compile(r"(?:Dr\.? )?[A-Z][a-z]+(?:-[A-Z][a-z]+)? [A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_EVERYDAY = frozenset(
    [
        "NHS",
        "UK",
        "BBC",
        "RAG",
        "OK",
        "TV",
        "PDF",
        "ID",
        "IT",
        "AM",
        "PM",
        "CEO",
        "GP",
        "GPS",
        "HR",
        "TBC",
        "TBA",
        "NB",
    ]
)
_POSTLIKE = re.compile(
    r"\b(?:Group|Board|Team|Officer|Manager|Chair|Lead|Director|Service|Services|Nurse|Council|Police|Partners|Trust"
    r"|Executive|Panel|Network|Forum|Unit|Agencies|Hub|Help|Health|Care|Schools|Partnership|Committee|School)\b"
)
MOST = 12


def check(desk: Desk) -> None:
    """Run both checks; each says its finding once."""
    if desk.reading.rows:
        _acronyms(desk)
    if desk.reading.members:
        _leads(desk)


def _acronyms(desk: Desk) -> None:
    text = "\n".join(words_of(r) for t in desk.doc.tables for r in t.rows)
    everything = text + "\n".join(b.text for b in desk.doc.blocks if not isinstance(b, Table))
    explained = {*desk.glossary, *_EXPLAINED.findall(everything)} | _EVERYDAY
    used = [
        w
        for w in dict.fromkeys(_ACRONYM.findall(text))
        if w.rstrip("s") not in explained and w not in explained
    ]
    unexplained = [word for word in used if not _heading_word(word, text)]
    if unexplained:
        more = f" and {len(unexplained) - MOST} more" if len(unexplained) > MOST else ""
        desk.warn("acronym_unexplained", None, ", ".join(unexplained[:MOST]) + more)


def _heading_word(word: str, text: str) -> bool:
    """Whether the same word also stands in small letters, so that capitals were only a heading's dress."""
    return word.rstrip("s") == word and bool(re.search(rf"(?<!\w){re.escape(word.capitalize())}(?!\w)", text))


def _leads(desk: Desk) -> None:
    """People named as leads who are not in the document's own list of members."""
    members = {f"{m.forename} {m.surname}".lower() for m in desk.reading.members}
    for row in desk.reading.rows:
        for owner in () if row.owners_inherited else row.owners:
            person = _PERSON.fullmatch(owner) and not _POSTLIKE.search(owner)
            if person and owner.lower() not in members:
                row.warnings.append("lead_not_member")
                desk.warn("lead_not_member", row.at, f"{name(row)}, {owner}")
