"""Where an export goes: a new folder, or one ZIP file that takes its name when it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from sightline.carrying.choices import Refused
from sightline.carrying.entries import CarryingEntry
from sightline.carrying.rules import Manifest
from sightline.carrying.services.writing import Asked, Say, write_export
from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record

ZIP = ".zip"
CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Written:
    """An export that was written. `sha256`: of the ZIP file, or of the manifest of a folder."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest


def export_to(path: Path, asked: Asked, *, by: Actor, say: Say) -> Written:
    """Export everything into a new folder, or a new file whose name ends in .zip. Raises Refused.

    Nothing is left behind where it fails. Nobody but the owner of the process may read what is written.
    """
    if os.path.lexists(path):
        raise Refused(f"There is something called {path} already; it was left as it is.")
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    try:
        with tempfile.TemporaryDirectory(prefix=".sightline-export-", dir=path.parent) as beside:
            written = _written(Path(beside), path, asked, say)
    except OSError as fault:
        raise Refused(f"The export could not be written: {fault.strerror or fault}.") from fault
    _note(written, asked, by=by)
    return written


def _written(beside: Path, path: Path, asked: Asked, say: Say) -> Written:
    folder = beside / "export"
    folder.mkdir(mode=0o700)
    manifest = write_export(folder, asked, say)
    if path.suffix.lower() != ZIP:
        sha256, size = fingerprint(folder / "manifest.json"), _size(folder)
        folder.rename(path)
    else:
        packed = beside / "export.zip"
        pack(folder, packed)
        sha256, size = fingerprint(packed), packed.stat().st_size
        packed.rename(path)
    return Written(path, size, sha256, manifest)


def pack(folder: Path, to: Path) -> None:
    """Put a folder's parts into one ZIP file, each taken away from the folder when it is in."""
    with (
        open(to, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as out,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            packed.write(path, path.relative_to(folder).as_posix())
            path.unlink()
    shutil.rmtree(folder)


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@deed
def _note(written: Written, asked: Asked, *, by: Actor) -> None:
    """The journal tells of every export that is written on the server."""
    manifest = written.manifest
    after = {
        "name": written.path.name,
        "bytes": written.size,
        "rows": manifest.rows,
        "files": manifest.files,
        "left_out": manifest.withheld,
        "sha256": written.sha256,
    }
    record(CarryingEntry.EXPORT_WRITTEN, by=by, after=after, reason=asked.reason, tier=Tier.T2)
