"""Lists and plans taken away as CSV, beside a bare dump of the same columns of the same rows; and the memory held."""

import csv
import io
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test import Client

from benchmarks.county import MEASURED, County
from benchmarks.measuring import verdict
from sightline.plans.models import Plan
from sightline.plans.selectors.listed import COLUMNS

SIZES = (10_000, 100_000)
MOST_TIMES = 5.0
# What memory may differ by and still be the same.
MOST_MEMORY = 1.2
LIST = f"/plans/{MEASURED}/rows.csv"
ACROSS = f"/actions/export/csv/?plan={MEASURED}"
WHOLE = f"/plans/{MEASURED}/export/csv/"


@dataclass(frozen=True)
class File:
    """A file that is taken away, and the statements that read its rows bare."""

    name: str
    address: str
    statements: Callable[[int], list[str]]


def measure(county: County) -> Iterator[str]:
    """A line for each file and each size that the county has reached, and one on the memory of each file."""
    client = Client()
    client.force_login(county.manager)
    files = (
        File("The list of a plan", LIST, _listed),
        File("The list across plans", ACROSS, _listed),
        File("A plan's printed table", WHOLE, _whole),
    )
    for file in files:
        held = []
        for size in (size for size in SIZES if size <= county.size):
            times = min(_take(client, file.address, size) for _ in range(2)) / _dump(file.statements(size))
            held.append(_most_held(client, file.address, size))
            # What the page itself costs weighs too much in a short file to judge it.
            judged = verdict(times, MOST_TIMES) if file.address == LIST and size == SIZES[-1] else ""
            yield (
                f"{file.name} as CSV, {size:>7,} rows: {times:4.1f} × a bare dump{judged and f' {judged}'}; "
                f"most memory held {held[-1] / 1024 / 1024:4.1f} MB"
            )
        if len(held) > 1:
            yield f"{file.name}: memory grows {held[-1] / held[0]:.2f} × {verdict(held[-1] / held[0], MOST_MEMORY)}"


def _listed(size: int) -> list[str]:
    own = [column.replace("priority__number", "p.number") for _, column in COLUMNS]
    columns = ", ".join(column if "." in column else f"a.{column}" for column in own)
    return [f"SELECT {columns} {_rows('a', size)}"]


def _whole(size: int) -> list[str]:
    """The actions, and what is printed with each: numbers, owners, timescales, updates, sources."""
    columns = "a.reference, a.text, a.state, a.current_delivery_rating, a.current_impact_rating, "
    columns += "a.raw, a.items, a.other"
    hanging = {
        "plans_actionnumber": "x.text",
        "plans_actionowner": "x.raw, x.agency_id, x.group_id, x.person_id",
        "plans_timescale": "x.raw, x.label, x.due_on, x.as_at",
        "plans_update": "x.text, x.dated_on, x.as_at",
        "plans_actionsource": "x.raw, x.source_id, x.recommendation_id",
    }
    return [
        f"SELECT {columns}, p.number {_rows('a', size)}",
        *(
            f"SELECT a.id, {told} FROM (SELECT a.* {_rows('a', size)}) a JOIN {table} x ON x.action_id = a.id"  # noqa: S608
            for table, told in hanging.items()
        ),
    ]


def _rows(name: str, size: int) -> str:
    return (
        f"FROM plans_action {name} LEFT JOIN plans_priority p ON p.id = {name}.priority_id "
        f'WHERE {name}.plan_id = %s ORDER BY {name}."order", {name}.id LIMIT {size}'
    )


def _dump(statements: list[str]) -> float:
    """Seconds to write the rows with nothing but the database's cursor and the csv module; the fastest of three."""
    plan = Plan.objects.get(key=MEASURED)
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, [plan.pk])
                csv.writer(io.StringIO()).writerows(cursor)
        best = min(best, time.perf_counter() - started)
    return best


def _most_held(client: Client, address: str, size: int) -> int:
    """The most memory held at any moment while the file is sent, in bytes."""
    tracemalloc.start()
    _take(client, address, size)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def _take(client: Client, address: str, size: int) -> float:
    """Seconds until so many rows have come. Raises RuntimeError where fewer do."""
    started = time.perf_counter()
    answer: Any = client.get(address)
    lines = 0
    for piece in answer.streaming_content:
        lines += piece.count(b"\r\n")
        if lines > size:
            break
    answer.close()
    if lines <= size:
        raise RuntimeError(f"{address} gave {lines:,} lines")
    return time.perf_counter() - started
