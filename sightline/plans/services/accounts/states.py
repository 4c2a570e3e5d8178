"""Writing changes of state: begun, done, closed, reopened."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Max

from sightline.events.choices import Actor, ImpossibleMove, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import not_ahead, not_before, today
from sightline.plans.choices import LABELS, ClaimResult, DeliveryState
from sightline.plans.models import Action, Import, StateChange
from sightline.plans.rules.states import action_move
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held_with_waiting, stamp, tier_of
from sightline.search.services import keep_words


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
    """Start, close, supersede or reopen an action. Raises Unacceptable with the sentence of the rule.

    Only a paper completes an action here: otherwise one says that it is done and another confirms (`completing`).
    """
    not_ahead(as_at, now)
    live, waiting = held_with_waiting(action)
    confirmed = import_of is not None
    made = move(live, to, as_at, reason, import_of, by, now, confirmed=confirmed, refresh=refresh)
    if to in _ENDED:
        end_asks(live, f"The action became: {LABELS[live.state_now].lower()}.", as_at, by, now)
    action.state = live.state
    if refresh:
        refresh_current([action, *waiting], now=now)
    return made


def move(
    live: Action,
    to: DeliveryState,
    as_at: date,
    reason: str,
    import_of: Import | None,
    by: Actor,
    now: datetime,
    *,
    confirmed: bool = False,
    refresh: bool = False,
) -> StateChange:
    """Move a held action on, with its journal entry; for services, inside their transaction.

    `refresh`: the caller refreshes the action next, which saves its state, and whose columns are true till then.
    """
    try:
        way = action_move(live.state_now, to, reason, confirmed)
    except ImpossibleMove as refused:
        raise Unacceptable({"state": refused.sentence}) from refused
    last = live.current_state_since if refresh else live.state_changes.aggregate(last=Max("as_at"))["last"]
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
    if not refresh:
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


_ENDED = (DeliveryState.CLOSED_OTHER, DeliveryState.SUPERSEDED)


def end_asks(live: Action, reason: str, as_at: date, by: Actor, now: datetime) -> None:
    """Nobody is asked about the action any more: its waiting claim is withdrawn, its open question closed.

    Both stay in the history with the reason. For services, inside their transaction and with their journal entry.
    """
    on = max(as_at, today(now))
    waiting = list(live.claims.filter(result=ClaimResult.WAITING))
    for claim in waiting:
        claim.reason = reason
    keep_words(*waiting)
    live.claims.filter(result=ClaimResult.WAITING).update(
        result=ClaimResult.WITHDRAWN,
        result_on=on,
        result_recorded_at=now,
        result_by_id=by.user_id,
        result_by_label=by.label[:200],
        reason=reason,
    )
    live.questions.filter(answered_on=None).update(
        answered_on=on,
        answered_recorded_at=now,
        answered_by_label=by.label[:200],
        closed_because=reason,
    )
