"""The register of jobs: a function in an app's jobs.py, its retries and its schedule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from sightline.events.choices import Actor
from sightline.jobs.choices import UnknownJob
from sightline.jobs.rules import wait_after


class JobContext(Protocol):
    """What a running job is given."""

    @property
    def job_id(self) -> int:
        """The job's number."""

    @property
    def by(self) -> Actor:
        """Who asked for it."""

    def progress(self, done: int, total: int, sentence: str = "") -> None:
        """Say how far it is. Raises LostLease where another worker has taken the job over."""


# What a job returns: how many rows it wrote that tell no story of their own; nothing where it wrote none.
Run = Callable[..., int | None]
# What is told once a job is tried no more: its arguments, who asked for it, and what went wrong, in a sentence.
GaveUp = Callable[[Mapping[str, Any], Actor, str], None]


@dataclass(frozen=True)
class Definition:
    """A registered job."""

    name: str
    run: Run
    label: str
    retries: int
    backoff: Callable[[int], timedelta]
    every: timedelta | None = None
    gave_up: GaveUp | None = None


_jobs: dict[str, Definition] = {}


def job(
    name: str,
    *,
    label: str = "",
    retries: int = 3,
    backoff: Callable[[int], timedelta] = wait_after,
    gave_up: GaveUp | None = None,
) -> Callable[[Run], Run]:
    """Register `fn(run: JobContext, **args)` under `app.verb`.

    It may be run again after a crash, so what it writes it writes through services that can be called twice.
    `backoff` gives the wait after so many attempts. `gave_up` is called, in the transaction that notes it, once the
    job is tried no more, also where every worker that tried it was killed. Raises ValueError for a name that another
    function has.
    """

    def registered(run: Run) -> Run:
        standing = _jobs.get(name)
        if standing is not None and _home(standing.run) != _home(run):
            raise ValueError(f"The job {name!r} is registered already.")
        _jobs[name] = Definition(name, run, label or name, retries, backoff, gave_up=gave_up)
        return run

    return registered


def every(*, minutes: int = 0, hours: int = 0) -> Callable[[Run], Run]:
    """Run a registered job again and again, this far apart. Stands above @job. Raises ValueError otherwise."""
    apart = timedelta(minutes=minutes, hours=hours)
    if apart <= timedelta(0):
        raise ValueError("A schedule needs a number of minutes or hours.")

    def scheduled(run: Run) -> Run:
        for name, found in _jobs.items():
            if found.run is run:
                _jobs[name] = replace(found, every=apart)
                return run
        raise ValueError("@every stands above @job.")

    return scheduled


def definition(name: str) -> Definition:
    """The job of this name. Raises UnknownJob."""
    try:
        return _jobs[name]
    except KeyError:
        raise UnknownJob(f"There is no job {name!r}.") from None


def label_of(name: str) -> str:
    """The job's label; its name where no app has it any more."""
    found = _jobs.get(name)
    return found.label if found else name


def scheduled_jobs() -> Mapping[str, timedelta]:
    """How far apart each scheduled job runs."""
    return {name: found.every for name, found in _jobs.items() if found.every is not None}


def forget(name: str) -> None:
    """Take a job out of the register: for tests that register their own."""
    _jobs.pop(name, None)


def _home(run: Any) -> tuple[str, str]:
    return run.__module__, run.__qualname__
