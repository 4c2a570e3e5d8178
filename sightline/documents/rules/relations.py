"""The relations of an Office file's parts: which lead to what runs, and which lead out of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED, Finding

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
_SHARE = re.compile(r"\s*[\\/]{2}")
# What a person may be led to by a click; others start programs, or carry a page in the link itself.
_TO_CLICK = frozenset({"http", "https", "mailto", "tel", "ftp", "file", "onenote"})


def findings_in_relations(content: bytes) -> Iterator[Finding]:
    """What the relations in one part lead to. Raises FileRefused where they cannot be read."""
    try:
        relations = list(fromstring(content))
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise FileRefused(DAMAGED) from error
    for relation in relations:
        kind = relation.get("Type", "").rstrip("/").rpartition("/")[2].lower()
        outside = relation.get("TargetMode", "").strip().lower() == "external"
        found = _finding(kind, relation.get("Target", ""), outside)
        if found:
            yield found


def _finding(kind: str, target: str, outside: bool) -> Finding | None:
    if kind in _RUNNING:
        return Finding.RUNS
    if kind == "hyperlink":
        return None if may_be_clicked(target) else Finding.RUNS
    if kind in _OBJECTS and not outside:
        return Finding.OBJECT
    leads_out = outside or bool(_SCHEME.match(target) or _SHARE.match(target))
    return Finding.FETCHES if leads_out or kind in _FETCHING else None


def may_be_clicked(target: str) -> bool:
    """Whether a link leads to a page, a file or an address, and starts nothing."""
    scheme = _SCHEME.match("".join(target.split()))
    # One letter is a drive.
    return not scheme or len(scheme[1]) == 1 or scheme[1].lower() in _TO_CLICK
