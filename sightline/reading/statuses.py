"""Statuses: what a status cell says, in words, letters, ticks or by its shading (documents.md A3).

A key printed in the document wins over every default. A blank is a blank: never green, never the value above.
"""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass

RATINGS = ("green", "amber", "yellow", "red", "blue", "complete", "blank", "other")
WORST_FIRST = ("red", "amber", "yellow", "other", "blue", "green", "complete", "blank")

_COLOURS = {
    "green": "green", "amber": "amber", "orange": "amber", "yellow": "yellow", "red": "red", "blue": "blue",
    "grey": "other", "gray": "other", "white": "other", "purple": "other", "black": "other",
}  # fmt: skip
_LETTERS = {"g": "green", "a": "amber", "y": "yellow", "r": "red", "b": "blue", "c": "complete"}
_PHRASES: tuple[tuple[str, str], ...] = (
    (
        r"not (?:yet )?(?:started|commenced|due|begun)|not on stream(?: yet)?|nosy|n\s?/\s?a|not applicable",
        "other",
    ),
    (r"not (?:yet )?(?:complete[d]?|achieved|met)|incomplete", "other"),
    (
        r"slightly off[- ](?:track|target)|at risk|some (?:delay|slippage)|minor (?:delay|slippage|issues?)",
        "amber",
    ),
    (
        r"off[- ](?:track|target)|not on (?:track|target)|overdue|significant(?:ly)? (?:delay\w*|risk|issues?)",
        "red",
    ),
    (r"completed?|done|achieved|closed|finished|fully met|embedded", "complete"),
    (r"on[- ](?:track|target)|on schedule|progressing well", "green"),
    (r"in progress|on[- ]?going|under ?way|partially met", "other"),
)
_PHRASE = [(re.compile(rf"^(?:{p})\b", re.I), r) for p, r in _PHRASES]
_ANYWHERE = [(re.compile(rf"\b(?:{p})\b", re.I), r) for p, r in _PHRASES]
_COLOUR = re.compile(rf"^(?:{'|'.join(_COLOURS)})\b", re.I)
_TICK = re.compile(r"^[✓✔☑√]|^(?:yes|y|x)$", re.I)
_SHADES = {
    "00B050": "green", "92D050": "green", "FFC000": "amber", "ED7D31": "amber", "FFFF00": "yellow",
    "FF0000": "red", "C00000": "red", "0070C0": "blue", "00B0F0": "blue",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusRead:
    """A status: its `rating`, the words after it (`reason`), and whether it is in doubt ("Amber?", two colours)."""

    rating: str
    reason: str = ""
    doubtful: bool = False


def parse(text: str, legend: Mapping[str, str] | None = None) -> StatusRead:
    """The rating a cell's words mean. Never raises. Words that are no status are "other", none at all "blank"."""
    words = " ".join(text.replace("*", " ").replace("_", " ").split())
    if not words.strip(" -–—.:"):
        return StatusRead("blank")
    doubtful = words.endswith("?") or bool(re.match(r"\S+\?", words))
    keyed = _by_legend(words, legend or {})
    if keyed:
        return StatusRead(keyed[0], keyed[1], doubtful)
    pair = re.match(r"^([A-Za-z]+)\s?/\s?([A-Za-z]+)\W*$", words)
    if pair and (both := _pair(pair[1], pair[2])):
        return StatusRead(both, "", True)
    rating, rest = _plain(words)
    return StatusRead(rating, rest.strip(" :;,.?!-–—()"), doubtful)


def _plain(words: str) -> tuple[str, str]:
    bare = words.lower().strip(" .:;?!()[]")
    if bare in _LETTERS:
        return _LETTERS[bare], ""
    colour = _COLOUR.match(words)
    if colour:
        return _COLOURS[colour.group().lower()], words[colour.end() :]
    for pattern, rating in _PHRASE:
        found = pattern.match(words)
        if found:
            return rating, words[found.end() :]
    return "other", ""


def _pair(first: str, second: str) -> str:
    """The worse of two ratings in one cell ("Red/Amber"), or "" where they are not both colours."""
    named = [_COLOURS.get(w.lower()) or _LETTERS.get(w.lower()) for w in (first, second)]
    return worst([n for n in named if n]) if all(named) else ""


def _by_legend(words: str, legend: Mapping[str, str]) -> tuple[str, str] | None:
    """What the document's own key says of the word a cell begins with; the longest word of the key first."""
    for word in sorted(legend, key=len, reverse=True):
        found = re.match(rf"{re.escape(word)}(?!\w)", words, re.I)
        if found and word:
            return legend[word], words[found.end() :].strip(" :;,.?!-–—()")
    return None


def worst(ratings: list[str]) -> str:
    """The worst of some ratings; "blank" for none."""
    return min(ratings, key=WORST_FIRST.index, default="blank")


def is_status(text: str) -> bool:
    """Whether a cell's words begin with a status anybody would recognise."""
    return parse(text).rating not in ("blank", "other") and len(text.split()) <= 12


def is_tick(text: str) -> bool:
    """Whether a cell is ticked: a tick mark, an x or yes."""
    return bool(_TICK.match(text.strip()))


def meaning(text: str) -> str:
    """The rating that a key's explanation stands for ("Action complete", "slightly off track"), "" where unclear."""
    return next((rating for pattern, rating in _ANYWHERE if pattern.search(text) and rating != "other"), "")


def named(word: str) -> str:
    """The rating of a bare colour word or letter, or an empty string."""
    return _COLOURS.get(word.lower().strip()) or _LETTERS.get(word.lower().strip(), "")


def from_fill(fill: str | None) -> str:
    """The nearest named rating of a cell's shading RRGGBB: "blank" for none, white, grey and black.

    Office's own palette first; any other colour by its hue (red under 18°, amber to 48°, yellow to 66°, green to 170°).
    """
    if not fill or not re.fullmatch(r"[0-9A-Fa-f]{6}", fill):
        return "blank"
    if fill.upper() in _SHADES:
        return _SHADES[fill.upper()]
    red, green, blue = (int(fill[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    if saturation < 0.25 or not 0.08 < light < 0.97:
        return "blank"
    return _by_hue(hue * 360)


def _by_hue(degrees: float) -> str:
    if degrees < 18 or degrees >= 330:
        return "red"
    for limit, rating in ((48, "amber"), (66, "yellow"), (170, "green"), (260, "blue")):
        if degrees < limit:
            return rating
    return "other"
