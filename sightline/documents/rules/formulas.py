"""Formulas of Excel and fields of Word: which of them start something, and which fetch."""

from __future__ import annotations

import re

from sightline.documents.rules.findings import Finding
from sightline.documents.rules.relations import may_be_clicked

# Texts, names of sheets and names of columns: whatever stands in them is no code, so only their signs are left.
_QUOTED = re.compile(r"""(")[^"]*(")|(')(?:[^']|'')*(')|(\[)(?:[^\[\]']|'.)*(\])""", re.S)
_FORMULA_ACTS = re.compile(r"(?i)\b(?:CALL|REGISTER(?:\.ID)?|EXEC|RTD)\s*\(|[\w.'\]]\s*\|\s*['\w]")
_FORMULA_FETCHES = re.compile(r"(?i)\b(?:WEBSERVICE|IMAGE)\s*\(")
_MAY_ACT = re.compile(r"(?i)(?:CALL|REGISTER(?:\.ID)?|EXEC|RTD|WEBSERVICE|IMAGE)\s*\(")

_FIELD_ACTS = re.compile(r"(?i)\W*(?:DDE|DDEAUTO)\b|\W*QUOTE(?:\s+\d+){3}")
_FIELD_FETCHES = re.compile(r"(?i)\W*INCLUDE(?:TEXT|PICTURE)\W+(?:https?:|ftp:|file:|\\\\|//)")
_FIELD_LINK = re.compile(r"(?i)\W*HYPERLINK\b(.*)", re.S)
# Words between marks, or alone; those behind \o are only shown.
_ARGUMENT = re.compile(r"""(\\o\s*)?(?:["“”]([^"“”]*)["“”]?|([^\s"“”]+))""", re.I)


def findings_in_formula(formula: str) -> set[Finding]:
    """What one formula does, or the reference behind a name."""
    # Most hold nothing of the kind even in their texts, and a workbook has hundreds of thousands.
    if "|" not in formula and not _MAY_ACT.search(formula):
        return set()
    code = _QUOTED.sub(lambda found: "".join(filter(None, found.groups())), formula)
    acts = {Finding.RUNS} if _FORMULA_ACTS.search(code) else set()
    return acts | ({Finding.FETCHES} if _FORMULA_FETCHES.search(code) else set())


def findings_in_fields(fields: str) -> set[Finding]:
    """What the fields of a part do; a zero stands between two."""
    found = {Finding.RUNS} if "DDEAUTO" in "".join(fields.replace("\x00", "").split()).upper() else set()
    for field in fields.split("\x00"):
        if _FIELD_ACTS.match(field):
            found.add(Finding.RUNS)
        if _FIELD_FETCHES.match(field):
            found.add(Finding.FETCHES)
        link = _FIELD_LINK.match(field)
        said = _ARGUMENT.findall(link[1]) if link else ()
        if not all(may_be_clicked(marked or alone) for shown, marked, alone in said if not shown):
            found.add(Finding.LEADS)
    return found
