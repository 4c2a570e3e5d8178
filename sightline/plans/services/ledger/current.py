"""Keeping what lists of recommendations read: the `current_…` columns of addressees, and what is owed by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from sightline.events.services.keeping import today
from sightline.plans.choices import LedgerKind
from sightline.plans.models import Addressee, Source
from sightline.plans.rules.ledger import climb, progress_owed
from sightline.plans.selectors.owed import LineRead, read_ledger
from sightline.plans.services.keeping import is_held, mark_held, save_columns
from sightline.plans.services.ledger.owed import keep_asks

CURRENT_COLUMNS = (
    "current_acceptance",
    "current_step",
    "current_highest_step",
    "current_progress_on",
    "current_due_on",
    "current_due_months",
)
SOURCES = 20


@transaction.atomic(savepoint=False)
def refresh_ledger(addressees: Iterable[Addressee], source: Source | None = None, *, now: datetime) -> None:
    """Make the columns and work items of these addressees what their lines say, as at the day of `now`; two queries,
    and two more that write only what differs.

    Changes the records passed in as well; each has its recommendation and source loaded, and agency and group. Their
    sources are held meanwhile, for two who write in one ledger count after each other; `source` is held already.
    """
    given = list(addressees)
    sources = {source.pk: source} if source else _held_sources(given)
    read = read_ledger(given, list(sources), today(now))
    save_columns([each for each in given if set_current(each, read.lines[each.pk])], CURRENT_COLUMNS)
    keep_asks(sources, given, read, now)


def hold_source(source: Source) -> Source:
    """The source as it stands now, held until the transaction ends."""
    live = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    mark_held(live)
    return live


def _held_sources(addressees: Iterable[Addressee]) -> dict[int, Source]:
    """The sources, by number; those that this deed holds already are given back as they are."""
    found = {each.recommendation.source_id: each.recommendation.source for each in addressees}
    if waiting := [pk for pk, source in found.items() if not is_held(source)]:
        held = Source.objects.select_for_update(no_key=True).filter(pk__in=waiting).order_by("pk")
        found |= {source.pk: source for source in held}
    return found


def refresh_all_ledgers(*, now: datetime) -> int:
    """Do so for every addressee to whom something may be owed: once a day, because days pass. Returns how many."""
    sources = list(Source.objects.order_by("pk").values_list("pk", flat=True))
    refreshed = 0
    for start in range(0, len(sources), SOURCES):
        live = Addressee.objects.filter(
            gone_on=None, recommendation__source__in=sources[start : start + SOURCES]
        )
        owing = list(live.select_related("agency", "group", "recommendation__source").order_by("pk"))
        refresh_ledger(owing, now=now)
        refreshed += len(owing)
    return refreshed


def set_current(addressee: Addressee, lines: Sequence[LineRead]) -> bool:
    """Set the columns from the lines, oldest first, and say whether any changed; saves nothing."""
    before = [getattr(addressee, name) for name in CURRENT_COLUMNS]
    accepted = [line.acceptance for line in lines if line.kind == LedgerKind.ACCEPTANCE]
    stands = climb([line.step for line in lines if line.step is not None])
    told = [line for line in lines if line.kind == LedgerKind.PROGRESS]
    addressee.current_acceptance = accepted[-1] if accepted else ""
    addressee.current_step, addressee.current_highest_step = int(stands.step), int(stands.highest)
    addressee.current_progress_on = told[-1].as_at if told else None
    source = addressee.recommendation.source
    owed = progress_owed(
        source.published_on, {line.months for line in told if line.months}, addressee.current_acceptance
    )
    if owed is None or addressee.gone_on:
        addressee.current_due_on = addressee.current_due_months = None
    else:
        addressee.current_due_on, addressee.current_due_months = owed.due_on, owed.months
    return before != [getattr(addressee, name) for name in CURRENT_COLUMNS]
