"""Writing by when: the original timescale and every revision of it."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before
from sightline.plans.choices import TimescaleKind
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, Import, Timescale
from sightline.plans.rules.timescales import first_day, latest_day
from sightline.plans.services.current import refresh_current
from sightline.plans.services.given import TimescaleGiven
from sightline.plans.services.keeping import stamp, take_version, tier_of
from sightline.reading import timescales


@deed
def revise_timescale(
    action: Action,
    version: int,
    given: TimescaleGiven,
    *,
    reason: str,
    as_at: date,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Timescale:
    """Give an action another timescale from a day on; the one before is kept, and a later firm date counts as a slip.

    A first timescale needs no reason, a revision does. Raises Unacceptable, StaleRecord.
    """
    not_ahead(as_at, now)
    take_version(action, version)
    action.version = version + 1
    last = action.timescales.order_by("as_at", "recorded_at", "pk").last()
    if last:
        need(reason, "reason", "Say why the timescale changes.")
        not_before(as_at, last.as_at, "The timescale in force")
    made = new_timescale(action, given, as_at, reason.strip(), last, by, now, import_of)
    made.save(force_insert=True)
    before = {"timescale": last.raw or last.label, "due_on": last.due_on} if last else {}
    after = {"timescale": made.raw or made.label, "due_on": made.due_on, "as_at": as_at}
    record(
        PlanEntry.TIMESCALE_REVISED,
        by=by,
        subject=action,
        before=before,
        after=after,
        reason=made.reason,
        tier=tier_of(action, action.plan),
    )
    if refresh:
        refresh_current(action, now=now)
    return made


def timescale_given(raw: str) -> TimescaleGiven:
    """What the words of a timescale mean, read as an import reads them."""
    read = timescales.parse(raw)
    return TimescaleGiven(TimescaleKind(read.kind), read.dates, raw.strip(), read.label)


def new_timescale(
    action: Action,
    given: TimescaleGiven,
    as_at: date,
    reason: str,
    revises: Timescale | None,
    by: Actor,
    now: datetime,
    import_of: Import | None,
) -> Timescale:
    """A timescale, not saved yet. Raises Unacceptable for days not in the calendar."""
    try:
        due_on = latest_day(given.dates)
        starts_on = first_day(given.dates) if len(given.dates) > 1 else None
    except ValueError as error:
        raise Unacceptable({"timescale": str(error)}) from error
    return Timescale(
        action=action,
        raw=given.raw,
        kind=given.kind,
        dates=list(given.dates),
        label=given.label[:300],
        starts_on=starts_on,
        due_on=due_on,
        as_at=as_at,
        reason=reason,
        revises=revises,
        **stamp(by, now, import_of),
    )
