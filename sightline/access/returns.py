"""Kinds of return that somebody without an account answers by a link and a code: each app offers its own.

It stands here so that every app can offer one without access knowing it: the app's page is an address of its own below
`return/SECRET/`, marked with `by_return`, which lets in nobody but a browser that entered the code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ReturnKind:
    """A kind of return. `address`: the name of its page; `is_wanted`: whether the record of this number still asks."""

    key: str
    address: str
    is_wanted: Callable[[int], bool]


_offered: dict[str, tuple[ReturnKind, ...]] = {}


def offer(app_label: str, kinds: Iterable[ReturnKind]) -> None:
    """Let an app's returns be asked for. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(kinds)


def kind_named(key: str) -> ReturnKind:
    """The kind of this key. Raises LookupError."""
    for kind in (kind for kinds in _offered.values() for kind in kinds):
        if kind.key == key:
            return kind
    raise LookupError(f"No app offers a return called {key!r}.")
