"""Printed action numbers: split a number cell, sort naturally, find gaps and repeats.

Printed numbers are text (documents.md A5): "1.1c" may stand twice, "2.11 & 3.2" is two numbers in one cell,
"1.4 links to 2.10" is one number and a reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_ROMAN = "(?:" + "|".join(sorted(_ROMANS, key=len, reverse=True)) + ")"
_PLAIN = rf"\d+(?:\.\d+)*(?:\s?\({_ROMAN}\)|\s?\([a-z]\)|[a-z])?"
_CODED = r"[A-Z]{1,6}[ /-]?\d+[a-z]?"
_LISTED = rf"\(?(?:{_ROMAN}|[a-z])\)|{_ROMAN}\.(?!\w)"
NUMBER = rf"(?:{_PLAIN}|{_CODED}|{_LISTED})"
_ONE = re.compile(rf"(?<![\w.]){NUMBER}(?![\w%])")
_PREFIX = re.compile(
    r"^(?:actions?|no|number|ref|item|rec(?:ommendation)?|objective|aim)\b[.:]?\s*", re.IGNORECASE
)
_LINK = re.compile(
    r"\b(?:links?|linked|see|cf|cross[- ]?ref\w*)\b(?:\s+(?:to|with|also))*[\s:]*", re.IGNORECASE
)
_JOINT = re.compile(r"\s*(?:&|\band\b|,|;|/|\+)\s*")
_LEADING = re.compile(r"^(?P<number>\d+(?:\.\d+)+[a-z]?|\d+[.)](?=\s)|\d+[a-z](?=[\s.):]))[.):]?\s+(?=\S)")
MOST_MISSING = 6


@dataclass(frozen=True, slots=True)
class NumberCell:
    """What a number cell says: its own `numbers`, the numbers it `links` to, and words left over."""

    numbers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    rest: str = ""


def parse(text: str) -> NumberCell:
    """The numbers of a number cell. Never raises; what is no number comes back in `rest`."""
    own, *linked = _LINK.split(" ".join(text.split()), maxsplit=1)
    links = tuple(_trim(m) for part in linked for m in _ONE.findall(part))
    pieces = [_PREFIX.sub("", piece).strip(" .:") for piece in _JOINT.split(own)]
    numbers = tuple(_trim(p) for p in pieces if _is_number(p))
    rest = " ".join(p for p in pieces if p and not _is_number(p))
    return NumberCell(numbers, links, rest)


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but one or more action numbers."""
    cell = parse(text)
    return bool(cell.numbers) and not cell.rest


def leading(text: str) -> str:
    """The number an action's text begins with ("1.1 To map…" gives "1.1"), or an empty string."""
    found = _LEADING.match(text)
    return found["number"].rstrip(".)") if found else ""


def natural(number: str) -> tuple[tuple[int, int, str], ...]:
    """A sort key: 2.9 < 2.10 < 2.11, 2.7 < 2.7a, 2 (iv) < 2 (v)."""
    return tuple(_part(part) for part in re.findall(r"\d+|(?:\(|^)[ivx]+[).]|[a-z]+", number.lower()))


def lead(number: str) -> str:
    """The first whole number of a number ("2.7a" gives "2"), or an empty string."""
    found = re.search(r"\d+", number)
    return found.group() if found else ""


def repeated(numbers: Iterable[str]) -> list[str]:
    """The numbers that occur more than once, in the order of their second occurrence."""
    seen: set[str] = set()
    out: list[str] = []
    for number in numbers:
        if number in seen and number not in out:
            out.append(number)
        seen.add(number)
    return out


def missing(numbers: Iterable[str]) -> list[str]:
    """The numbers a series jumps over, naturally sorted: 2.7a, 2.7c gives 2.7b; 1.1, 1.3 gives 1.2.

    A jump of more than six is another scheme of numbering, not a gap.
    """
    series: dict[tuple[str, str], set[int]] = {}
    for number in numbers:
        for stem, kind, place in _places(number):
            series.setdefault((stem, kind), set()).add(place)
    gaps = [_spell(stem, kind, n) for (stem, kind), places in series.items() for n in _holes(places)]
    return sorted(set(gaps), key=natural)


def _holes(places: set[int]) -> list[int]:
    holes: list[int] = []
    ordered = [0, *sorted(places)] if len(places) > 1 else sorted(places)
    for low, high in pairwise(ordered):
        if 1 < high - low <= MOST_MISSING + 1:
            holes += range(low + 1, high)
    return holes


def _places(number: str) -> list[tuple[str, str, int]]:
    """Where a number stands in its series, and in the series of each number above it."""
    found = re.fullmatch(r"(?P<whole>\d+(?:\.\d+)*)(?P<letter>[a-z])?", number)
    roman = re.fullmatch(rf"\(?({_ROMAN})[).]", number)
    if roman:
        return [("", "roman", _ROMANS.index(roman[1]) + 1)]
    if not found:
        return []
    out = []
    if found["letter"]:
        out.append((found["whole"], "letter", ord(found["letter"]) - ord("a") + 1))
    parts = found["whole"].split(".")
    for depth in range(len(parts)):
        out.append((".".join(parts[:depth]), "number", int(parts[depth])))
    return out


def _spell(stem: str, kind: str, place: int) -> str:
    if kind == "letter":
        return f"{stem}{chr(ord('a') + place - 1)}"
    if kind == "roman":
        return f"{_ROMANS[place - 1]})"
    return f"{stem}.{place}" if stem else str(place)


def _part(part: str) -> tuple[int, int, str]:
    if part.isdigit():
        return (0, int(part), "")
    roman = part.strip("().")
    if roman != part and roman in _ROMANS:
        return (1, _ROMANS.index(roman) + 1, "")
    return (1, 0, part)


def _is_number(piece: str) -> bool:
    return re.fullmatch(NUMBER, piece) is not None


def _trim(number: str) -> str:
    return number.strip().rstrip(".")


def parse_sources(text: str) -> list[str]:
    """The references of a source cell ("10, 20, 25,27", "CR17; para 3.2"), page numbers left out.

    Stray and missing commas are normal ("25,26 31,"); order is kept, a repeat is dropped.
    """
    without_pages = re.sub(r"\(?\bpages?\b[^),;]*\)?", " ", text, flags=re.IGNORECASE)
    found: Sequence[str] = re.findall(r"\b[A-Z]{1,6}[ /-]?\d+[a-z]?\b|\d+(?:\.\d+)*[a-z]?\b", without_pages)
    return list(dict.fromkeys(found))
