"""What answers a challenge or scrutiny entry, or treats a risk: told by whoever stands above, joined in its apps.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Answered:
    """One thing that answers a record. `thread`: where one looks along it; `end`: where one says that it does no more.

    `ended` says since when and why it answers no more; empty while it does.
    """

    words: str
    href: str
    thread: str
    reason: str
    since: date
    ended: str = ""
    end: str = ""


@dataclass(frozen=True)
class Offer:
    """`answers(user, record)` in one query; `name(record)` is the address of the form that names one; `thread(record)`
    that of the record's line of sight.
    """

    answers: Callable[[Any, Model], Sequence[Answered]]
    name: Callable[[Model], str]
    thread: Callable[[Model], str]


@dataclass(frozen=True)
class AnswersShown:
    """What answers a record, where another is named by those who may, and where one looks along its line of sight."""

    title: str
    rows: tuple[Answered, ...]
    name: tuple[str, ...]
    threads: tuple[str, ...]


_offered: dict[str, Offer] = {}


def offer(app_label: str, offered: Offer) -> None:
    """Let an app tell what answers records. A second call for the same app replaces the first."""
    _offered[app_label] = offered


def answers_of(user: Any, record: Model, title: str, *, may_name: bool) -> AnswersShown:
    """What answers a record, as far as its reader may read it; one query for each app that tells."""
    rows = tuple(each for told in _offered.values() for each in told.answers(user, record))
    names = tuple(told.name(record) for told in _offered.values()) if may_name else ()
    threads = tuple(told.thread(record) for told in _offered.values())
    return AnswersShown(title, rows, names, threads)
