"""The numbers and bullets Word prints beside paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
          (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Label:
    """What Word prints beside a paragraph: `text` ("•", "1.", "a)") and how deep it stands."""

    text: str
    level: int

    @property
    def is_bullet(self) -> bool:
        """Whether it counts nothing."""
        return self.text == BULLET

    @property
    def is_words(self) -> bool:
        """Whether it is a word with a number ("Recommendation 1:") and so belongs to the text."""
        return bool(re.search(r"[^\W\d_]{3}", self.text)) and not re.fullmatch(
            r"[ivxlcdm]+\W?", self.text, re.IGNORECASE
        )


@dataclass(frozen=True, slots=True)
class _Level:
    kind: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # by list number (numId)
    groups: dict[str, str] = field(
        default_factory=dict
    )  # list number: the definition whose counters it shares
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The lists that a numbering part defines; none where the document has no such part."""
        numbering = cls()
        if root is None:
            return numbering
        definitions = {_value(a, "abstractNumId", own=True): a for a in root.findall(qn("w:abstractNum"))}
        for number in root.findall(qn("w:num")):
            key, definition = _value(number, "numId", own=True), _value(number, "abstractNumId")
            levels = {}
            for level in definitions[definition].findall(qn("w:lvl")) if definition in definitions else ():
                levels[_number(level.get(qn("w:ilvl")), 0)] = _level(level)
            overrides = number.findall(qn("w:lvlOverride"))
            for override in overrides:
                _override(levels, override)
            numbering.levels[key] = levels
            numbering.groups[key] = f"{definition}/{key}" if overrides else definition
        return numbering

    def label(self, key: str, level: int) -> Label | None:
        """Counts one more paragraph of list `key` and says what stands beside it; None where nothing does."""
        levels = self.levels.get(key, {})
        shape = levels.get(level)
        if shape is None or shape.kind == "none":
            return None
        if shape.kind == "bullet":
            return Label(BULLET, level)
        counts = self.counts.setdefault(self.groups[key], {})
        counts[level] = counts.get(level, shape.start - 1) + 1
        for deeper in [at for at in counts if at > level]:
            del counts[deeper]

        def printed(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            outer = levels.get(at, shape)
            return _written(counts.get(at, outer.start), outer.kind)

        return Label(_PLACE.sub(printed, shape.text).strip(), level)


def _value(element: Element, name: str, *, own: bool = False) -> str:
    if own:
        return str(element.get(qn(f"w:{name}")) or "")
    child = element.find(qn(f"w:{name}"))
    return "" if child is None else str(child.get(qn("w:val")) or "")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


def _level(element: Element) -> _Level:
    return _Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText"),
        _number(_value(element, "start"), 1),
    )


def _override(levels: dict[int, _Level], override: Element) -> None:
    at = _number(override.get(qn("w:ilvl")), 0)
    whole = override.find(qn("w:lvl"))
    if whole is not None:
        levels[at] = _level(whole)
    elif at in levels:
        start = _number(_value(override, "startOverride"), levels[at].start)
        levels[at] = _Level(levels[at].kind, levels[at].text, start)


def _written(number: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 % 26 + 1)
        return letters.upper() if kind.startswith("upper") else letters
    if kind in ("lowerRoman", "upperRoman"):
        roman, left = "", number % 4000
        for worth, sign in _ROMAN:
            roman += sign * (left // worth)
            left %= worth
        return roman.upper() if kind.startswith("upper") else roman
    return f"{number:02d}" if kind == "decimalZero" else str(number)
