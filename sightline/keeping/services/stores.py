"""The store of files, through Django's default storage: whether it is empty, and putting files into it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage

from sightline.keeping.choices import FILES, Refused
from sightline.keeping.rules import Part

Say = Callable[[str], None]
CHUNK = 1024 * 1024


def names(folder: str = "") -> Iterator[str]:
    """Every file in the store, by the name that rows have for it."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from names(f"{folder}{name}/")


def strangers(parts: Iterable[Part]) -> list[str]:
    """Files in the store that are not of these parts, byte for byte: what a stopped restore put there is none."""
    ours = {part.name.removeprefix(FILES): part.sha256 for part in parts}
    return [name for name in names() if name not in ours or fingerprint(name) != ours[name]]


def fingerprint(name: str) -> str:
    """The SHA-256 of a stored file."""
    digest = hashlib.sha256()
    with default_storage.open(name, "rb") as file:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def lay_aside(there: Iterable[str], now: datetime) -> Path | None:
    """A second name, in a folder beside the store, for every file that stands in it. Raises Refused.

    Nothing is copied and nothing is gone: whatever happens next, the old database still has its files.
    """
    kept = list(there)
    if not kept:
        return None
    storage = default_storage
    if not isinstance(getattr(storage, "_wrapped", storage), FileSystemStorage):
        raise Refused("The store of files is not empty and does not lie on this computer: name an empty one.")
    root = Path(storage.path(""))
    aside = root.with_name(f"{root.name}.before-restore-{now:%Y%m%d-%H%M%S}")
    for name in kept:
        (aside / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(root / name, aside / name)
    return aside


def put(parts: list[Part], folder: Path, say: Say) -> None:
    """Put the files of a backup into the store, each under its own name. Raises Refused."""
    for number, part in enumerate(parts, 1):
        name = part.name.removeprefix(FILES)
        if default_storage.exists(name):
            if fingerprint(name) == part.sha256:
                continue
            default_storage.delete(name)
        with (folder / part.name).open("rb") as file:
            kept_as = default_storage.save(name, File(file))
        if kept_as != name:
            default_storage.delete(kept_as)
            raise Refused(f"The store of files does not take “{name}” under its own name.")
        if number % 100 == 0 or number == len(parts):
            say(f"{number:,} of {len(parts):,} files …")


def put_back(parts: list[Part], stood: Iterable[str], aside: Path | None, say: Say) -> None:
    """It came to nothing: files of the backup that did not stand in the store go, and those that did stand again."""
    take_away({part.name.removeprefix(FILES) for part in parts} - set(stood))
    if aside is None:
        return
    root = Path(default_storage.path(""))
    for path in aside.rglob("*"):
        place = root / path.relative_to(aside)
        if path.is_file() and not (place.exists() and place.samefile(path)):
            place.unlink(missing_ok=True)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)
    say(f"The files that stood there have a second name in the folder {aside}, which you may take away.")


def take_away(there: Iterable[str]) -> None:
    """Take files out of the store that the database does not name and that were laid aside, or came by a restore."""
    for name in there:
        default_storage.delete(name)
