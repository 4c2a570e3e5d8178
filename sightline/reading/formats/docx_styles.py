"""What a Word paragraph is by its style: a heading, a list item, a contents line, bold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from sightline.reading.formats.docx_numbers import BULLET, Label, Numbering

_HEADING = re.compile(r"heading ([1-9])")
_CHAIN = 12  # styles are based on one another at most this deep


@dataclass(frozen=True, slots=True)
class Kind:
    """A paragraph's kind: heading level (0 none), list label, and whether it is a line of a contents list."""

    heading: int = 0
    label: Label | None = None
    contents: bool = False


@dataclass(slots=True)
class Styles:
    """The styles and lists of a document."""

    by_id: dict[str, Element] = field(default_factory=dict)
    numbering: Numbering = field(default_factory=Numbering)

    @classmethod
    def of(cls, root: Element, numbering: Numbering) -> Styles:
        """The styles a style part defines."""
        return cls({str(s.get(qn("w:styleId"))): s for s in root.findall(qn("w:style"))}, numbering)

    def chain(self, style_id: str | None) -> list[Element]:
        """A style and those it is based on, nearest first."""
        found: list[Element] = []
        while style_id and style_id in self.by_id and len(found) < _CHAIN:
            found.append(self.by_id[style_id])
            based = found[-1].find(qn("w:basedOn"))
            style_id = None if based is None else based.get(qn("w:val"))
        return found

    def kind(self, paragraph: Element) -> Kind:
        """What `paragraph` is. Counts its number, so each paragraph is asked once, in order."""
        chain = self.chain(_value(paragraph, "w:pPr/w:pStyle"))
        names = [(_value(style, "w:name") or "").lower() for style in chain]
        label = self._label(paragraph, chain)
        if any(name.startswith("toc ") for name in names):
            return Kind(contents=True)
        return Kind(_heading(paragraph, chain, names), label or _label_by_name(names))

    def _label(self, paragraph: Element, chain: list[Element]) -> Label | None:
        level: str | None = None
        for holder in [paragraph, *chain]:
            level = level or _value(holder, "w:pPr/w:numPr/w:ilvl")
            if key := _value(holder, "w:pPr/w:numPr/w:numId"):
                return self.numbering.label(key, int(level) if level and level.isdigit() else 0)
        return None

    def bold(self, run: Element) -> bool:
        """Whether a run is bold: by itself, its character style, or the style of its paragraph."""
        paragraph = next(run.iterancestors(qn("w:p")), None)
        style = None if paragraph is None else _value(paragraph, "w:pPr/w:pStyle")
        for holder in [run, *self.chain(_value(run, "w:rPr/w:rStyle")), *self.chain(style)]:
            mark = holder.find("w:rPr/w:b", _NS)
            if mark is not None:
                return _on(mark)
        return False


_NS = {"w": qn("w:p")[1:].split("}")[0]}


def _value(element: Element, path: str) -> str | None:
    found = element.find(path, _NS)
    return None if found is None else found.get(qn("w:val"))


def _on(mark: Element) -> bool:
    return str(mark.get(qn("w:val")) or "true").lower() not in ("0", "false", "off")


def _heading(paragraph: Element, chain: list[Element], names: list[str]) -> int:
    if names[:1] == ["title"]:
        return 1
    for name in names:
        if found := _HEADING.fullmatch(name):
            return min(int(found[1]), 6)
    for holder in [paragraph, *chain]:
        level = _value(holder, "w:pPr/w:outlineLvl")
        if level and level.isdigit() and int(level) < 9:
            return min(int(level) + 1, 6)
    return 0


def _label_by_name(names: list[str]) -> Label | None:
    """A list style whose numbers the document does not define still makes a list item."""
    for name in names:
        if name.startswith(("list bullet", "list number")):
            return Label(BULLET, 0)
    return None
