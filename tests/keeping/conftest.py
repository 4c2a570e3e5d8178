"""A database and a store of files of a test's own, that it may take away and have put back."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest
from django.conf import settings as django_settings
from django.db import connection

from sightline.cli.main import main
from sightline.documents import services as documents
from sightline.events.choices import Actor, Tier
from tests.conftest import ON_POSTGRES
from tests.documents.bucket import bucket, simulator
from tests.documents.making import file, pdf
from tests.plans.making import NOW, make_action, make_group, make_plan

__all__ = ["bucket", "simulator"]
BY = Actor("system", "test", "A test")


@dataclass(frozen=True)
class Said:
    """What a command left with and said."""

    status: int
    out: str
    err: str


@dataclass(frozen=True)
class Keys:
    """A pair of keys: the public one, and the file that holds the private one."""

    public: str
    file: Path


def new_keys(path: Path) -> Keys:
    identity = pyrage.x25519.Identity.generate()
    path.write_text(f"# created by a test\n{identity}\n", encoding="ascii")
    return Keys(str(identity.to_public()), path)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return new_keys(tmp_path / "private.txt")


class Own:
    """The database and the files of one test."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._number = folder, 0
        self._name = str(connection.settings_dict["NAME"])

    def begin(self) -> None:
        """A copy of the tests' database, with every table and no records."""
        connection.close()
        if ON_POSTGRES:
            self._empty(template=self._name)
        else:
            path = self.folder / "own.sqlite3"
            with closing(sqlite3.connect(self._name)) as source, closing(sqlite3.connect(path)) as copy:
                source.backup(copy)
            connection.settings_dict["NAME"] = str(path)

    def become(self, kept: bytes) -> None:
        """The database that these bytes are: SQLite's file, or what pg_dump wrote as SQL."""
        if not ON_POSTGRES:
            connection.close()
            (self.folder / "own.sqlite3").write_bytes(kept)
            return
        self._empty(template="template1")
        # Lines for psql alone begin with a backslash.
        lines = (line for line in kept.decode().splitlines(keepends=True) if not line.startswith("\\"))
        given = connection.settings_dict
        with psycopg.connect(host=given["HOST"], user=given["USER"], dbname=given["NAME"]) as made:
            made.execute("".join(lines).encode())

    def wipe(self, *, files: bool = True) -> None:
        """All is gone: the computer burnt down."""
        connection.close()
        if ON_POSTGRES:
            self._empty(template="template1")
        else:
            for path in self.folder.glob("own.sqlite3*"):
                path.unlink()
        for path in self.files() if files else ():
            path.unlink()

    def _empty(self, template: str) -> None:
        with self._server() as server:
            self._number += 1
            name = f"own_{self._name}_{self._number}"
            server.execute(f'DROP DATABASE IF EXISTS "{name}"')
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        connection.settings_dict["NAME"] = name

    def _server(self) -> Any:
        given = connection.settings_dict
        return psycopg.connect(host=given["HOST"], user=given["USER"], dbname="postgres", autocommit=True)

    def end(self) -> None:
        """The tests' own database again."""
        connection.close()
        connection.settings_dict["NAME"] = self._name
        if ON_POSTGRES:
            with self._server() as server:
                for number in range(1, self._number + 1):
                    server.execute(f'DROP DATABASE IF EXISTS "own_{self._name}_{number}"')

    def files(self) -> list[Path]:
        return sorted(path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file())


@pytest.fixture
def own(django_db_setup: None, django_db_blocker: Any, tmp_path: Path, settings: Any) -> Iterator[Own]:
    """A database and a store of one's own."""
    settings.DATA = tmp_path / "data"
    settings.MEDIA_ROOT = tmp_path / "data" / "files"
    settings.DATA.mkdir()
    with django_db_blocker.unblock():
        made = Own(tmp_path)
        try:
            made.begin()
            yield made
        finally:
            made.end()


@pytest.fixture
def filled(own: Own) -> Own:
    """A plan with an action, and two files that rows name."""
    make_action(make_plan(make_group()), due="2026-09-01")
    looked = documents.look_at([file(pdf(), "Audit.pdf"), file(b"Twelve children said so.", "voices.txt")])
    documents.store(looked, tier=Tier.T2, by=BY, now=NOW)
    return own


@pytest.fixture
def sightline(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Run `sightline` with these words, in this process."""

    def run(*words: object) -> Said:
        monkeypatch.setattr(sys, "argv", ["sightline", *map(str, words)])
        with pytest.raises(SystemExit) as leaving:
            main()
        out, err = capfd.readouterr()
        return Said(int(leaving.value.code or 0), out, err)

    return run
