"""The API under requests made from its own OpenAPI document: no fault, no undeclared status, answers as described.

The same requests at every run, round after round from one seed, until each operation has had its share of two minutes
(`make soak`: of thirty). What a request wrote is taken back before the next.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sightline.access import services
from sightline.plans.choices import SourceKind
from sightline.plans.services import (
    create_recommendation,
    create_source,
    draft_exception_report,
    record_update,
)
from tests.access.people import World, world
from tests.api.programs import token_of
from tests.plans.making import BY, NOW, TODAY, make_action, make_plan

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
SEED, EXAMPLES = 20261127, 3
SECONDS = 30 * 60 if os.environ.get("SIGHTLINE_SOAK") == "1" else 2 * 60
WHO = ("unit", "owner")
OPERATIONS = (
    "plans", "plan", "actions", "action", "action_change", "action_add", "updates", "update_add", "recommendations",
    "recommendation", "response_add", "groups", "group", "group_change", "agencies", "agency", "agency_change",
    "reports", "report", "report_rows",
)  # fmt: skip


def seeded() -> tuple[World, dict[str, list[Any]]]:
    """Records of every kind, and what names them in an address, by the beginning of it."""
    made = world()
    plan = make_plan(made.group)
    action = make_action(plan, made.agency, due="2026-01-01")
    record_update(action, "Begun", as_at=TODAY, by=BY, now=NOW)
    source = create_source("Inspection", SourceKind.INSPECTION, by=BY, now=NOW)
    to = [made.agency.name]
    asked = create_recommendation(source, number="1", text="Meet", addressed_to=to, by=BY, now=NOW)
    report = draft_exception_report(None, as_at=TODAY, by=BY, now=NOW)
    return made, {
        "plans": [plan.key],
        "actions": [action.reference],
        "recommendations": [asked.pk],
        "groups": [made.group.key],
        "agencies": [made.agency.key],
        "reports": [report.pk],
    }


def operations() -> Iterator[Any]:
    """Every operation of the document as a program gets it."""
    served = schemathesis.openapi.from_wsgi(
        "/api/v1/openapi.json", app=WSGIHandler(), headers={"Host": "testserver"}
    )
    return (each.ok() for each in served.get_all_operations())


def test_every_operation_of_the_document_is_fuzzed(db: None) -> None:
    found = {each.definition.raw["operationId"] for each in operations()}
    assert found == set(OPERATIONS)


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """Requests leave the connection open, which is the test's own: so does Django's own client of tests."""
    for each in (request_started, request_finished):
        each.disconnect(close_old_connections)
    yield
    for each in (request_started, request_finished):
        each.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_meets_a_fault_or_an_answer_that_is_not_described(
    name: str, role: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sightline.access.services.tokens.Allowances.take", lambda *given: True)
    made, known = seeded()
    headers = {"Authorization": f"Bearer {token_of(made.people[role])}", "Host": "testserver"}
    operation = next(each for each in operations() if each.definition.raw["operationId"] == name)
    part = next(iter(each.name for each in operation.path_parameters), "")
    real = {part: known[operation.path.split("/")[3]][0]} if part else {}
    until = time.monotonic() + SECONDS / len(WHO) / len(OPERATIONS)
    for round_number in range(100_000):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            for standing in [{}, real] if part else [{}]:
                send_some(operation, mode, standing, headers, SEED + round_number)
        if time.monotonic() > until:
            break
    services.forget_allowances()


def send_some(
    operation: Any, mode: GenerationMode, standing: dict[str, Any], headers: dict[str, str], start: int
) -> None:
    """Some requests of one kind: fit or unfit, of any address or of a record that stands there."""
    given_parts = {"path_parameters": standing} if standing else {}

    @seed(start)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode, **given_parts))
    def sent(case: Case) -> None:
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    sent()
