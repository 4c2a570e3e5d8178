"""Writing changes of state: begun, done, closed, reopened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.partners.choices import Unacceptable
from sightline.plans.choices import DeliveryState
from sightline.plans.models import Action, Import, StateChange
from sightline.plans.rules.states import ImpossibleMove, action_move
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, not_ahead, not_before, stamp, tier_of


@deed
def change_state(
    action: Action,
    to: DeliveryState,
    *,
    as_at: date,
    reason: str = "",
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> StateChange:
    """Start, complete, close, supersede or reopen an action. Raises Unacceptable with the sentence of the rule."""
    not_ahead(as_at, now)
    live = held(action)
    made = move(live, to, as_at, reason, import_of, by, now)
    action.state = live.state
    if refresh:
        refresh_current([action, *waiting_for(live)], now=now)
    return made


def move(
    live: Action,
    to: DeliveryState,
    as_at: date,
    reason: str,
    import_of: Import | None,
    by: Actor,
    now: datetime,
) -> StateChange:
    """Move a held action on, with its journal entry; for services, inside their transaction."""
    try:
        way = action_move(live.state_now, to, reason)
    except ImpossibleMove as refused:
        raise Unacceptable({"state": refused.sentence}) from refused
    last = live.state_changes.aggregate(last=Max("as_at"))["last"]
    not_before(as_at, last, "The last change of state")
    made = StateChange.objects.create(
        action=live,
        from_state=live.state,
        to_state=to,
        as_at=as_at,
        reason=reason.strip(),
        **stamp(by, now, import_of),
    )
    live.state = to
    live.save(update_fields=["state"])
    record(
        way.entry,
        by=by,
        subject=live,
        before={"state": made.from_state},
        after={"state": to, "as_at": as_at},
        reason=made.reason,
        tier=tier_of(live, live.plan),
    )
    return made


def waiting_for(action: Action) -> Sequence[Action]:
    """The actions that cannot go on until this one is done."""
    return list(Action.objects.filter(dependencies__needs=action, dependencies__ended_on=None).distinct())
