"""No request asks the database more than twelve times, and none asks more often where there is more to show.

Every address of url_roles.py is opened, and whatever form it shows is filled in and sent, by somebody of the business
unit: with one, three and three hundred actions in the plan, updates of the action and people of the agency.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sightline.partners.models import Person
from sightline.plans.models import Action, ActionNumber, ActionOwner, Plan, Timescale, Update
from tests.access.filling import filled
from tests.access.people import World, world
from tests.access.url_roles import URL_ROLES, Row

pytestmark = pytest.mark.django_db
MOST = 12
SIZES = (1, 3, 300)
# Forms of which a browser cannot send what a test makes up, or that are meant to be refused.
NOT_SENT = {"plans:import_new"}
# What still asks more often. Each writes to many tables at once; none asks more where there are more rows.
ABOVE = {
    "plans:action_edit": 15,
    "plans:action_new": 22,
    "plans:action_owners": 15,
    "plans:action_update": 15,
    "plans:action_wait": 14,
    "plans:claim": 18,
    "plans:claim_decide": 19,
    "plans:claim_take_back": 14,
    "plans:report_issue": 13,
    "plans:reports": 13,
}
# Answers that make a form do its whole work.
SAID: dict[str, dict[str, Any]] = {
    "plans:action_update": {"delivery": "amber", "blocked": "yes", "hindrance": "Nobody is in post"},
    "plans:action_test_result": {"passed": "no"},
    "plans:action_wait": {"needs": "SL-90001"},
    "plans:action_owners": {
        "lead": "Wealdshire Police\nNeglect sub-group\nNobody known",
        "support": "Ed Else",
    },
    "plans:action_edit": {"numbers": "7.1 & 7.2"},
}


def grow(world: World, number: int) -> None:
    """Let every plan have so many more actions, the first action so many more updates, the agency so many people."""
    for plan in Plan.objects.all():
        _add_actions(plan, world, number)
    stamp = {"recorded_at": timezone.now(), "entered_by_label": "A test", "as_at": dt.date(2020, 1, 1)}
    if action := Action.objects.order_by("pk").first():
        Update.objects.bulk_create(Update(action=action, text="Said.", **stamp) for _ in range(number))
    Person.objects.bulk_create(Person(name=f"Person {n}", agency=world.agency) for n in range(number))


def _add_actions(plan: Plan, world: World, number: int) -> None:
    day, taken = dt.date(2020, 1, 1), Action.objects.count()
    actions = Action.objects.bulk_create(
        Action(plan=plan, reference=f"SL-{90_000 + taken + n}", order=n, text=f"Action {n}", opened_on=day)
        for n in range(number)
    )
    stamp = {"recorded_at": timezone.now(), "entered_by_label": "A test", "as_at": day}
    ActionNumber.objects.bulk_create(
        ActionNumber(action=action, plan=plan, text="1", sort_key="1") for action in actions
    )
    ActionOwner.objects.bulk_create(ActionOwner(action=a, agency=world.agency, raw="Police") for a in actions)
    Timescale.objects.bulk_create(
        Timescale(action=a, kind="by_date", raw="By then", due_on=day, **stamp) for a in actions
    )


def most(name: str, method: str) -> int:
    """How often a request may ask."""
    return ABOVE.get(name, MOST) if method == "post" else MOST


def asked_by(world: World, method: str, address: str, data: Any) -> tuple[int, list[str], Any]:
    """Status, queries and response; whatever the request wrote is taken back."""
    client = Client()
    client.force_login(world.people["unit"])
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            response = getattr(client, method)(address, data)
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return response.status_code, [query["sql"] for query in asked.captured_queries], response


def requests_of(world: World, name: str, row: Row, address: str) -> dict[str, tuple[int, list[str]]]:
    """What opening the address, and sending the form it shows, asked of the database."""
    status, asked, response = asked_by(world, row.method, address, row.data)
    found = {row.method: (status, asked)}
    form = (response.context or {}).get("form") if row.method == "get" and status == 200 else None
    if form is not None and name not in NOT_SENT:
        data = filled(form, timezone.localdate()) | SAID.get(name, {})
        status, asked, answer = asked_by(world, "post", address, data)
        if name in SENT:
            assert status == 302, f"{name}: {status} {answer.context['form'].errors.as_json()}"
        found["post"] = (status, asked)
    return found


@pytest.mark.parametrize("name", sorted(URL_ROLES))
def test_twelve_queries_and_no_more_for_more_rows(name: str) -> None:
    row, made = URL_ROLES[name], world()
    address = reverse(name, args=row.args(made))
    told: dict[str, list[int]] = {}
    for size, before in zip(SIZES, (0, *SIZES), strict=False):
        grow(made, size - before)
        for method, (status, asked) in requests_of(made, name, row, address).items():
            assert len(asked) <= most(name, method), (
                f"{method} {name} ({status}), {size} rows:\n" + "\n".join(asked)
            )
            told.setdefault(method, []).append(len(asked))
    assert all(len(set(numbers)) == 1 for numbers in told.values()), f"{name}: {told}"


# Forms that must be taken, so that what is counted is the work and not the refusal.
SENT = {name for name in URL_ROLES if name.startswith(("plans:action_", "plans:priority_", "plans:outcome_"))}
