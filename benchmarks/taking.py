"""A list taken away as CSV, beside a bare dump of the same columns of the same rows; and the memory it takes."""

import csv
import io
import time
import tracemalloc
from collections.abc import Iterator

from django.db import connection
from django.test import Client

from benchmarks.county import MEASURED, County
from sightline.plans.models import Plan
from sightline.plans.selectors.listed import COLUMNS

SIZES = (10_000, 100_000)


def measure(county: County) -> Iterator[str]:
    """One line for each size that the county has reached."""
    client = Client()
    client.force_login(county.manager)
    for size in (size for size in SIZES if size <= county.size):
        county_rows = dump(size)
        ours, taken = _csv(client, size)
        yield (
            f"CSV of {size:>7,} rows: {taken / county_rows:4.1f} × a bare dump; "
            f"most memory held while it is sent {ours / 1024 / 1024:4.1f} MB"
        )


def dump(size: int) -> float:
    """Seconds to write the rows' own columns with nothing but the database's cursor and the csv module."""
    plan = Plan.objects.get(key=MEASURED)
    own = [column for _, column in COLUMNS if "__" not in column]
    statement = f"SELECT {', '.join(own)} FROM plans_action WHERE plan_id = %s ORDER BY id LIMIT {size}"  # noqa: S608
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(statement, [plan.pk])
            csv.writer(io.StringIO()).writerows(cursor)
        best = min(best, time.perf_counter() - started)
    return best


def _csv(client: Client, size: int) -> tuple[int, float]:
    """The most memory held, and the fastest time; of as many rows."""
    best = min(_take(client, size) for _ in range(2))
    tracemalloc.start()
    _take(client, size)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most, best


def _take(client: Client, size: int) -> float:
    started = time.perf_counter()
    answer = client.get(f"/plans/{MEASURED}/rows.csv")
    lines = 0
    for piece in answer.streaming_content:  # type: ignore[attr-defined]
        lines += piece.count(b"\r\n")
        if lines > size:
            break
    answer.close()
    return time.perf_counter() - started
