"""The manifest of a backup: what it says, read back with care, and which names a part may have."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from sightline.keeping.choices import DATABASES, FILES, FORMAT, README, Refused


@dataclass(frozen=True)
class Part:
    """One part of a backup: its name in the archive, its bytes, its fingerprint."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Head:
    """The journal's newest seal; nought and empty before the first. `entries`: the number of the newest entry."""

    sequence: int = 0
    mac: str = ""
    key_print: str = ""
    entries: int = 0

    @property
    def printed(self) -> str:
        """The head as it is printed in minutes; empty before the first sealing."""
        return f"{self.sequence}-{self.mac[:20]}" if self.sequence else ""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    version: str
    kind: str
    server: str
    migrations: Sequence[tuple[str, str]]
    tables: Mapping[str, int]
    head: Head
    parts: Sequence[Part]
    missing: Sequence[str] = ()
    changed: Sequence[str] = ()

    def as_json(self) -> str:
        """The manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"

    @property
    def database(self) -> str:
        """The name of the part that holds the database."""
        return DATABASES[self.kind]

    @property
    def is_whole(self) -> bool:
        """Whether every file that the database names is in it, as it was stored."""
        return not self.missing and not self.changed

    @property
    def files(self) -> list[Part]:
        """The stored files."""
        return [part for part in self.parts if part.name.startswith(FILES)]


def is_part(name: str) -> bool:
    """Whether a part of a backup may have this name: nothing that leads out of the folder it is unpacked into."""
    path = PurePosixPath(name)
    plain = str(path) == name and not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return plain and (name in {README, *DATABASES.values()} or name.startswith(FILES))


def parse(text: bytes) -> Manifest:
    """The manifest of a backup. Raises Refused where it is none, or one of a later form."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found.pop("format") != FORMAT:
            raise Refused("This backup has a form that this version of Sightline does not know.")
        return _manifest(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Refused("This is not a whole backup: what it says of itself cannot be read.") from None


def _manifest(found: dict[str, Any]) -> Manifest:
    found["head"] = Head(**found["head"])
    found["parts"] = [Part(**part) for part in found["parts"]]
    found["migrations"] = [(str(app), str(name)) for app, name in found["migrations"]]
    if found["kind"] not in DATABASES:
        raise ValueError
    return Manifest(**found)


def sums(parts: Sequence[Part]) -> str:
    """The fingerprints as `sha256sum --check` reads them."""
    return "".join(f"{part.sha256}  {part.name}\n" for part in parts)
