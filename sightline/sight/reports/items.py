"""One record of a thread as pages and documents show it, and the step it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from sightline.sight.choices import StartKind


@dataclass(frozen=True)
class Tagged:
    """How an action stands, as the page shows it in tags."""

    state: str
    is_complete: bool
    delivery: str
    impact: str


@dataclass(frozen=True)
class Item:
    """One record of a step. `key` joins it to others; `details` are short sentences; `links` lead to reports,
    `tied` to actions it was carried from or goes on as."""

    key: str
    words: str
    href: str = ""
    thread_href: str = ""
    details: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    tied: tuple[tuple[str, str], ...] = ()
    tags: Tagged | None = None
    short: str = ""
    is_start: bool = False


@dataclass(frozen=True)
class Step:
    """One step of the line of sight. `nothing` says what it means that nothing stands here."""

    key: str
    title: str
    items: tuple[Item, ...]
    nothing: str


def thread_href(kind: StartKind, key: str) -> str:
    """The thread of a record."""
    return reverse("sight:thread", args=[kind.value, key])
