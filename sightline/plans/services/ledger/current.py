"""Keeping what lists of recommendations read: the `current_…` columns of addressees, and what is owed by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from sightline.events.choices import Tier
from sightline.events.services import subject_of
from sightline.messages.models import WorkItem
from sightline.messages.services import keep_work_items, replace_work_items
from sightline.plans.choices import LedgerKind, WorkKind
from sightline.plans.models import Addressee, LedgerLine
from sightline.plans.rules import addresses
from sightline.plans.rules.ledger import climb, is_progress_due_soon, is_progress_overdue, progress_owed
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.rules.words import day
from sightline.plans.services.keeping import today
from sightline.plans.services.work_claims import UNIT

CURRENT_COLUMNS = (
    "current_acceptance",
    "current_step",
    "current_highest_step",
    "current_progress_on",
    "current_due_on",
    "current_due_months",
)
CHUNK = 500


@transaction.atomic(savepoint=False)
def refresh_ledger(addressees: Iterable[Addressee], *, now: datetime, are_new: bool = False) -> None:
    """Make the columns and work items of these addressees what their lines say, as at the day of `now`.

    Changes the records passed in as well; each has its recommendation and source loaded. `are_new`: they were made in
    this transaction, so that nothing was said or asked of them yet, and nothing of it is read.
    """
    given = list(addressees)
    for start in range(0, len(given), CHUNK):
        _refresh(given[start : start + CHUNK], now, are_new)


def refresh_all_ledgers(*, now: datetime) -> int:
    """Do so for every addressee to whom something may be owed: once a day, because days pass. Returns how many."""
    live = Addressee.objects.filter(gone_on=None).order_by("pk")
    numbers = list(live.values_list("pk", flat=True))
    for start in range(0, len(numbers), CHUNK):
        refresh_ledger(
            live.filter(pk__in=numbers[start : start + CHUNK]).select_related(
                "agency", "group", "recommendation__source"
            ),
            now=now,
        )
    return len(numbers)


def _refresh(addressees: Sequence[Addressee], now: datetime, are_new: bool) -> None:
    lines = defaultdict(list) if are_new else _lines_of(addressees)
    moved = [each for each in addressees if set_current(each, lines[each.pk])]
    if moved:
        Addressee.objects.bulk_update(moved, CURRENT_COLUMNS)
    wanted = [item for each in addressees for item in wanted_of(each, today(now))]
    if are_new:
        replace_work_items([], wanted, now)
    else:
        keep_work_items([subject_of(each) for each in addressees], wanted, now)


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


def wanted_of(addressee: Addressee, on: date) -> list[WorkItem]:
    """What an addressee owes now: progress that is overdue or soon due. The unit is asked where nobody else can be."""
    due = addressee.current_due_on
    late = is_progress_overdue(due, on)
    if due is None or not (late or is_progress_due_soon(due, on)):
        return []
    recommendation = addressee.recommendation
    source = recommendation.source
    verb = "was" if late else "is"
    sentence = f"Progress at {addressee.current_due_months} months {verb} due on {day(due)}."
    about = subject_of(addressee)
    words = recommendation.title or recommendation.text
    return [
        WorkItem(
            for_scope=scope_of_addressee(addressee),
            kind=WorkKind.PROGRESS_OWED,
            subject_app=about.app,
            subject_model=about.model,
            subject_id=about.id,
            title=f"{source.title}, {recommendation.number}: {words}"[:200],
            sentence=sentence if addressee.party else f"{sentence} Addressed to: {addressee}."[:500],
            url=addresses.of_recommendation(source.key, recommendation.pk),
            due_on=due,
            tier=Tier(source.tier),
        )
    ]


def scope_of_addressee(addressee: Addressee) -> str:
    """Whose first page it belongs on. What an agency may not read is asked of the unit."""
    if addressee.recommendation.source.tier not in EVERY_MEMBER:
        return UNIT
    if addressee.agency:
        return f"agency:{addressee.agency.key}"
    return f"group:{addressee.group.key}" if addressee.group else UNIT
