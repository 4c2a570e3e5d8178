"""A server of one's own, as `sightline serve` starts it, that can be killed at any moment."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.resilience.visiting import NoAnswer, Visitor

ROOT = Path(__file__).resolve().parents[2]
SIGHTLINE = [sys.executable, "-m", "sightline.cli.main"]
EMAIL = "manager@wealdshire.example"
START_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _group_lives(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


class Installation:
    """A folder with a partnership in it, and the server that runs on it."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": "sightline.site.settings.development",
            "SIGHTLINE_DATA": str(folder),
            "DATABASE_URL": database,
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.port = 0
        self.password = self._begin()

    def run(self, *words: str) -> str:
        """Run a command of Sightline's and give what it says; it must succeed."""
        return self._run([*SIGHTLINE, *words])

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
        return done.stdout

    def _begin(self) -> str:
        name, manager = "Wealdshire Safeguarding Children Partnership", "Jo Marsh"
        partnership = ["--name", name, "--short-name", "WSCP", "--area", "Wealdshire"]
        said = self.run("init", *partnership, "--manager-name", manager, "--manager-email", EMAIL)
        return said.rsplit(":", 1)[1].strip()

    def start(self) -> Visitor:
        """Start the server and its worker; somebody who is signed in as the manager."""
        self.port = free_port()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*SIGHTLINE, "serve", "--bind", f"127.0.0.1:{self.port}"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        visitor = Visitor(f"http://127.0.0.1:{self.port}/")
        self._wait_for(visitor)
        page = visitor.get("/sign-in/")
        page = visitor.send(page, page.form("[name=password]"), email=EMAIL, password=self.password)
        assert page.status == 200, page.html
        assert not page.has("[name=password]"), page.html
        return visitor

    def _wait_for(self, visitor: Visitor) -> None:
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                if visitor.get("/health/").status == 200:
                    return
            except NoAnswer:
                pass
            assert time.monotonic() < end, (self.folder / "server.log").read_text(errors="replace")
            time.sleep(0.2)

    def kill(self) -> None:
        """Kill the web processes and the worker where they stand, as a power cut would."""
        process = self.process
        if process and process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def wait_until_gone(self) -> None:
        """Wait for the server's end: the kernel takes the processes of a group down one after the other."""
        assert self.process
        self.process.wait(timeout=START_SECONDS)
        end = time.monotonic() + START_SECONDS
        while _group_lives(self.process.pid):
            assert time.monotonic() < end
            time.sleep(0.01)

    def state(self, head: str) -> dict[str, Any]:
        """What the database holds, and whether the journal verifies, also against a head printed earlier."""
        answer = self._run([sys.executable, "-m", "tests.resilience.state", head])
        return dict(json.loads(re.sub(r"^[^{]*", "", answer, count=1)))
