"""Word, Excel and PowerPoint files, part by part: what in them runs, holds a thing of another program, or fetches."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

from sightline.documents.choices import ACCEPTED, MEGABYTE, FileKind, FileRefused
from sightline.documents.rules.findings import DAMAGED, SENTENCES, Finding
from sightline.documents.rules.markup import findings_in_markup
from sightline.documents.rules.parts import findings_in_part
from sightline.documents.rules.wholes import check_whole
from sightline.reading.blocks import UnreadableFile
from sightline.reading.formats.package import Package, inspect
from sightline.reading.limits import DEFAULT

KINDS = {"docx": FileKind.WORD, "xlsx": FileKind.EXCEL, "pptx": FileKind.SLIDES}
# Looked through in a web process, so less than a child process may take to read a paper.
LIMITS = replace(DEFAULT, expanded=100 * MEGABYTE)
OTHER = f"This kind of file is not kept; kept are {ACCEPTED}."
# A chart has its workbook, and that has none of its own.
_DEEPEST = 1
_TOO_DEEP = "The files inside this file lie too deep in one another; take them out, or save it as a PDF."


def office_kind(data: bytes, tolerated: frozenset[Finding] = frozenset()) -> FileKind:
    """Which Office file it is, once all of it was looked through.

    Raises FileRefused where it is damaged, is something else as well, unpacks without end, or holds what is not kept.
    """
    package = _inspected(data)
    if package.macros:
        raise FileRefused(SENTENCES[Finding.RUNS])
    if package.kind not in KINDS:
        raise FileRefused(OTHER)
    check_whole(data)
    for found in _findings(data, 0):
        if found not in tolerated:
            raise FileRefused(SENTENCES[found])
    return KINDS[package.kind]


def _inspected(data: bytes) -> Package:
    try:
        return inspect(data, LIMITS)
    except UnreadableFile as refused:
        raise FileRefused(str(refused)) from refused


def _findings(data: bytes, depth: int) -> Iterator[Finding]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                yield from _findings_in(name.lower(), archive.read(name), depth)


def _findings_in(name: str, content: bytes, depth: int) -> Iterator[Finding]:
    if "/embeddings/" in name and name.endswith(tuple(f".{ending}" for ending in KINDS)):
        yield from _findings_inside(content, depth + 1)
    else:
        if not name.endswith(".rels"):
            yield from findings_in_part(name, content)
        yield from sorted(findings_in_markup(name, content))


def _findings_inside(content: bytes, depth: int) -> Iterator[Finding]:
    """What the file inside the file holds; one in that is too deep."""
    if depth > _DEEPEST:
        raise FileRefused(_TOO_DEEP)
    package = _inspected(content)
    if package.kind not in KINDS:
        raise FileRefused(DAMAGED)
    if package.macros:
        yield Finding.RUNS
    yield from _findings(content, depth)
