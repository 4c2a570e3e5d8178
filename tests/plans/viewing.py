"""Making what pages of plans show: long ago, so that a test is true whatever day it runs on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from sightline.access.models import User
from sightline.plans.models import Action, ActionNumber, ActionOwner, Plan, Priority, Timescale, Update
from sightline.plans.services import add_outcome, add_priority
from tests.plans.making import BY, make_action, make_plan

THEN = datetime(2020, 3, 2, 9, 0, tzinfo=UTC)
DAY = date(2020, 3, 2)
COLUMNS = [
    {"heading": "Ref", "meaning": "number"},
    {"heading": "What difference will this make?", "meaning": "outcome"},
    {"heading": "Lead", "meaning": "owners"},
    {"heading": "Action", "meaning": "action"},
    {"heading": "Update", "meaning": "update"},
    {"heading": "By when", "meaning": "timescale"},
    {"heading": "RAG", "meaning": "rating"},
    {"heading": "Cost", "meaning": "other"},
]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    """The page's text with blanks made single."""
    return " ".join(response.content.decode().split())


def old_plan(group: Any = None, **given: Any) -> Plan:
    return make_plan(group, **{"as_at": DAY, "now": THEN, "columns": COLUMNS, **given})


def old_action(plan: Plan, *parties: Any, **given: Any) -> Action:
    return make_action(plan, *parties, **{"as_at": DAY, "now": THEN, **given})


def priority_of(plan: Plan, number: str = "1", title: str = "Neglect is seen early") -> Priority:
    return add_priority(plan, number=number, title=title, by=BY, now=THEN)


def outcome_of(priority: Priority, text: str = "Children are seen sooner") -> Any:
    return add_outcome(priority, text=text, by=BY, now=THEN)


def many_actions(plan: Plan, number: int, party: Any) -> None:
    """So many actions at once, each with a number, an owner, a timescale and an update."""
    priority = priority_of(plan)
    stamp = {"recorded_at": THEN, "entered_by_label": "A test"}
    actions = Action.objects.bulk_create(
        Action(
            plan=plan,
            priority=priority,
            reference=f"SL-9{place:04d}",
            order=place,
            text=f"Action {place}",
            opened_on=DAY,
            current_exceptions=",overdue,",
            current_exception_count=1,
        )
        for place in range(number)
    )
    ActionNumber.objects.bulk_create(
        ActionNumber(action=a, plan=plan, text=f"1.{a.order}", sort_key=str(a.order)) for a in actions
    )
    ActionOwner.objects.bulk_create(ActionOwner(action=a, group=party, raw=party.name) for a in actions)
    Timescale.objects.bulk_create(
        Timescale(action=a, kind="by_date", raw="By March", due_on=DAY, as_at=DAY, **stamp) for a in actions
    )
    Update.objects.bulk_create(Update(action=a, text="Begun.", as_at=DAY, **stamp) for a in actions)
