"""Writing embedding tests: done is not embedded until a dated check says so."""

from __future__ import annotations

from datetime import date, datetime

from sightline.events.choices import Actor, StaleRecord, Unacceptable
from sightline.events.services import deed, record
from sightline.events.services.keeping import need, not_ahead, not_before
from sightline.plans.choices import DeliveryState, Embedding
from sightline.plans.entries import PlanEntry
from sightline.plans.models import Action, EmbeddingTest, Import
from sightline.plans.services.accounts.states import move
from sightline.plans.services.current import refresh_current
from sightline.plans.services.keeping import held, held_with_waiting, stamp, tier_of
from sightline.search.services import keep_words


@deed
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
    keep_words(made)
    after = {"question": made.question, "due_on": due_on}
    record(PlanEntry.TEST_SET, by=by, subject=live, after=after, tier=tier_of(live, live.plan))
    if refresh:
        refresh_current(action, now=now)
    return made


@deed
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
    live, waiting = held_with_waiting(test.action)
    if passed and live.state != DeliveryState.COMPLETE:
        raise Unacceptable({"passed": "Only a complete action can be shown to be embedded."})
    not_before(on, test.as_at, "The test", "on")
    result = Embedding.PASSED if passed else Embedding.FAILED
    answered = EmbeddingTest.objects.filter(pk=test.pk, result=Embedding.WAITING).update(
        result=result, result_on=on, result_recorded_at=now, result_by_label=by.label[:200], finding=found
    )
    if not answered:
        raise StaleRecord("Somebody else has answered this test already.")
    test.result, test.result_on, test.finding = result, on, found
    test.result_recorded_at, test.result_by_label = now, by.label[:200]
    keep_words(test)
    entry = PlanEntry.TEST_PASSED if passed else PlanEntry.TEST_FAILED
    after = {"result": result, "on": on, "finding": found}
    record(entry, by=by, subject=live, before={"result": Embedding.WAITING}, after=after, tier=tier_of(live))
    if not passed and live.state == DeliveryState.COMPLETE:
        why = f"Embedding test failed: {found}"
        move(live, DeliveryState.IN_PROGRESS, on, why, None, by, now, refresh=refresh)
    if refresh:
        refresh_current([live, *waiting], now=now)
    return test
