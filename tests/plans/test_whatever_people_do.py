"""Whatever people do, in whatever order: columns say what history says, nothing is overwritten, all is journalled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sightline.events.choices import StaleRecord, Unacceptable
from sightline.events.models import Entry
from sightline.messages.models import WorkItem
from sightline.plans import rules, selectors, services
from sightline.plans.choices import DeliveryState, Dimension, EvidenceQuarter, TimescaleKind
from sightline.plans.models import (
    Action,
    Block,
    Dependency,
    EmbeddingTest,
    Evidence,
    OwnersChange,
    Rating,
    StateChange,
    Timescale,
    Update,
)
from sightline.plans.services import OwnerGiven, TimescaleGiven
from tests.plans.making import BY, NOW, TODAY, make_action, make_agency, make_plan

pytestmark = pytest.mark.django_db
HISTORY = (StateChange, Timescale, Update, Rating, Evidence, EmbeddingTest, Block, Dependency, OwnersChange)
WHO: dict[str, Any] = {"by": BY, "now": NOW}

days = st.integers(-120, 1).map(lambda n: TODAY + timedelta(days=n))
words = st.sampled_from(["", "Because the panel met"])
Deed = Callable[[Action, Action], object]


def doing(make: Callable[..., Deed], *parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Deed]:
    return st.builds(make, *parts)


def update(text: str, on: date) -> Deed:
    return lambda one, other: services.record_update(one, text, as_at=on, **WHO)


def rating(dimension: Dimension, value: str, on: date, reason: str) -> Deed:
    return lambda one, other: services.rate(one, dimension, value, as_at=on, reason=reason, **WHO)


def state(to: DeliveryState, on: date, reason: str) -> Deed:
    return lambda one, other: services.change_state(one, to, as_at=on, reason=reason, **WHO)


def timescale(kind: TimescaleKind, due: date, on: date) -> Deed:
    given = TimescaleGiven(kind, [due.isoformat()], raw=str(due))
    return lambda one, other: services.revise_timescale(
        one, Action.objects.get(pk=one.pk).version, given, reason="Agreed", as_at=on, **WHO
    )


def evidence(quarter: EvidenceQuarter, on: date) -> Deed:
    return lambda one, other: services.record_evidence(one, quarter, "9 of 10", dated_on=on, **WHO)


def test_set(on: date) -> Deed:
    return lambda one, other: services.set_embedding_test(one, "Re-audit", due_on=on, as_at=on, **WHO)


def test_answered(passed: bool, on: date) -> Deed:
    def answer(one: Action, other: Action) -> object:
        waiting = one.embedding_tests.last()
        if waiting is None:
            return None
        return services.record_embedding_result(waiting, passed, finding="Seen", on=on, **WHO)

    return answer


def blocked(on: date) -> Deed:
    return lambda one, other: services.block(one, "No analyst", as_at=on, **WHO)


def unblocked(on: date) -> Deed:
    return lambda one, other: services.unblock(one, as_at=on, **WHO)


def waits(on: date) -> Deed:
    return lambda one, other: services.add_dependency(one, other, as_at=on, **WHO)


def owners(name: str, on: date) -> Deed:
    return lambda one, other: services.set_owners(one, [OwnerGiven(name)], as_at=on, **WHO)


test_set.__test__ = test_answered.__test__ = False  # type: ignore[attr-defined]
ratings = st.sampled_from(["green", "amber", "red", "not_rated", "not_yet_known"])
deeds = st.one_of(
    doing(update, st.sampled_from(["", "Going on"]), days),
    doing(rating, st.sampled_from(Dimension), ratings, days, words),
    doing(state, st.sampled_from(DeliveryState), days, words),
    doing(timescale, st.sampled_from(TimescaleKind), days, days),
    doing(evidence, st.sampled_from(EvidenceQuarter), days),
    doing(test_set, days),
    doing(test_answered, st.booleans(), days),
    doing(blocked, days),
    doing(unblocked, days),
    doing(waits, days),
    doing(owners, st.sampled_from(["Police", "The panel"]), days),
)


def rows() -> dict[str, set[int]]:
    return {model.__name__: set(model.objects.values_list("pk", flat=True)) for model in HISTORY}  # type: ignore[attr-defined]


def columns_agree(action: Action) -> None:
    facts = selectors.facts_of([action], TODAY)[action.pk]
    assert action.state == facts.state
    assert (action.current_due_on, action.current_review_on) == (facts.due_on, facts.review_on)
    assert action.current_slips == rules.slips(facts)
    assert action.current_delivery_rating == facts.delivery.value
    assert action.current_impact_rating == facts.impact.value
    assert action.current_embedding == facts.embedding
    assert action.current_update_on == facts.last_update_on
    assert action.current_blocked_reason == facts.blocked_reason
    assert list(action.exception_kinds) == [found.kind for found in rules.exceptions(facts, TODAY)]


@given(st.lists(st.tuples(deeds, st.booleans()), max_size=12))
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_agree_history_grows_and_everything_is_journalled(
    db: None, chosen: list[tuple[Deed, bool]]
) -> None:
    with transaction.atomic():
        plan = make_plan()
        first = make_action(plan, make_agency(), due="2026-06-10", as_at=date(2026, 2, 1))
        second = make_action(plan, due="2026-07-10", as_at=date(2026, 2, 1))
        for deed, swapped in chosen:
            before, entries = rows(), Entry.objects.count()
            try:
                with transaction.atomic():
                    deed(*((second, first) if swapped else (first, second)))
            except (Unacceptable, StaleRecord):
                assert (rows(), Entry.objects.count()) == (before, entries)
            after = rows()
            assert all(before[name] <= after[name] for name in before)
            if after != before:
                assert Entry.objects.count() > entries
        for action in Action.objects.all():
            columns_agree(action)
            asked = WorkItem.objects.filter(subject_model="action", subject_id=str(action.pk))
            assert action.is_open or not asked.exists()
        transaction.set_rollback(True)
