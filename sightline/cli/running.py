"""Commands that run: the web server and the worker that does the long work."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import click

from sightline.cli.starting import migrate, need_database, start


@click.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port to listen on.")
@click.option("--threads", default=8, show_default=True, help="How many requests at once in a process.")
@click.option("--processes", default=1, show_default=True, help="How many web processes.")
@click.option(
    "--worker/--no-worker", default=True, show_default=True, help="Run a job worker beside the server."
)
def serve(bind: str, threads: int, processes: int, worker: bool) -> None:
    """Serve the web pages, with a job worker beside it. Brings the database up to date first."""
    start()
    click.echo("Bringing the database up to date …")
    migrate()
    beside = subprocess.Popen([sys.executable, "-m", "sightline.cli.main", "work"]) if worker else None
    click.echo(f"Serving on http://{bind}  (Ctrl+C stops)")
    # gunicorn 27 would open a control socket in the home folder, which may be read-only.
    server = subprocess.Popen(  # noqa: S603
        [
            *(sys.executable, "-m", "gunicorn", "sightline.site.wsgi:application", "--bind", bind),
            *("--worker-class", "gthread", "--workers", str(processes), "--threads", str(threads)),
            *("--no-control-socket", "--timeout", "60", "--log-level", "warning"),
        ]
    )
    sys.exit(_wait(server, beside))


def _wait(server: subprocess.Popen[bytes], beside: subprocess.Popen[bytes] | None) -> int:
    """Until the server ends; a signal ends both, and the worker never outlives the server."""
    both = [server, *([beside] if beside else [])]

    def stop(*_: object) -> None:
        for process in both:
            process.terminate()

    signal.signal(signal.SIGTERM, stop)
    try:
        status = server.wait()
    except KeyboardInterrupt:
        status = server.wait()
    finally:
        stop()
        for process in both:
            process.wait()
    return 0 if status in (0, -signal.SIGTERM, -signal.SIGINT) else 1


@click.command()
def work() -> None:
    """Run a job worker: reads documents, sends mail, seals the journal. Stop it with Ctrl+C or SIGTERM."""
    need_database()
    from sightline.jobs.worker import work as work_until

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    work_until(stop)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(allow_dash=True))
def bounces(paths: tuple[str, ...]) -> None:
    """Take in e-mails that came back: files, folders of files, Maildirs, or - for one message from standard input.

    Reads delivery reports (RFC 3464) and marks addresses that do not work. Taken twice, a message changes nothing more.
    Nothing is moved or deleted. Exit status 2 where a path cannot be read.
    """
    need_database()
    from django.utils import timezone

    from sightline.events.choices import COMMAND_LINE
    from sightline.messages.services import take_reports

    known = unknown = others = 0
    for content in _messages_in(paths):
        taken = take_reports(content, by=COMMAND_LINE, now=timezone.now())
        known, unknown, others = known + taken.failures, unknown + taken.unknown, others + taken.others
        others += not taken.is_report
    click.echo(
        f"Failures of e-mails of ours: {known}. Of none of ours: {unknown}. No failure, or no report: {others}."
    )


def _messages_in(paths: tuple[str, ...]) -> Iterator[bytes]:
    """The content of each file; of a Maildir, those in `new` and `cur`."""
    for name in paths:
        if name == "-":
            yield sys.stdin.buffer.read()
            continue
        path = Path(name)
        if not path.exists():
            raise click.BadParameter(f"{name} cannot be read: there is none.", param_hint="PATHS")
        inside = [path / "new", path / "cur"] if (path / "cur").is_dir() else [path]
        try:
            for each in inside:
                for file in sorted(each.iterdir()) if each.is_dir() else [each]:
                    if file.is_file():
                        yield file.read_bytes()
        except OSError as wrong:
            raise click.BadParameter(f"{name} cannot be read: {wrong.strerror}", param_hint="PATHS") from None
