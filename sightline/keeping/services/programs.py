"""PostgreSQL's own programs, run with the connection's address; the password goes by the environment."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from sightline.keeping.choices import Refused


def run(program: str, options: Sequence[str]) -> None:
    """Run `pg_dump` or `pg_restore` on our database. Raises Refused with what it says where it fails."""
    words, given = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    *address, database = words[1:]
    command = [_found(program), *address, "--no-password", f"--dbname={database}", *options]
    environment = {**os.environ, **(given or {}), "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603 - our own words and the settings'
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise Refused(f"{program} could not do it: {said[0] if said else 'it said nothing.'}")


def check_fits(program: str) -> None:
    """Refuse with a sentence where the program is missing, or older than the server, which it then cannot read."""
    told = subprocess.run(  # noqa: S603
        [_found(program), "--version"], capture_output=True, text=True, check=False
    ).stdout
    number = re.search(r"\b(\d+)(?:\.\d+)*", told)
    ours, server = int(number[1]) if number else 0, server_version()
    if ours < server:
        raise Refused(
            f"{program} is of version {ours}, and the server is PostgreSQL {server}: install "
            f"postgresql-client-{server}, or put its folder first in PATH."
        )


def server_version() -> int:
    """The server's main version."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise Refused(
            f"{program} is not installed on this computer: install PostgreSQL's client programs "
            "(Debian: postgresql-client), of the server's version or newer."
        )
    return path
