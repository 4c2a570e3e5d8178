"""Several threads at once: on PostgreSQL alone, where they truly are (SQLite lets one write after the other)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connections

from sightline.events.choices import StaleRecord, Unacceptable
from tests.conftest import ON_POSTGRES

T = TypeVar("T")

AT_ONCE = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        not ON_POSTGRES, reason="SQLite in memory has one connection, so nothing happens at once"
    ),
]


def at_once(deed: Callable[[int], T], many: int) -> list[T | StaleRecord | Unacceptable]:
    """What each of so many threads, numbered from 0, got, or the refusal it met. All of them begin together."""
    gate = Barrier(many)

    def alone(number: int) -> T | StaleRecord | Unacceptable:
        try:
            gate.wait(20)
            return deed(number)
        except (StaleRecord, Unacceptable) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(alone, range(many)))
