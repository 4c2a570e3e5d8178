"""A deed: what a service does, in one transaction, with its journal entries.

A deed within a deed is a part of it: it takes no savepoint of its own, and the entries of all parts are written with
one statement at the end. Cheap enough that services may be made of services.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection, transaction

from sightline.events.models import Entry, PersonalValue

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Written:
    """An entry, with the personal values that stand in the side table."""

    entry: Entry
    personal: tuple[PersonalValue, ...] = ()


@dataclass(slots=True)
class _Deed:
    """What a deed has still to write. `savepoints`: those that stood when it began."""

    savepoints: list[str]
    waiting: list[Written] = field(default_factory=list)


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
        before = len(doing.waiting)
        try:
            with transaction.atomic(savepoint=False):
                return service(*args, **kwargs)
        except BaseException:
            del doing.waiting[before:]
            raise

    return whole


def _begin(service: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    with transaction.atomic():
        begun = _Deed(_savepoints())
        token = _under_way.set(begun)
        try:
            result = service(*args, **kwargs)
        finally:
            _under_way.reset(token)
        write(begun.waiting)
        return result


def under_way() -> object | None:
    """The deed that is being done, told apart from every other; None where there is none."""
    return _under_way.get()


def keep(written: Written) -> None:
    """Write the entry at the end of the deed under way; at once where there is none.

    Also at once inside a savepoint that the deed's own code set: what is undone there must not be told of later.
    """
    doing = _under_way.get()
    if doing is not None and doing.savepoints == _savepoints():
        doing.waiting.append(written)
    else:
        write([written])


def write(kept: list[Written]) -> None:
    """Insert entries in their order, with their personal values."""
    Entry.objects.bulk_create([written.entry for written in kept])
    PersonalValue.objects.bulk_create([value for written in kept for value in written.personal])


def _savepoints() -> list[str]:
    return [savepoint for savepoint in connection.savepoint_ids if savepoint]
