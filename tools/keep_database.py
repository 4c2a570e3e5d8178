"""Keep the database that this version makes, Wealdshire in it, for the test of upgrades (tests/keeping/earlier/).

    .venv/bin/python tools/keep_database.py

Run it when a version goes out, before the next one's first migration: tests/keeping/test_upgrade.py then brings that
database up to every later version, and wants every row and every column of it as they were. The newest two are enough
to keep.
"""

import datetime
import lzma
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EARLIER = ROOT / "tests" / "keeping" / "earlier"
# In a process of its own for each database: Django reads its settings once.
FILL = """
import django
django.setup()
from django.core.management import call_command
from django.utils import timezone
from sightline.demo.services import load
from sightline.events.services import seal
call_command("migrate", interactive=False, verbosity=0)
load(on=timezone.localdate(), progress=print)
seal(timezone.now())
"""


def fill(**environment: str) -> None:
    """Make the tables and load Wealdshire, sealed with the tests' journal key."""
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "sightline.site.settings.test", **environment}
    subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=given, check=True)


def on_sqlite(folder: Path) -> bytes:
    """The whole database file."""
    fill(SIGHTLINE_TEST_DB="sqlite", SIGHTLINE_DATA=str(folder))
    path = folder / "sightline.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=DELETE")
        made.execute("VACUUM")
    return path.read_bytes()


def on_postgres(folder: Path) -> bytes:
    """What pg_dump says of it, as SQL that needs no psql."""
    sys.path.insert(0, str(ROOT))
    import psycopg

    from tests import postgres

    with postgres.server() as socket:
        with psycopg.connect(
            host=str(socket), user=postgres.USER, dbname="postgres", autocommit=True
        ) as server:
            server.execute("CREATE DATABASE sightline")
        fill(SIGHTLINE_TEST_DB="postgres", SIGHTLINE_TEST_PG_SOCKET=str(socket), SIGHTLINE_DATA=str(folder))
        dump = ["pg_dump", "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=500"]
        address = [f"--host={socket}", f"--username={postgres.USER}", "sightline"]
        return subprocess.run([*dump, *address], stdout=subprocess.PIPE, check=True).stdout


def main() -> None:
    day = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
    for ending, make in (("sqlite3", on_sqlite), ("sql", on_postgres)):
        with tempfile.TemporaryDirectory() as folder:
            path = EARLIER / f"{day}.{ending}.xz"
            path.write_bytes(lzma.compress(make(Path(folder)), preset=9))
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
