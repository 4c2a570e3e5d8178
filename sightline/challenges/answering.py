"""What answers a challenge elsewhere: whoever stands above offers it here, and challenges never ask by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answering:
    """Something that answers, as a line of the page: an action of a plan with how it stands."""

    href: str
    title: str
    where: str
    state: str
    reason: str


# By the reader and the record: what answers it, as far as the reader may know of it.
Answers = Callable[[Any, Any], Iterable[Answering]]
_offered: dict[str, Answers] = {}


def offer(app_label: str, answers: Answers) -> None:
    """Let an app tell what answers our records. A second call for the same app replaces the first."""
    _offered[app_label] = answers


def forget(app_label: str) -> None:
    """Take it away: for tests that offer their own."""
    _offered.pop(app_label, None)


def answering(user: Any, record: Any) -> tuple[Answering, ...]:
    """All that answers this record, in the order in which apps offer it."""
    return tuple(each for answers in _offered.values() for each in answers(user, record))
