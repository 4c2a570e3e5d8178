"""The tests' own PostgreSQL."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests import postgres


def _rows(socket: Path) -> list[tuple[object, ...]]:
    with psycopg.connect(host=str(socket), user=postgres.USER, dbname="postgres") as connection:
        return connection.execute("select 1 + 1").fetchall()


@pytest.mark.parametrize("choice", ["", "wheel"])
def test_a_server_starts_answers_and_leaves_nothing_behind(
    choice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGHTLINE_POSTGRES", choice)
    with postgres.server() as socket:
        assert _rows(socket) == [(2,)]
        assert socket.parent == Path("/tmp")  # noqa: S108
    assert not socket.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie one process's life to another's")
def test_the_server_stops_when_the_tests_are_killed(tmp_path: Path) -> None:
    script = (
        "import os, sys; from tests.postgres import server\n"
        "with server() as socket:\n"
        "    print(socket, (socket / 'data' / 'postmaster.pid').read_text().split()[0], flush=True)\n"
        "    sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[1],
    )
    assert child.stdout is not None
    assert child.stdin is not None
    socket, pid = child.stdout.readline().split()
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()
    try:
        assert _gone(int(pid))
    finally:
        subprocess.run(["rm", "-rf", socket], check=True)


def _gone(pid: int) -> bool:
    import time

    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().split(") ")[1].startswith("Z"):
            return True
        time.sleep(0.05)
    return False
