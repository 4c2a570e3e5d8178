"""Who may read the record that a journal entry is about: each app offers its records and its own scoped selectors.

It stands this low, like the marks of views, so that every app can offer without knowing the journal's pages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

# What belongs to a record and has entries of its own: model (of the same app) → numbers.
Parts = Mapping[str, Collection[int]]


def _no_parts(record: Any) -> Parts:
    return {}


# Whose records are, by their numbers: keys of agencies.
Agencies = Mapping[int, Collection[str]]


def _no_agencies(numbers: Collection[int]) -> Agencies:
    return {}


@dataclass(frozen=True)
class Guard:
    """A kind of record that is asked who may read it.

    `visible` is the app's own scoped selector, None where the person may read none. Of a child-level or restricted
    kind it goes by the case list, and entries of such a tier show through it or not at all. `address` is the page
    of one record, `parts` what else its time line tells of, `agencies` whose records of these numbers are, `concerning`
    those that are about the reader, so that somebody else removes the personal values of their entries.
    """

    app: str
    model: type[Model]
    visible: Callable[[Any], QuerySet[Any] | None]
    address: Callable[[Any], str] = lambda record: ""
    parts: Callable[[Any], Parts] = _no_parts
    agencies: Callable[[Collection[int]], Agencies] = _no_agencies
    concerning: Callable[[Any], QuerySet[Any] | None] = lambda reader: None

    @property
    def key(self) -> tuple[str, str]:
        """The app and the model's name, as entries keep them."""
        return (self.app, str(self.model._meta.model_name))

    @property
    def noun(self) -> str:
        """What such a record is called."""
        return str(self.model._meta.verbose_name)


_offered: dict[str, tuple[Guard, ...]] = {}


def offer(app_label: str, guards: Iterable[Guard]) -> None:
    """Let an app's records be asked. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(guards)


# What other apps keep about a record, by the record's app, model and number: app, model → numbers.
Beside = Callable[[str, str, int], Mapping[tuple[str, str], Collection[int]]]
_beside: dict[str, Beside] = {}


def keep_beside(app_label: str, about: Beside) -> None:
    """Let an app tell what it keeps about records of others, so that their time lines tell of it."""
    _beside[app_label] = about


def kept_beside(app: str, model: str, number: int) -> dict[tuple[str, str], Collection[int]]:
    """All that other apps keep about one record."""
    return {key: rows for about in _beside.values() for key, rows in about(app, model, number).items()}


def forget(app_label: str) -> None:
    """Take an app's guards away: for tests that offer their own."""
    _offered.pop(app_label, None)


def guards() -> dict[tuple[str, str], Guard]:
    """Every guard by app and model."""
    return {guard.key: guard for offered in _offered.values() for guard in offered}
