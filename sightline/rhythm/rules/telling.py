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

# A line that begins with a small word goes on with the sentence above it.
_SENTENCES = re.compile(r"(?<=[.;!?])\s+|\n+(?!\s*[a-z]\w)")
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HeadingAsked:
    """One heading. `asks_empty`: what is asked where nothing stands under it; `tells`: the list of words that it tells
    of; `asks_untold`: what is asked of a text of activity without any of these. "" for nothing.
    """

    key: str
    label: str
    hint: str
    asks_empty: str
    tells: str
    asks_untold: str


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


def only_activity(text: str, tells: str = "difference") -> bool:
    """Whether a text tells what people did, and nothing of what became of it for children, or of their `voice`.

    A word of that list counts where its sentence is about children, and not where it is of an activity alone.
    """
    plain = text.replace("\u2019", "'")
    if not _words("activity").search(plain) or (
        tells == "difference" and _words("difference_alone").search(plain)
    ):
        return False
    about = False
    for sentence in _SENTENCES.split(_words("not_children").sub("-", plain)):
        about = bool(_words("children").search(sentence)) or (about and bool(_THEY.search(sentence)))
        if about and _words(tells).search(_of_activity(tells).sub("-", sentence)):
            return False
    return True


def questions(texts: Mapping[str, str], unsaid_steps: int = 0) -> tuple[Question, ...]:
    """What is asked back, in the order of the headings. `unsaid_steps`: next steps of last time without an answer."""
    asked = [
        Question(each.key, words) for each in headings() if (words := _asks(each, texts.get(each.key, "")))
    ]
    return (*asked, *([Question("", _told()["unsaid_steps"])] if unsaid_steps else []))


def _asks(heading: HeadingAsked, text: str) -> str:
    if is_empty(text):
        return heading.asks_empty
    return heading.asks_untold if heading.tells and only_activity(text, heading.tells) else ""


@cache
def _of_activity(tells: str) -> re.Pattern[str]:
    """A word of the list that is of an activity, such as "more training" or "increased the number of workshops"."""
    apart = rf"(?:\s+(?!{_any('children')})\w+){{0,3}}?\s+"
    return re.compile(_any(tells) + apart + _any("activity"), re.IGNORECASE)


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile(_any(name), re.IGNORECASE)


@cache
def _any(name: str) -> str:
    found = "|".join(re.escape(str(word)) for word in sorted(_told()[name], key=len, reverse=True))
    return rf"(?<!\w)(?:{found})(?!\w)"
