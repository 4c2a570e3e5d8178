"""A long journal: `make soak` verifies a million entries; SIGHTLINE_SOAK_ENTRIES says another number."""

import datetime as dt
import os
import sys
import time

import pytest
from django.db import connection

from sightline.events.canonical import ENTRY_COLUMNS, entry_digest
from sightline.events.keys import journal_key
from sightline.events.models import Entry
from sightline.events.services import seal, verify

MOST_SECONDS = 60
NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)


def entry(key: bytes, number: int) -> Entry:
    """An entry as `record` writes it, without the transaction around each."""
    made = Entry(
        moment=NOW + dt.timedelta(seconds=number),
        type="plans.action_updated",
        actor_kind="user",
        actor_id="7",
        actor_label="Ann Ames",
        actor_role="Business unit",
        actor_user_id=7,
        subject_app="plans",
        subject_model="action",
        subject_id=str(number % 997),
        subject_title="1.1 Brief every designated safeguarding lead",
        before='{"delivery":"amber"}',
        after='{"delivery":"green","note":"The briefing was given in all schools."}',
        tier="T1",
    )
    made.digest = entry_digest(key, [getattr(made, column) for column in ENTRY_COLUMNS])
    return made


@pytest.mark.soak
@pytest.mark.django_db
def test_a_million_entries_verify_in_a_minute() -> None:
    count, key = int(os.environ.get("SIGHTLINE_SOAK_ENTRIES", "1000000")), journal_key()
    for start in range(0, count, 10_000):
        Entry.objects.bulk_create(entry(key, number) for number in range(start, min(start + 10_000, count)))
    seal(NOW)
    # Seconds on the clock: on PostgreSQL a good part of the work is done by another process.
    begun = time.perf_counter()
    result = verify()
    taken = time.perf_counter() - begun
    assert (result.sealed, result.unsealed, result.broken) == (count, 0, [])
    told = (
        f"{count:,} entries verified in {taken:.1f} s on {connection.vendor}: {count / taken:,.0f} a second"
    )
    sys.stdout.write(f"{told}\n")
    assert taken * 1_000_000 / count < MOST_SECONDS, told
