"""Reading a backup back: every part against its fingerprint, and nothing that a part's name could lead to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tarfile import TarFile, TarInfo
from typing import Any

from sightline.keeping.choices import MANIFEST, SUMS, Refused
from sightline.keeping.rules import Manifest, Part, is_part, parse, sums
from sightline.keeping.services import archive

# A manifest names every file: a megabyte tells of some thousand.
MOST_MANIFEST = 512 * 1024 * 1024


def unpack(path: Path, identities: Sequence[Any], into: Path | None = None) -> Manifest:
    """Read a whole backup and check every fingerprint; keep its parts where a folder is given.

    Raises Refused for a wrong key, a file cut off, a byte that is not what was written, a part too many or too few.
    """
    found: list[Part] = []
    told: dict[str, bytes] = {}
    with archive.reading(path, identities) as tar:
        for member in tar:
            if member.name in {MANIFEST, SUMS}:
                told[member.name] = _told(tar, member)
            else:
                found.append(_part(tar, member, into))
    return _checked(found, told)


def _told(tar: TarFile, member: TarInfo) -> bytes:
    source = tar.extractfile(member)
    if source is None or member.size > MOST_MANIFEST:
        raise Refused(archive.CUT_OFF)
    return source.read()


def _part(tar: TarFile, member: TarInfo, into: Path | None) -> Part:
    source = tar.extractfile(member) if member.isreg() and is_part(member.name) else None
    if source is None:
        raise Refused("This is no backup of Sightline: it holds something that no backup has.")
    if into is None:
        return Part(member.name, member.size, archive.take(source, None))
    place = into / member.name
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        return Part(member.name, member.size, archive.take(source, file))


def _checked(found: Sequence[Part], told: dict[str, bytes]) -> Manifest:
    if set(told) != {MANIFEST, SUMS}:
        raise Refused(f"The backup ends before its end. {archive.CUT_OFF}")
    manifest = parse(told[MANIFEST])
    if wrong := {part.name for part in {*manifest.parts} ^ {*found}}:
        raise Refused(f"“{min(wrong)}” in the backup is not what was written. {archive.CUT_OFF}")
    digest = archive.fingerprint(told[MANIFEST])
    whole = sums([*manifest.parts, Part(MANIFEST, len(told[MANIFEST]), digest)])
    if whole.encode() != told[SUMS] or manifest.database not in {part.name for part in found}:
        raise Refused(f"What the backup says of itself does not fit together. {archive.CUT_OFF}")
    return manifest
