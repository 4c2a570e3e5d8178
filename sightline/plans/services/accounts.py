"""Writing what is said of actions: updates, ratings, changes of state, evidence, embedding tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from sightline.events.choices import Actor, StaleRecord
from sightline.events.services import record
from sightline.partners.choices import Unacceptable
from sightline.plans.choices import (
    DeliveryRating,
    DeliveryState,
    Dimension,
    Embedding,
    EvidenceQuarter,
    ImpactRating,
    ReceivedHow,
)
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, EmbeddingTest, Evidence, Import, Rating, StateChange, Update
from sightline.plans.rules.ratings import needs_a_sentence, suggested
from sightline.plans.rules.states import ImpossibleMove, action_move
from sightline.plans.selectors.history import facts_of
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, need, not_ahead, not_before, stamp, tier_of

_VALUES: dict[Dimension, frozenset[str]] = {
    Dimension.DELIVERY: frozenset(DeliveryRating),
    Dimension.IMPACT: frozenset(ImpactRating),
}
_RATED = {Dimension.DELIVERY: PlanEntry.DELIVERY_RATED, Dimension.IMPACT: PlanEntry.IMPACT_RATED}


@transaction.atomic
def record_update(
    action: Action,
    text: str,
    *,
    as_at: date,
    dated_on: date | None = None,
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Update:
    """Add a dated account of an action; none is ever overwritten. `dated_on` is empty where the paper gave no date.

    Raises Unacceptable for an empty text and for days ahead.
    """
    not_ahead(as_at, now)
    live = held(action)
    made = Update.objects.create(
        action=live,
        text=need(text, "text", "Write what has happened."),
        dated_on=dated_on,
        as_at=as_at,
        said_by=said_by[:200],
        received_how=received_how,
        **stamp(by, now, import_of),
    )
    after = {"text": made.text, "as_at": as_at, "received_how": received_how} | _who(said_by)
    record(PlanEntry.UPDATE_RECORDED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    if refresh:
        refresh_current(action, now=now)
    return made


@transaction.atomic
def rate(
    action: Action,
    dimension: Dimension,
    value: str,
    *,
    as_at: date,
    reason: str = "",
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    raw: str = "",
    raw_colour: str = "",
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Rating:
    """Assert one of the two ratings. Better than dates and evidence suggest, it owes a reason, unless it is imported.

    The suggestion of that day is kept beside it. Raises Unacceptable.
    """
    if value not in _VALUES[dimension]:
        raise Unacceptable({"value": "Choose one of the ratings."})
    not_ahead(as_at, now)
    live = held(action)
    suggestion = suggested(facts_of([live], as_at)[live.pk], dimension, as_at)
    if import_of is None and needs_a_sentence(value, suggestion) and not reason.strip():
        raise Unacceptable({"reason": better_sentence(dimension, value, suggestion)})
    before = live.current_impact_rating if dimension == Dimension.IMPACT else live.current_delivery_rating
    made = Rating.objects.create(
        action=live,
        dimension=dimension,
        value=value,
        raw=raw[:300],
        raw_colour=raw_colour,
        as_at=as_at,
        said_by=said_by[:200],
        received_how=received_how,
        suggested=suggestion,
        reason=reason.strip(),
        **stamp(by, now, import_of),
    )
    after = {"rating": value, "as_at": as_at, "suggested": suggestion} | _who(said_by)
    record(
        _RATED[dimension],
        by=by,
        subject=live,
        before={"rating": before},
        after=after,
        reason=made.reason,
        tier=tier_of(live, live.plan),
    )
    if refresh:
        refresh_current(action, now=now)
    return made


def better_sentence(dimension: Dimension, value: str, suggestion: str) -> str:
    """What a form says where a rating is better than suggested and no reason is given."""
    based = "evidence suggests" if dimension == Dimension.IMPACT else "dates and updates suggest"
    word = suggestion.replace("_", " ")
    return f"You say {value}; {based} {word}. Write a sentence that says why it is better than that."


@transaction.atomic
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
    made = _move(live, to, as_at, reason, import_of, by, now)
    action.state = live.state
    if refresh:
        refresh_current([action, *_waiting_for(live)], now=now)
    return made


def _move(
    live: Action,
    to: DeliveryState,
    as_at: date,
    reason: str,
    import_of: Import | None,
    by: Actor,
    now: datetime,
) -> StateChange:
    try:
        move = action_move(live.state_now, to, reason)
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
        move.entry,
        by=by,
        subject=live,
        before={"state": made.from_state},
        after={"state": to, "as_at": as_at},
        reason=made.reason,
        tier=tier_of(live, live.plan),
    )
    return made


def _waiting_for(action: Action) -> Sequence[Action]:
    return list(Action.objects.filter(dependencies__needs=action, dependencies__ended_on=None).distinct())


@transaction.atomic
def record_evidence(
    action: Action,
    quarter: EvidenceQuarter,
    text: str,
    *,
    dated_on: date,
    said_by: str = "",
    received_how: ReceivedHow = ReceivedHow.SCREEN,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> Evidence:
    """Add something that shows a difference, in one of the four quarters. Raises Unacceptable."""
    not_ahead(dated_on, now, "dated_on")
    live = held(action)
    made = Evidence.objects.create(
        action=live,
        quarter=quarter,
        text=need(text, "text", "Write what the evidence shows."),
        dated_on=dated_on,
        said_by=said_by[:200],
        received_how=received_how,
        **stamp(by, now, import_of),
    )
    after = {"quarter": quarter, "text": made.text, "dated_on": dated_on} | _who(said_by)
    record(PlanEntry.EVIDENCE_RECORDED, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    if refresh:
        refresh_current(action, now=now)
    return made


@transaction.atomic
def set_embedding_test(
    action: Action,
    question: str,
    *,
    due_on: date,
    as_at: date,
    import_of: Import | None = None,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> EmbeddingTest:
    """Set a dated check that shows whether it lasted. Raises Unacceptable where one already waits for its answer."""
    not_ahead(as_at, now)
    not_before(due_on, as_at, "The test", "due_on")
    live = held(action)
    if live.embedding_tests.filter(result=Embedding.WAITING).exists():
        raise Unacceptable({"question": "A test already waits for its answer. Record that one first."})
    made = EmbeddingTest.objects.create(
        action=live,
        question=need(question, "question", "Write what will be checked, and what would pass."),
        as_at=as_at,
        due_on=due_on,
        **stamp(by, now, import_of),
    )
    after = {"question": made.question, "due_on": due_on}
    record(PlanEntry.TEST_SET, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    if refresh:
        refresh_current(action, now=now)
    return made


@transaction.atomic
def record_embedding_result(
    test: EmbeddingTest,
    passed: bool,
    *,
    finding: str,
    on: date,
    by: Actor,
    now: datetime,
    refresh: bool = True,
) -> EmbeddingTest:
    """Answer an embedding test. A failure returns a complete action to in progress, its history kept.

    Raises Unacceptable, and StaleRecord where somebody else answered it first.
    """
    not_ahead(on, now, "on")
    found = need(finding, "finding", "Write what the check found.")
    live = held(test.action)
    if passed and live.state != DeliveryState.COMPLETE:
        raise Unacceptable({"passed": "Only a complete action can be shown to be embedded."})
    not_before(on, test.as_at, "The test", "on")
    result = Embedding.PASSED if passed else Embedding.FAILED
    answered = EmbeddingTest.objects.filter(pk=test.pk, result=Embedding.WAITING).update(
        result=result, result_on=on, result_recorded_at=now, result_by_label=by.label[:200], finding=found
    )
    if not answered:
        raise StaleRecord("Somebody else has answered this test already.")
    test.refresh_from_db()
    entry = PlanEntry.TEST_PASSED if passed else PlanEntry.TEST_FAILED
    after = {"result": result, "on": on, "finding": found}
    record(entry, by=by, subject=live, before={"result": Embedding.WAITING}, after=after, tier=tier_of(live))
    if not passed and live.state == DeliveryState.COMPLETE:
        _move(live, DeliveryState.IN_PROGRESS, on, f"Embedding test failed: {found}", None, by, now)
    if refresh:
        refresh_current([live, *_waiting_for(live)], now=now)
    return test


def _who(said_by: str) -> dict[str, str]:
    return {"said_by": said_by} if said_by else {}
