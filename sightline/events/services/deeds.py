"""A deed: what a service does, in one transaction, with its journal entries.

A deed within a deed is a part of it: it takes no savepoint of its own. What every part leaves for the end, such as the
entries, is written with one statement for all. Cheap enough that services may be made of services.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

from sightline.events import net
from sightline.events.models import Entry, PersonalValue
from sightline.events.services.netting import mark_deed

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Writer = Callable[[Sequence[T]], None]


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, with the personal values that stand in the side table."""

    entry: Entry
    personal: tuple[PersonalValue, ...] = ()


@dataclass(slots=True)
class _Deed:
    """What a deed has still to write. `savepoints`: those that stood when it began."""

    savepoints: list[str]
    waiting: dict[Writer[Any], list[Any]] = field(default_factory=dict)

    def count(self) -> dict[Writer[Any], int]:
        """How much waits, by who will write it."""
        return {writer: len(items) for writer, items in self.waiting.items()}

    def forget_since(self, before: dict[Writer[Any], int]) -> None:
        """Let go of what has been left since it was counted."""
        for writer, items in self.waiting.items():
            del items[before.get(writer, 0) :]


_under_way: ContextVar[_Deed | None] = ContextVar("deed under way", default=None)


def deed(service: Callable[P, R]) -> Callable[P, R]:
    """All that the service writes, or nothing: its rows and its journal entries stand or fall together.

    Whoever calls a service from another must not swallow its exceptions: nothing of the whole deed can then be kept.
    """

    @wraps(service)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        doing = _under_way.get()
        if doing is None:
            return _begin(service, *args, **kwargs)
        before = doing.count()
        try:
            with transaction.atomic(savepoint=False):
                return service(*args, **kwargs)
        except BaseException:
            doing.forget_since(before)
            raise

    return whole


def _begin(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    end = net.begin()
    try:
        with transaction.atomic():
            begun = _Deed(_savepoints())
            token = _under_way.set(begun)
            try:
                result = service(*args, **kwargs)
            finally:
                _under_way.reset(token)
            for writer, items in begun.waiting.items():
                writer(items)
            return result
    finally:
        end()


def under_way() -> object | None:
    """The deed that is being done, told apart from every other; None where there is none."""
    return _under_way.get()


def at_end(writer: Writer[T], item: T) -> None:
    """Leave an item for the end of the deed under way, where `writer` gets all that were left for it; at once without.

    Also at once inside a savepoint that the deed's own code set: what is undone there must not be written later.
    """
    doing = _under_way.get()
    if doing is not None and doing.savepoints == _savepoints():
        doing.waiting.setdefault(writer, []).append(item)
    else:
        writer([item])


def write(kept: Sequence[Written]) -> None:
    """Insert entries in their order, with their personal values."""
    entries = [written.entry for written in kept]
    mark_deed(entries)
    Entry.objects.bulk_create(entries)
    PersonalValue.objects.bulk_create([value for written in kept for value in written.personal])


def _savepoints() -> list[str]:
    return [savepoint for savepoint in connection.savepoint_ids if savepoint]
