"""Keeping what lists read: the `current_…` columns and the work items, made from history and never the other way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from sightline.events.services.keeping import today
from sightline.plans.choices import WORK_STATES
from sightline.plans.models import Action, ActionNumber, ActionOwner
from sightline.plans.rules.dates import slips
from sightline.plans.rules.exceptions import exceptions
from sightline.plans.rules.facts import ActionFacts
from sightline.plans.rules.history import Moment, facts_from
from sightline.plans.rules.numbering import SORT_LENGTH, sort_key
from sightline.plans.rules.owners import in_words, listed
from sightline.plans.selectors.history import line_of_row
from sightline.plans.selectors.parties import NUMBERS, OWNERS
from sightline.plans.selectors.refreshing import Read, read_for
from sightline.plans.selectors.words import mark_of
from sightline.plans.services.keeping import save_columns
from sightline.plans.services.work_items import keep_work
from sightline.search.services import keep_words

CURRENT_COLUMNS = (
    "state",
    "current_state_since",
    "current_blocked_reason",
    "current_number_label",
    "current_number_sort",
    "current_owner_label",
    "current_timescale_label",
    "current_due_on",
    "current_review_on",
    "current_slips",
    "current_delivery_rating",
    "current_delivery_since",
    "current_impact_rating",
    "current_embedding",
    "current_update_on",
    "current_update_text",
    "current_exceptions",
    "current_exception_count",
    "current_words",
    "current_quarters",
    "current_failed_tests",
)
CHUNK = 500


@transaction.atomic(savepoint=False)
def refresh_current(
    actions: Action | Iterable[Action], *, now: datetime, read: Read | None = None, also: Iterable[str] = ()
) -> None:
    """Make the `current_…` columns and work items of these actions anew, as at the day of `now`.

    Changes the records passed in as well. `read`: what was read of them in this transaction, and is still true.
    `also`: other columns that were set on the records and are saved with the same statement.
    """
    given = [actions] if isinstance(actions, Action) else list(actions)
    for start in range(0, len(given), CHUNK):
        _refresh(given[start : start + CHUNK], now, read, frozenset(also))


@transaction.atomic(savepoint=False)
def refresh_all(*, now: datetime) -> int:
    """Do so for every action of a plan that still runs: once a day, because days pass. Returns how many."""
    live = Action.objects.filter(plan__state__in=WORK_STATES).order_by("pk")
    numbers = list(live.values_list("pk", flat=True))
    for start in range(0, len(numbers), CHUNK):
        _refresh(list(live.filter(pk__in=numbers[start : start + CHUNK])), now)
    return len(numbers)


def _refresh(
    actions: Sequence[Action], now: datetime, known: Read | None = None, also: frozenset[str] = frozenset()
) -> None:
    on = today(now)
    prefetch_related_objects(list(actions), "plan")
    read = known or read_for(actions, on)
    facts = {action.pk: read.facts(action, on) for action in actions}
    for action in actions:
        read.give_parties(action)
        owners, numbers = list(action.owners.all()), list(action.numbers.all())
        set_current(action, facts[action.pk], on, owners, numbers)
    reworded = _reworded(actions)
    save_columns(actions, also.union(CURRENT_COLUMNS))
    keep_words(*reworded)
    keep_work(actions, facts, read, now)


def _reworded(actions: Sequence[Action]) -> list[Action]:
    """The actions that say something else than when search last heard of them; their mark is moved on."""
    found = []
    for action in actions:
        mark = mark_of(action)
        if mark != action.current_words:
            action.current_words = mark
            found.append(action)
    return found


def begin_current(
    action: Action,
    owners: Sequence[ActionOwner],
    numbers: Sequence[ActionNumber],
    rows: Iterable[Any],
    on: date,
) -> ActionFacts:
    """Set the columns of an action that is not saved yet, from all there is of it; `rows` are its history."""
    lines = [line_of_row(row) for row in rows]
    facts = facts_from(lines, Moment(on), action.opened_on, action.reference)
    set_current(action, facts, on, owners, numbers)
    action.current_words = mark_of(action)
    return facts


def begin_work(
    action: Action,
    owners: Sequence[ActionOwner],
    numbers: Sequence[ActionNumber],
    facts: ActionFacts,
    now: datetime,
) -> None:
    """Let an action just saved, of which nothing is asked yet, be found and be worked on."""
    OWNERS.hold(action, owners)
    NUMBERS.hold(action, numbers)
    keep_words(action)
    keep_work([action], {action.pk: facts}, Read(), now)


def set_current(
    action: Action,
    facts: ActionFacts,
    on: date,
    owners: Iterable[ActionOwner],
    numbers: Iterable[ActionNumber],
) -> None:
    """Set the columns of one action from its facts; saves nothing."""
    found = exceptions(facts, on) if action.plan.state in WORK_STATES else []
    action.state = facts.state if facts.state_since else action.state
    action.current_state_since = facts.state_since
    action.current_blocked_reason = facts.blocked_reason
    texts = [number.text for number in numbers]
    action.current_number_label = ", ".join(texts)[:200]
    action.current_number_sort = sort_key(" ".join(texts))[:SORT_LENGTH]
    action.current_owner_label = in_words((str(owner), owner.role) for owner in owners)
    action.current_timescale_label = facts.timescale_label
    action.current_due_on = facts.due_on
    action.current_review_on = facts.review_on
    action.current_slips = slips(facts)
    action.current_delivery_rating = facts.delivery.value
    action.current_delivery_since = facts.delivery.as_at
    action.current_impact_rating = facts.impact.value
    action.current_embedding = facts.embedding
    action.current_update_on = facts.last_update_on
    action.current_update_text = facts.last_update_text
    action.current_exceptions = listed(reason.kind for reason in found)
    action.current_exception_count = len(found)
    action.current_quarters = listed(facts.quarters)
    action.current_failed_tests = facts.failed_tests
