"""The five headings of a return, and what is asked back about what was written.

Source: `definitions/returns.yaml`. A question is for the writer to think about; it never keeps a return back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sightline import definitions

NEXT_STEPS = "next_steps"
_MARK = re.compile(r"^\s*(?:[-–•*·o]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")


@dataclass(frozen=True, slots=True)
class HeadingAsked:
    """One heading. `asks_empty`: what is asked where nothing stands under it; "" for nothing."""

    key: str
    label: str
    hint: str
    asks_empty: str
    asks_difference: bool


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked back about a heading; `key` is "" for the return as a whole."""

    key: str
    words: str


@cache
def _told() -> Any:
    return definitions.load("returns")


@cache
def headings() -> tuple[HeadingAsked, ...]:
    """The headings in their order."""
    return tuple(HeadingAsked(**row) for row in _told()["headings"])


def lines_of(text: str) -> list[str]:
    """Each line that says something, without the mark before it: what a list of next steps is counted by."""
    return [kept for line in text.splitlines() if (kept := _MARK.sub("", line).strip())]


def is_empty(text: str) -> bool:
    """Whether a text says nothing: blank, or no more than "none" or "nothing to report"."""
    plain = " ".join(text.split()).strip(" .").casefold()
    return not plain or plain in {str(word).casefold() for word in _told()["nothing"]}


def only_activity(text: str) -> bool:
    """Whether a text tells what people did, and nothing of what became of it."""
    return _has(text, "activity") and not _has(text, "difference")


def questions(texts: Mapping[str, str], unsaid_steps: int = 0) -> tuple[Question, ...]:
    """What is asked back, in the order of the headings. `unsaid_steps`: next steps of last time without an answer."""
    asked = [
        Question(each.key, words) for each in headings() if (words := _asks(each, texts.get(each.key, "")))
    ]
    return (*asked, *([Question("", _told()["unsaid_steps"])] if unsaid_steps else []))


def _asks(heading: HeadingAsked, text: str) -> str:
    if is_empty(text):
        return heading.asks_empty
    return str(_told()["only_activity"]) if heading.asks_difference and only_activity(text) else ""


def _has(text: str, name: str) -> bool:
    return _words(name).search(text) is not None


@cache
def _words(name: str) -> re.Pattern[str]:
    found = "|".join(re.escape(str(word)) for word in _told()[name])
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)
