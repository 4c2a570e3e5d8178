"""How an action is printed in its plan's table: as the paper had it while that is still true, else as it is now.

`raw` is what the importer kept of the printed cells, with what each stood for (`stood_for`), so that words of paper are
never printed for something that has changed since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sightline.plans.choices import LABELS, DeliveryRating, DeliveryState, PriorityKind
from sightline.plans.choices.plans import WORDS
from sightline.plans.rules.importing import RATING_WORDS, action_words, rating_of, state_of
from sightline.reading.schema import RowRead
from sightline.screens.words import day as printed_day

JOINT = " & "
BETWEEN = "; "
# What stands for an action of which paper prints no words: an outcome or a date may stand in a row alone.
# What a word of a plan's own key may stand for, and how the key says it.
KEY_RATINGS = {
    "green": "on track", "amber": "at risk", "yellow": "slightly off track", "red": "off track",
    "blue": "complete", "complete": "complete", "blank": "not rated", "other": "other",
}  # fmt: skip
_STRAND = re.compile(r"(?P<number>(?=\S*\d)[\w.()-]{1,20}) (?P<title>.+)", re.S)
NO_WORDS = "(no words printed)"


def key_in_order(legend: Mapping[str, str]) -> list[tuple[str, str]]:
    """The words of a plan's own key with what each stands for, best first; no database keeps the order of paper."""
    places = {rating: place for place, rating in enumerate(KEY_RATINGS)}
    return sorted(legend.items(), key=lambda pair: (places.get(pair[1], len(places)), pair[0]))


def raw_of(row: RowRead) -> dict[str, Any]:
    """What is kept of a printed row: each cell as it stood, and what it stood for."""
    return {
        "number": row.number_raw,
        "numbers": list(row.numbers),
        "source": row.sources_raw,
        "sources": list(row.sources),
        "owners": row.owners_raw,
        "owner_names": list(row.owners),
        "timescale": row.timescale_raw,
        "rating": row.rating_raw,
        "rated": row.rating,
        "complete": state_of(row) == DeliveryState.COMPLETE,
        "outcome": row.outcome,
        "position": row.at.as_json(),
    }


def kind_of_mark(mark: str) -> tuple[PriorityKind, str]:
    """What a row says it stands under, as its kind and number: "3" is a priority, "Function 3" a function."""
    word, _, number = mark.partition(" ")
    if number and word == WORDS[PriorityKind.FUNCTION]:
        return PriorityKind.FUNCTION, number
    return PriorityKind.PRIORITY, mark


def strand_parts(words: str) -> tuple[str, str]:
    """The number and title of a printed strand: "2a Schools" is ("2a", "Schools"); a title alone has no number."""
    found = _STRAND.fullmatch(words)
    return (found["number"], found["title"]) if found else ("", words)


def number_cell(raw: Mapping[str, Any], numbers: Sequence[str]) -> str:
    """The number cell: "2.11 & 3.2". A bullet carries its stem's number without printing it."""
    return str(raw["number"]) if raw.get("numbers") == list(numbers) else JOINT.join(numbers)


def source_cell(raw: Mapping[str, Any], sources: Sequence[str]) -> str:
    """The source cell as printed, else its sources in order."""
    return str(raw["source"]) if raw.get("sources") == list(sources) else ", ".join(sources)


def owners_cell(raw: Mapping[str, Any], names: Sequence[str]) -> str:
    """The owners as printed, filled in where they were inherited; else their names."""
    unchanged = raw.get("owner_names") == list(names)
    return str(raw["owners"]) if unchanged and raw["owners"] else BETWEEN.join(names)


def rating_cell(raw: Mapping[str, Any], rating: str, state: str) -> str:
    """The status cell: the printed words while they still hold, else complete or the rating; blank without either."""
    complete = state == DeliveryState.COMPLETE
    printed = RowRead(rating=str(raw.get("rated", "")))
    if "rated" in raw and rating_of(printed) == rating and raw.get("complete") == complete:
        return str(raw["rating"]) or RATING_WORDS.get(printed.rating, "")
    if complete:
        return RATING_WORDS["complete"]
    return LABELS[DeliveryRating(rating)] if rating != DeliveryRating.NOT_RATED else ""


def update_cell(updates: Sequence[tuple[str, date | None]]) -> str:
    """Every update in order, one a line: (words, day). A day of None prints the words alone, as on paper."""
    return "\n".join(f"{printed_day(day)}: {text}" if day else text for text, day in updates)


def action_cell(text: str, items: Sequence[str]) -> str:
    """The words of an action with the list inside its cell, one bullet a line."""
    return action_words(RowRead(action="" if text == NO_WORDS else text, items=list(items)))


def timescale_cell(raw: str, label: str, due_on: date | None) -> str:
    """A timescale as printed, else its label, else its day."""
    return raw or label or (f"By {printed_day(due_on)}" if due_on else "")


def list_in_cell(text: str, items: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The words of an action and the list behind them, as a cell prints it: the words first, the points after.

    Points that stand between words keep their place, each behind a bullet.
    """
    lines = [line for line in action_cell(text, items).splitlines() if line]
    bare = [line.removeprefix("• ") for line in lines]
    head = len(bare) - len(items)
    if items and bare[head:] == list(items):
        return "\n".join(lines[:head]), tuple(items)
    return "\n".join(f"• {line}" if line in items else line for line in lines), ()
