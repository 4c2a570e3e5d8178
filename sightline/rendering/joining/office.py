"""Word made PDF by a LibreOffice that somebody installed: bounded in time, memory and size, and never waited for."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import sightline

_MEGABYTE = 1024 * 1024
# LibreOffice reserves far more than it uses.
_MEMORY, _SIZE = 4096 * _MEGABYTE, 200 * _MEGABYTE


class NotConverted(Exception):
    """There is no PDF of it; the message is one sentence fit to show."""


def word_to_pdf(program: str, paper: Path, folder: Path, seconds: int) -> Path:
    """The PDF that the program (the path of `soffice`) makes of a paper, inside `folder`. Raises NotConverted."""
    command = [
        sys.executable, "-s", "-P", "-m", "sightline.rendering.joining.bounded", str(seconds), str(_MEMORY), str(_SIZE),
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--norestore", "--nolockcheck", "--convert-to", "pdf", "--outdir", str(folder), str(paper),
    ]  # fmt: skip
    _run(command, folder, seconds)
    made = folder / f"{paper.stem}.pdf"
    if not made.is_file() or not made.stat().st_size:
        raise NotConverted("LibreOffice made no PDF of this paper, so it is attached as it is.")
    return made


def _run(command: list[str], folder: Path, seconds: int) -> None:
    environment = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "PYTHONPATH": str(Path(sightline.__file__).parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with subprocess.Popen(  # noqa: S603  (a program that the settings name; the paper has a name of ours)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    ) as child:
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            raise NotConverted(
                "LibreOffice took too long to make this paper a PDF, so it is attached as it is."
            ) from None
        finally:
            with contextlib.suppress(ProcessLookupError):  # and whatever it left running
                os.killpg(child.pid, signal.SIGKILL)
