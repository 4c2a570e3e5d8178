"""The relations of an Office file's parts: which lead to what runs, and which lead out of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sightline.documents.rules.findings import Finding

# The last words of relation types (ECMA-376 and [MS-OFFMACRO2], [MS-OWEXML], [MS-CUSTOMUI]) of what runs.
_RUNNING = frozenset(
    {
        "vbaproject", "wordvbadata", "control", "activexcontrolbinary", "xlmacrosheet", "xlintlmacrosheet",
        "extensibility", "attachedtoolbars", "keymapcustomizations", "webextension", "webextensiontaskpanes",
    }
)  # fmt: skip
_OBJECTS = frozenset({"oleobject", "afchunk"})
_FETCHING = frozenset({"externallink", "externallinkpath", "connections", "querytable"})
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.\-]*):")
_BLANKS = re.compile(r"[\s\x00-\x20]+")
_SHARE = re.compile(r"\s*[\\/]{2}")
# What starts a program by a click, or carries a page in the link itself. Nobody knows every other one: meetings, phones
# and calendars have their own, and an address without its beginning may look like one.
_STARTS = re.compile(
    r"(?:javascript|jscript|livescript|vbscript|data|mhtml|x-usc|mk|its|hcp|help|res|shell|search|jar|about"
    r"|view-source|telnet|rlogin|ms-[a-z-]+|search-ms):",
    re.I,
)


def finding_of_relation(said: Mapping[str, str]) -> set[Finding]:
    """What one relation leads to, by what it says of itself."""
    kind = said.get("Type", "").rstrip("/").rpartition("/")[2].lower()
    outside = said.get("TargetMode", "").strip().lower() == "external"
    found = _finding(kind, said.get("Target", ""), outside)
    return {found} if found else set()


def _finding(kind: str, target: str, outside: bool) -> Finding | None:
    if kind in _RUNNING:
        return Finding.RUNS
    if kind == "hyperlink":
        return None if may_be_clicked(target) else Finding.LEADS
    if kind in _OBJECTS and not outside:
        return Finding.OBJECT
    leads_out = outside or bool(_SCHEME.match(target) or _SHARE.match(target))
    return Finding.FETCHES if leads_out or kind in _FETCHING else None


def may_be_clicked(target: str) -> bool:
    """Whether a link leads to a page, a file or an address, and starts nothing."""
    return not _STARTS.match(_BLANKS.sub("", target))
