"""Choosing actions, saying what is to change and why, and asking for it to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead
from sightline.jobs.services import enqueue
from sightline.plans.choices import BulkKind, WorkingState
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, BulkChange, BulkRow
from sightline.plans.services.bulk.effects import check_wanted
from sightline.plans.services.keeping import stamp, take_version
from sightline.screens.words import count

BULK_JOB = "plans.bulk_change"
# More than anybody reads through before it is done.
MOST = 2_000
NOTHING = "Choose at least one action."
OVER = "This change is done, at work or given up already."


@deed
def begin_change(actions: Sequence[Action], kind: BulkKind, *, by: Actor, now: datetime) -> BulkChange:
    """Keep which actions were chosen, as they stand now; nothing of them changes yet. Raises Unacceptable."""
    if not actions:
        raise Unacceptable({"": NOTHING})
    if len(actions) > MOST:
        raise Unacceptable({"": f"At most {MOST:,} actions are changed at once. Narrow the list."})
    made = BulkChange.objects.create(kind=kind, **stamp(by, now))
    BulkRow.objects.bulk_create(
        (BulkRow(change=made, action=action, seen=action.version) for action in actions), batch_size=500
    )
    record(PlanEntry.BULK_BEGUN, by=by, subject=made, after={"kind": kind, "actions": len(actions)})
    return made


@deed
def say_change(
    change: BulkChange,
    version: int,
    values: Mapping[str, object],
    *,
    reason: str,
    as_at: date,
    by: Actor,
    now: datetime,
) -> BulkChange:
    """Say what is to change, from which day, and why. Raises Unacceptable, StaleRecord."""
    live = _held(change, version)
    not_ahead(as_at, now)
    live.values = dict(values)
    live.reason = need(reason, "reason", "Say why. The reason stands in the history of every action.")
    live.as_at = as_at
    check_wanted(live)
    live.trouble = ""
    live.save(update_fields=["values", "reason", "as_at", "trouble"])
    return live


@deed
def finish_change(change: BulkChange, version: int, *, by: Actor, now: datetime) -> BulkChange:
    """Ask for it to be done. Raises Unacceptable where nothing is said to change yet, StaleRecord."""
    live = _held(change, version)
    if not live.values or live.as_at is None:
        raise Unacceptable({"": "Say first what is to change, and why."})
    live.state, live.trouble = WorkingState.WAITING, ""
    live.save(update_fields=["state", "trouble"])
    enqueue(BULK_JOB, {"change_id": live.pk}, by=by, key=job_key(live))
    return live


def job_key(change: BulkChange) -> str:
    """The key of the job that does this version of it."""
    return f"{BULK_JOB}:{change.pk}:{change.version}"


@deed
def give_up_change(change: BulkChange, version: int, *, by: Actor, now: datetime) -> BulkChange:
    """Give it up before it was asked for. Raises StaleRecord."""
    live = _held(change, version)
    live.state = WorkingState.GIVEN_UP
    live.save(update_fields=["state"])
    words = count(live.rows.count(), "action")
    record(PlanEntry.BULK_GIVEN_UP, by=by, subject=live, after={"kind": live.kind, "of": words})
    return live


def _held(change: BulkChange, version: int) -> BulkChange:
    take_version(change, version)
    live = BulkChange.objects.get(pk=change.pk)
    if live.state != WorkingState.CHOOSING:
        raise StaleRecord(OVER)
    return live
