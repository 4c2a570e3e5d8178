"""Writing an export into an empty folder: the tables of one moment, then the files that their rows name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage
from django.db import connection

from sightline import __version__
from sightline.carrying import choices
from sightline.carrying.rules import Manifest, Part, Table, TableTold, file_part, left_out, sums
from sightline.carrying.selectors import file_fields, model_of, rows_of, tables_for, values_of
from sightline.carrying.services.dictionary import described
from sightline.carrying.services.parts import part, write_rows, write_text

if TYPE_CHECKING:
    from sightline.carrying.permissions import Who

# Done, of how many, in words. Called outside the moment in which the tables are read alone.
Say = Callable[[int, int, str], None]
CHUNK = 1024 * 1024
BEGIN = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@dataclass(frozen=True)
class Asked:
    """Who an export is for. `reader`: None on the server, where every table goes out to T2, and counts are told."""

    reader: Who | None
    label: str
    reason: str
    now: datetime

    @property
    def on_server(self) -> bool:
        """Whether somebody makes it who has the server."""
        return self.reader is None


@dataclass
class _Names:
    """Files that rows name: table, number, field, name in the store, fingerprint as the row has it."""

    rows: list[tuple[str, Any, str, str, str]] = field(default_factory=list)


def write_export(folder: Path, asked: Asked, say: Say) -> Manifest:
    """Write everything into a folder that is empty. Memory does not grow with the rows, but with the files' names."""
    names, parts, told = _Names(), list[Part](), list[TableTold]()
    wanted = tables_for(on_server=asked.on_server)
    say(0, 1, f"Writing {len(wanted)} tables …")
    with one_moment():
        for table in wanted:
            written, one = _table(folder, table, asked, names)
            parts += written
            told.append(one)
        without = list(_not_exported(asked))
    parts += write_rows(folder, choices.DICTIONARY, choices.DICTIONARY_COLUMNS, described(wanted))
    files, listing, missing, changed = _files(folder, names, say)
    manifest = Manifest(
        made_at=asked.now.astimezone(UTC).isoformat(),
        made_by=asked.label,
        reason=asked.reason,
        version=__version__,
        highest_tier=choices.HIGHEST,
        tables=told,
        not_exported=without,
        parts=[*parts, *files, *listing, _readme(folder, asked)],
        files=len(files),
        missing=missing,
        changed=changed,
    )
    last = write_text(folder, choices.MANIFEST, manifest.as_json())
    write_text(folder, choices.SUMS, sums([*manifest.parts, last]))
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of one moment, and nobody waits for it: readers hold up no writer on either database.

    Not by Django's own transaction, which on SQLite would take the lock of a writer at once.
    """
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(BEGIN[connection.vendor])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _table(folder: Path, table: Table, asked: Asked, names: _Names) -> tuple[tuple[Part, Part], TableTold]:
    rows = rows_of(table, asked.reader)
    values = _noting(table, values_of(table, rows), names)
    written = write_rows(folder, f"{choices.TABLES}{table.name}", table.fields, values)
    count = written[0].rows or 0
    left = model_of(table.label)._base_manager.count() - count if asked.on_server else None
    return written, TableTold(table.name, count, left)


def _noting(table: Table, rows: Iterator[tuple[Any, ...]], names: _Names) -> Iterator[tuple[Any, ...]]:
    """The rows as they are; the files that they name are noted as they pass."""
    places = [(name, table.fields.index(name)) for name in file_fields(table)]
    number = table.fields.index("id") if places else 0
    digest = table.fields.index("sha256") if places else 0
    for row in rows:
        for name, at in places:
            if row[at]:
                names.rows.append((table.name, row[number], name, row[at], row[digest]))
        yield row


def _not_exported(asked: Asked) -> Iterator[dict[str, str | int | None]]:
    for label, reason in left_out().items():
        rows = model_of(label)._base_manager.count() if asked.on_server else None
        yield {"name": label.lower(), "reason": reason, "rows": rows}
    if not asked.on_server:
        here = {table.label for table in tables_for(on_server=False)}
        for table in tables_for(on_server=True):
            if table.label not in here:
                reason = "Only whoever has the server exports it: not everybody who exports here may read it."
                yield {"name": table.name, "reason": reason, "rows": None}


def _files(
    folder: Path, names: _Names, say: Say
) -> tuple[list[Part], tuple[Part, Part], list[str], list[str]]:
    """Every file that a row names, once for the same bytes; the list of them; which are missing, and which changed."""
    parts: dict[str, Part] = {}
    listed: list[tuple[Any, ...]] = []
    missing: list[str] = []
    changed: list[str] = []
    total = len(names.rows) + 1
    for done, (table, number, name, stored, sha256) in enumerate(names.rows, 1):
        target = file_part(sha256, stored)
        if target not in parts:
            found = _copied(folder, stored, target)
            state = "missing" if found is None else "whole" if found.sha256 == sha256 else "changed"
            if found is None:
                missing.append(stored)
            elif state == "whole":
                parts[target] = found
            else:
                # It is no longer what its name would say.
                (folder / target).unlink()
                changed.append(stored)
        else:
            state = "whole"
        kept = target if state == "whole" else ""
        listed.append((table, number, name, stored, sha256, kept, state))
        if done % 25 == 0 or done == len(names.rows):
            say(done, total, f"{done:,} of {len(names.rows):,} files …")
    told = write_rows(folder, choices.FILE_LIST, choices.FILE_COLUMNS, listed)
    return list(parts.values()), told, missing, changed


def _copied(folder: Path, stored: str, target: str) -> Part | None:
    """Copy a stored file; None where it is not in the store."""
    try:
        opened: Any = default_storage.open(stored, "rb")
    except FileNotFoundError:
        return None
    with opened, part(folder, target) as out:
        for chunk in opened.chunks(CHUNK):
            out.write(chunk)
        return out.told()


def _readme(folder: Path, asked: Asked) -> Part:
    more = choices.ALL_COUNTED if asked.on_server else choices.NOT_COUNTED
    return write_text(folder, choices.README, choices.HOW_TO_READ + more)
