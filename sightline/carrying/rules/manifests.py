"""What an export says of itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sightline.carrying.choices import FORMAT


@dataclass(frozen=True)
class Part:
    """One part: its name, its bytes, its fingerprint; how many rows it has, None where it has none."""

    name: str
    size: int
    sha256: str
    rows: int | None = None


@dataclass(frozen=True)
class TableTold:
    """How many rows of a table are in it, and how many were left out for their tier; None where that is not told."""

    name: str
    rows: int
    left_out: int | None


@dataclass(frozen=True)
class Manifest:
    """What an export says of itself. `not_exported`: tables, each with the reason and, where told, its rows."""

    made_at: str
    made_by: str
    reason: str
    version: str
    highest_tier: str
    tables: Sequence[TableTold]
    not_exported: Sequence[Mapping[str, str | int | None]]
    parts: Sequence[Part]
    files: int
    missing: Sequence[str] = ()
    changed: Sequence[str] = ()

    @property
    def rows(self) -> int:
        """The rows of all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def withheld(self) -> int:
        """The rows left out for their tier, as far as they are told."""
        return sum(table.left_out or 0 for table in self.tables)

    @property
    def is_whole(self) -> bool:
        """Whether every file that a row names is in it, as it was stored."""
        return not self.missing and not self.changed

    def as_json(self) -> str:
        """The manifest as it stands in the export."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False) + "\n"


def sums(parts: Sequence[Part]) -> str:
    """The fingerprints as `sha256sum --check` reads them."""
    return "".join(f"{part.sha256}  {part.name}\n" for part in parts)
