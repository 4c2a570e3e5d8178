"""Where an export goes: a new folder, or one ZIP file that takes its name when it is whole."""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sightline.carrying.choices import UNDER_WAY, Refused
from sightline.carrying.entries import CarryingEntry
from sightline.carrying.rules import Manifest
from sightline.carrying.services.writing import Asked, Say, write_export
from sightline.events.choices import Actor, Tier
from sightline.events.services import deed, record
from sightline.jobs.working import give_name, working

ZIP = ".zip"
PLACE = "export-by-command"


@dataclass(frozen=True)
class Written:
    """An export that was written. `sha256`: of the ZIP file, or of the manifest of a folder."""

    path: Path
    size: int
    sha256: str
    manifest: Manifest


def export_to(path: Path, asked: Asked, *, by: Actor, say: Say) -> Written:
    """Export everything into a new folder, or a new file whose name ends in .zip. Raises Refused.

    Nothing is left behind where it fails; what a killed run left goes when the next one begins. Nobody but the owner of
    the process may read what is written.
    """
    if os.path.lexists(path):
        raise _stands(path)
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    write = _zipped if path.suffix.lower() == ZIP else _in_folder
    try:
        with working(PLACE) as place, _unfinished(path) as beside:
            written = write(place, beside, path, asked, say)
    except FileExistsError:
        raise _stands(path) from None
    except BlockingIOError:
        raise Refused(UNDER_WAY) from None
    except OSError as fault:
        raise Refused(f"The export could not be written: {fault.strerror or fault}.") from fault
    _note(written, asked, by=by)
    return written


def _stands(path: Path) -> Refused:
    return Refused(f"There is something called {path} already; it was left as it is.")


@contextmanager
def _unfinished(path: Path) -> Iterator[Path]:
    """A name beside the one that is to be: nothing stands there when it begins, nor when it ends."""
    beside = path.with_name(f".{path.name}.unfinished")
    _take_away(beside)
    try:
        yield beside
    finally:
        _take_away(beside)


def _take_away(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _zipped(place: Path, beside: Path, path: Path, asked: Asked, say: Say) -> Written:
    folder = place / "export"
    folder.mkdir(mode=0o700)
    manifest = write_export(folder, asked, say)
    pack(folder, beside)
    sha256, size = fingerprint(beside), beside.stat().st_size
    give_name(beside, path)
    return Written(path, size, sha256, manifest)


def _in_folder(place: Path, beside: Path, path: Path, asked: Asked, say: Say) -> Written:
    """Written where it is to be, not in the place to work in: a folder moves to its name on one disk alone."""
    beside.mkdir(mode=0o700)
    manifest = write_export(beside, asked, say)
    sha256, size = fingerprint(beside / "manifest.json"), _size(beside)
    # No folder is given a name as a file is, by a link. The system itself puts it over nothing but an empty folder.
    if os.path.lexists(path):
        raise FileExistsError(path)
    beside.rename(path)
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
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
