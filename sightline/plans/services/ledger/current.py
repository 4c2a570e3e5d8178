"""Keeping what lists of recommendations read: the `current_…` columns of addressees, and what is owed by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from sightline.plans.choices import LedgerKind
from sightline.plans.models import Addressee, LedgerLine, Source
from sightline.plans.rules.ledger import climb, progress_owed
from sightline.plans.services.ledger.owed import keep_asks

CURRENT_COLUMNS = (
    "current_acceptance",
    "current_step",
    "current_highest_step",
    "current_progress_on",
    "current_due_on",
    "current_due_months",
)
CHUNK, SOURCES = 500, 50


@transaction.atomic(savepoint=False)
def refresh_ledger(addressees: Iterable[Addressee], *, now: datetime, are_new: bool = False) -> None:
    """Make the columns and work items of these addressees what their lines say, as at the day of `now`.

    Changes the records passed in as well; each has its recommendation and source loaded. `are_new`: they were made in
    this transaction, so that nothing was said or asked of them yet, and nothing of it is read.
    """
    given = list(addressees)
    for start in range(0, len(given), CHUNK):
        _refresh(given[start : start + CHUNK], are_new)
    keep_asks({each.recommendation.source_id for each in given}, now=now)


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


def _refresh(addressees: Sequence[Addressee], are_new: bool) -> None:
    lines = defaultdict(list) if are_new else _lines_of(addressees)
    moved = [each for each in addressees if set_current(each, lines[each.pk])]
    if moved:
        Addressee.objects.bulk_update(moved, CURRENT_COLUMNS)


def _lines_of(addressees: Sequence[Addressee]) -> Mapping[int, list[LedgerLine]]:
    found: defaultdict[int, list[LedgerLine]] = defaultdict(list)
    lines = LedgerLine.objects.filter(addressee__in=addressees).order_by("as_at", "pk")
    for line in lines.defer("public", "private"):
        found[line.addressee_id or 0].append(line)
    return found


def set_current(addressee: Addressee, lines: Sequence[LedgerLine]) -> bool:
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
