"""Titles of priorities: "Priority 1: …", "Targeted Priority 2 – …", "Theme One", "1a priority" (documents.md M14)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5",
    "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_KIND = (
    r"(?:priority(?:\s+(?:theme|area|aim))?|priority|development area|(?:strategic\s+)?objective|(?:strategic\s+)?aim"
    r"|(?:strategic\s+)?theme|work\s?stream|strand|pillar)"
)
_BEFORE = r"(?:(?:our|the|targeted|strategic|key|main|safeguarding|board|partnership|[A-Z]{3,6})\s+){0,3}"
_NUMBER = rf"(?P<number>\d{{1,2}}[a-z]?|{'|'.join(_WORDS)}|[ivx]{{1,4}}|[A-H])"
_TITLE = re.compile(
    rf"^\W*(?i:{_BEFORE}{_KIND})\s*(?i:no\.?\s*|number\s+)?(?i:{_NUMBER})(?![\w])\s*[:.)\-–—]*\s*(?P<title>.*)$",
    re.S,
)
_NUMBER_FIRST = re.compile(
    r"^\W*(?P<number>\d{1,2}[a-z]?)\s+(?i:priority)\b\s*[:.)\-–—]*\s*(?P<title>.*)$", re.S
)
# Functions that go on beside the priorities: our own exports print them so. A colon is needed: the word is common.
FUNCTION = "Function"
_FUNCTION = re.compile(rf"^\W*{FUNCTION}\s+(?P<number>\w{{1,4}}(?:\.\w{{1,4}})?)\s*:\s*(?P<title>.*)$", re.S)
_ROMAN = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
}
_AIM = re.compile(r"^\s*(?:aim|objective|we will|what we want)\s*[:–-]\s*", re.I)


@dataclass(frozen=True, slots=True)
class Title:
    """A priority's title: its number, its words, both as printed; a function's number is "Function 2"."""

    number: str
    title: str
    raw: str


def title_of(text: str) -> Title | None:
    """The priority that `text` is the title of, or None. Never raises."""
    words = " ".join(text.split())
    if function := _FUNCTION.match(words):
        return Title(f"{FUNCTION} {function['number']}", function["title"].strip(), words)
    found = _TITLE.match(words) or _NUMBER_FIRST.match(words)
    if not found:
        return None
    number = found["number"].lower()
    title = found["title"].strip()
    if title[:1].islower() and not words[: found.start("title")].rstrip().endswith(
        (":", "-", "–", "—", ".", ")")
    ):
        return None  # "priority 1 is to …" and "Priority 2 actions" are sentences, not titles
    return Title(_WORDS.get(number) or _ROMAN.get(number) or number, title, words)


def is_aim(text: str) -> bool:
    """Whether a line under a title is that priority's aim ("Aim: …")."""
    return bool(_AIM.match(text))


def aim_of(text: str) -> str:
    """The words of an aim without its label."""
    return _AIM.sub("", text).strip()
