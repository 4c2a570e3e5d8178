"""Lists of actions: filters, orders, bounded counts, and a number of queries that does not grow."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from sightline.access.choices import ScopeKind
from sightline.access.scope import Held, Scope
from sightline.plans import selectors, services
from sightline.plans.choices import Dimension
from sightline.plans.models import Action
from sightline.plans.selectors import ActionFilter, Counted, Sort, bounded_count, list_actions, lists
from tests.plans.making import (
    BY,
    NOW,
    TODAY,
    complete,
    make_action,
    make_agency,
    make_group,
    make_person,
    make_plan,
)

pytestmark = pytest.mark.django_db
WHO: dict[str, Any] = {"by": BY, "now": NOW}
UNIT = Scope(None, (Held("unit", ScopeKind.PARTNERSHIP),))


def shown(wanted: ActionFilter | None = None, sort: Sort = Sort.PRINTED) -> list[str]:
    return [action.current_number_label for action in list_actions(UNIT, wanted, sort)]


@pytest.fixture
def plan() -> Any:
    plan = make_plan(None, "A plan")
    police, panel = make_agency("Police"), make_group("Audit panel")
    priority = services.add_priority(plan, number="1", title="Early help", **WHO)
    first = make_action(
        plan, police, due="2026-06-10", numbers=["2.10"], text="Audit referrals", priority=priority
    )
    second = make_action(plan, panel, due="2026-06-01", numbers=["2.9"], text="Train all staff")
    third = make_action(plan, make_person(police), numbers=["2.11"], text="Write the audit tool")
    services.rate(first, Dimension.DELIVERY, "red", as_at=TODAY, **WHO)
    services.rate(third, Dimension.IMPACT, "red", as_at=TODAY, **WHO)
    services.record_update(first, "Begun", as_at=date(2026, 6, 2), **WHO)
    services.record_update(third, "Begun", as_at=date(2026, 6, 3), **WHO)
    complete(second, TODAY)
    make_action(make_plan(None, "Before all plans"), numbers=["9"])
    return plan


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ["2.10", "2.9", "2.11"]),
        ({"state": "complete"}, ["2.9"]),
        ({"is_open": True}, ["2.10", "2.11"]),
        ({"is_open": False}, ["2.9"]),
        ({"delivery": "red"}, ["2.10"]),
        ({"impact": "red"}, ["2.11"]),
        ({"exception": "overdue"}, ["2.10"]),
        ({"exception": "red"}, ["2.10", "2.11"]),
        ({"exception": "silent"}, []),
        ({"owner_agency": "police"}, ["2.10", "2.11"]),
        ({"owner_group": "audit-panel"}, ["2.9"]),
        ({"due_before": date(2026, 6, 10)}, ["2.9"]),
        ({"words": "audit"}, ["2.10", "2.9", "2.11"]),
        ({"words": "AUDIT tool"}, ["2.11"]),
        ({"words": "police 2.10"}, ["2.10"]),
        ({"words": "nothing"}, []),
    ],
)
def test_filters(plan: Any, wanted: dict[str, Any], expected: list[str]) -> None:
    assert shown(ActionFilter(plan=plan, **wanted)) == expected


def test_a_priority_and_a_reference_are_found(plan: Any) -> None:
    assert shown(ActionFilter(priority=plan.priorities.get().pk)) == ["2.10"]
    assert shown(ActionFilter(words="sl-00002")) == ["2.9"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        (Sort.PRINTED, ["2.10", "2.9", "2.11"]),
        (Sort.NUMBER, ["2.9", "2.10", "2.11"]),
        (Sort.DUE, ["2.9", "2.10", "2.11"]),
        (Sort.DELIVERY, ["2.9", "2.11", "2.10"]),
        (Sort.UPDATED, ["2.9", "2.10", "2.11"]),
    ],
)
def test_orders(plan: Any, sort: Sort, expected: list[str]) -> None:
    assert shown(ActionFilter(plan=plan), sort) == expected


def test_lists_of_all_plans_go_plan_by_plan(plan: Any) -> None:
    assert shown() == ["2.10", "2.9", "2.11", "9"]
    assert shown(sort=Sort.NUMBER) == ["2.9", "2.10", "2.11", "9"]


def test_counts_stop_at_the_most_that_is_counted(plan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    actions = Action.objects.all()
    assert bounded_count(actions) == Counted(4)
    assert str(Counted(9_999)) == "9,999"
    assert str(Counted(10_001)) == "more than 10,000"
    monkeypatch.setattr(lists, "MOST_COUNTED", 2)
    assert bounded_count(actions) == Counted(3)
    assert str(bounded_count(actions)) == "more than 2"


def test_a_count_gathers_nothing_of_what_a_row_shows(plan: Any) -> None:
    rows = list_actions(UNIT, ActionFilter(plan=plan))
    assert "JSON" in str(rows.query)
    with CaptureQueriesContext(connection) as asked:
        assert bounded_count(rows) == Counted(3)
    assert [("JSON" in query["sql"]) for query in asked.captured_queries] == [False]


@pytest.mark.parametrize("size", [1, 3, 30])
def test_queries_do_not_grow_with_rows(size: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    plan, police, panel = make_plan(make_group()), make_agency(), make_group()
    for _ in range(size):
        make_action(plan, police, panel, make_person(police), refresh=False)
    with django_assert_num_queries(1):
        rows = list(selectors.list_actions(UNIT, ActionFilter(plan=plan)))
        assert [(str(row.plan.group), len(row.owners.all()), row.numbers.all()[0].text) for row in rows] == [
            (str(plan.group), 3, "1.1")
        ] * size
