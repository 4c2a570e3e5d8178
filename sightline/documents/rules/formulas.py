"""Formulas of Excel and fields of Word: which of them start something, and which fetch."""

from __future__ import annotations

import re

from sightline.documents.rules.findings import Finding
from sightline.documents.rules.relations import may_be_clicked

# Texts, names of sheets and names of columns: whatever stands in them is no code, so only their signs are left.
_QUOTED = re.compile(r"""(")[^"]*(")|(')(?:[^']|'')*(')|(\[)(?:[^\[\]']|'.)*(\])""", re.S)
_FORMULA_ACTS = re.compile(r"(?i)\b(?:CALL|REGISTER(?:\.ID)?|EXEC|RTD)\s*\(|[\w.'\]]\s*\|\s*['\w]")
_FORMULA_FETCHES = re.compile(r"(?i)\b(?:WEBSERVICE|IMAGE)\s*\(")
# Where a link of a formula leads, as far as its texts tell; some are put together of several.
_FORMULA_LINK = re.compile(r'(?i)\bHYPERLINK\s*\([\s(+]*"([^"]*(?:"\s*&\s*"[^"]*)*)')
_PUT_TOGETHER = re.compile(r'"\s*&\s*"')
_MAY_ACT = re.compile(r"(?i)(?:CALL|REGISTER(?:\.ID)?|EXEC|RTD|WEBSERVICE|IMAGE|HYPERLINK)\s*\(")

_FIELD_ACTS = re.compile(r"(?i)\W*(?:DDE|DDEAUTO)\b|\W*QUOTE(?:\s+\d+){3}")
_FIELD_INCLUDES = re.compile(r"(?i)\W*INCLUDE(?:TEXT|PICTURE)\b(.*)", re.S)
_FIELD_LINK = re.compile(r"(?i)\W*HYPERLINK\b(.*)", re.S)
# A switch may stand right before it.
_ELSEWHERE = re.compile(r"(?i)(?:\\[a-z])?[^\w\\/]*(?:https?:|ftp:|file:|\\\\|//)")
# Words between marks, or alone; those behind \o are only shown.
_ARGUMENT = re.compile(r"""(\\o\s*)?(?:["“”]([^"“”]*)["“”]?|([^\s"“”]+))""", re.I)


def findings_in_formula(formula: str) -> set[Finding]:
    """What one formula does, or the reference behind a name."""
    # Most hold nothing of the kind even in their texts, and a workbook has hundreds of thousands.
    if "|" not in formula and not _MAY_ACT.search(formula):
        return set()
    code = _QUOTED.sub(lambda found: "".join(filter(None, found.groups())), formula)
    found = {Finding.RUNS} if _FORMULA_ACTS.search(code) else set()
    if _FORMULA_FETCHES.search(code):
        found.add(Finding.FETCHES)
    if not all(may_be_clicked(_PUT_TOGETHER.sub("", link)) for link in _FORMULA_LINK.findall(formula)):
        found.add(Finding.LEADS)
    return found


def findings_in_fields(fields: str) -> set[Finding]:
    """What the fields of a part do; a zero stands between two."""
    found = {Finding.RUNS} if "DDEAUTO" in "".join(fields.replace("\x00", "").split()).upper() else set()
    for field in fields.split("\x00"):
        if _FIELD_ACTS.match(field):
            found.add(Finding.RUNS)
        if any(_ELSEWHERE.match(marked or alone) for _, marked, alone in _said(_FIELD_INCLUDES, field)):
            found.add(Finding.FETCHES)
        if not all(
            may_be_clicked(marked or alone) for shown, marked, alone in _said(_FIELD_LINK, field) if not shown
        ):
            found.add(Finding.LEADS)
    return found


def _said(kind: re.Pattern[str], field: str) -> list[tuple[str, str, str]]:
    """What stands behind the name of a field of this kind; nothing for others."""
    named = kind.match(field)
    return _ARGUMENT.findall(named[1]) if named else []
