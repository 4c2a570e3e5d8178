"""The XML of an Office file, whatever its part is named: what runs or fetches is heard while it is read.

Nothing is built up of it, so that a large part takes no memory. Names count without their prefixes, and words with
what stands in them of remarks and marked sections put together, as Office programs read them.
"""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED, Finding
from sightline.documents.rules.formulas import findings_in_fields, findings_in_formula
from sightline.documents.rules.relations import finding_of_relation

_NAMED = (".xml", ".vml", ".svg", ".rels")
# Excel writes VML that is not always whole; what is no XML by name need not be any.
_WHOLE = (".xml", ".svg", ".rels")
_TYPES_OF_PARTS = "[content_types].xml"
# A font may begin like this by chance, but its zeros stand anywhere, and not beside the first sign as in wide letters.
_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*+(?:(?<=\x00)<|<\x00|<[^\x00]{0,98}+(?!\x00))"
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]{0,200}encoding\s*=\s*["']([^"']*)""", re.I)
_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252")
_DEEPEST = 500

_FIELDS = frozenset({"instrText", "delInstrText"})
_FORMULAS = frozenset(
    ["f", "definedName", "formula", "formula1", "formula2", "calculatedColumnFormula", "totalsRowFormula"]
)
_WORDS = _FIELDS | _FORMULAS
# Where to keep a presentation as a web page is no question to one.
_OF_SLIDES = "presentationPr"
_LINKS = frozenset(["ddeLink", "oleLink", "dbPr", "webPr", "olapPr", "textPr"])
_CLICKS = frozenset(["hlinkClick", "hlinkHover", "hlinkMouseOver"])
_SLIDE_ACTS = re.compile(r"ppaction://(?:program|macro|ole|hlinkfile)", re.I)
_DRAWING_ACTS = frozenset(["script", "foreignobject", "iframe", "handler"])
_MARKS = _LINKS | _CLICKS | {"fldChar", "fldSimple"}
_WANTED = _WORDS | _MARKS | {"svg", "Relationship", "Default", "Override"}
# Names stand in XML as they are, never as numbers: a part without one of them need not be read.
_WORTH = re.compile(rf"[<:](?:{'|'.join(_WORDS | _MARKS | {'svg'})})\b|<!ENTITY")
# Content types of parts that run, whatever the parts are named.
_TYPES = re.compile(
    r"vbaproject|macroenabled|activex|macrosheet|attachedtoolbars|legacy\.?keys|webextension", re.I
)
_OBJECT_TYPES = re.compile(r"oleobject|application/(?:x-)?(?:msdownload|hta|java|rtf)|text/html", re.I)


def findings_in_markup(name: str, content: bytes) -> set[Finding]:
    """What the words of a part tell. Raises FileRefused for a writing that would hide them."""
    if not name.endswith(_NAMED) and not _BEGINS.match(content):
        return set()
    text = _plain(content)
    if not (name.endswith(".rels") or name == _TYPES_OF_PARTS or _WORTH.search(text)):
        return set()
    heard = _Heard(name)
    try:
        heard.read(text)
    except ExpatError as error:
        if name.endswith(_WHOLE):
            raise FileRefused(DAMAGED) from error
    return heard.found | findings_in_fields("".join(heard.fields))


def _plain(content: bytes) -> str:
    """The part in the letters that everything here is looked for in."""
    wide = content.startswith(_WIDE)
    said = None if wide else _ENCODING.match(content[:300])
    encoding = said[1].lower() if said else b"utf-8"
    if encoding not in _ENCODINGS:
        raise FileRefused(DAMAGED)
    text = content.decode("utf-16" if wide else encoding.decode(), "replace").removeprefix("\ufeff")
    if "\x00" in text[:100]:
        raise FileRefused(DAMAGED)
    return text


class _Heard:
    """What was found in one part, and the fields of Word, which may go on from one piece to the next."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: set[Finding] = set()
        self.fields: list[str] = []
        self._open: list[str] = []
        self._words: list[list[str]] = []
        self._is_drawing = False
        self._parser = ParserCreate()

    def read(self, text: str) -> None:
        """Raises ExpatError where the text is no XML, FileRefused where it names words of its own making."""
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = _refuse
        self._parser.Parse(text, True)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2] if ":" in name else name
        self._open.append(local)
        if len(self._open) > _DEEPEST:
            raise FileRefused(DAMAGED)
        if local in _WANTED or self._is_drawing:
            self._take(local, attributes)

    def _take(self, local: str, attributes: dict[str, str]) -> None:
        if local in _WORDS:
            self._words.append([])
            # A sheet has millions of words that are no formulas, so those alone are listened to.
            self._parser.CharacterDataHandler = self._hear
        else:
            self._look_at(local, attributes)
        if self._is_drawing or local == "svg":
            self._is_drawing = True
            self._look_at_drawing(local, attributes)

    def _hear(self, text: str) -> None:
        if self._open[-1] in _WORDS:
            self._words[-1].append(text)

    def _end(self, _name: str) -> None:
        local = self._open.pop()
        if local in _WORDS:
            words = self._words.pop()
            if local in _FIELDS:
                self.fields += words
            else:
                self.found |= findings_in_formula("".join(words))
            if not self._words:
                self._parser.CharacterDataHandler = None

    def _look_at(self, local: str, attributes: dict[str, str]) -> None:
        if local == "fldChar":
            self.fields.append("\x00")
        elif local == "fldSimple":
            self.fields += ["\x00", _said(attributes, "instr"), "\x00"]
        elif local in _CLICKS and _SLIDE_ACTS.search(_said(attributes, "action")):
            self.found.add(Finding.RUNS)
        elif local in _LINKS and self._open[0] != _OF_SLIDES:
            self.found.add(Finding.FETCHES)
        elif local == "Relationship" and self.name.endswith(".rels"):
            self.found |= finding_of_relation({key.rpartition(":")[2]: attributes[key] for key in attributes})
        elif self.name == _TYPES_OF_PARTS:
            self._look_at_type(_said(attributes, "ContentType"))

    def _look_at_type(self, said: str) -> None:
        if _TYPES.search(said):
            self.found.add(Finding.RUNS)
        if _OBJECT_TYPES.search(said):
            self.found.add(Finding.OBJECT)

    def _look_at_drawing(self, local: str, attributes: dict[str, str]) -> None:
        values = "".join("".join(attributes.values()).split()).lower()
        on = any(key.rpartition(":")[2].lower().startswith("on") for key in attributes)
        if local.lower() in _DRAWING_ACTS or on or "javascript:" in values:
            self.found.add(Finding.RUNS)


def _said(attributes: dict[str, str], wanted: str) -> str:
    """The value of an attribute, whatever its prefix."""
    return " ".join(value for key, value in attributes.items() if key.rpartition(":")[2] == wanted)


def _refuse(*_entity: object) -> NoReturn:
    raise FileRefused(DAMAGED)
