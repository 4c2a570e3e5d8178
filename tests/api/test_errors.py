"""Every error is problem details, and tells nothing of the machinery. Only a token in the header opens anything."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sightline.access.models import Token
from tests.access.people import member, world
from tests.api.programs import V1, program, send, token_of
from tests.plans.making import make_action, make_plan

pytestmark = pytest.mark.django_db


def problem(response: Any, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    return told


def test_cookies_and_addresses_open_nothing_and_a_token_opens_no_page() -> None:
    user = member("Una Unit", "unit")
    signed_in = Client()
    signed_in.force_login(user)
    told = signed_in.get(f"{V1}/plans")
    problem(told, 401)
    assert told.headers["WWW-Authenticate"].startswith("Bearer")
    secret = token_of(user)
    problem(Client().get(f"{V1}/plans?token={secret}&access_token={secret}"), 401)
    problem(Client(headers={"Authorization": f"Basic {secret}"}).get(f"{V1}/plans"), 401)
    client = program(user)
    assert client.get(f"{V1}/plans").status_code == 200
    assert client.get("/plans/").headers["Location"].startswith("/sign-in/")
    assert "sessionid" not in client.cookies
    assert (
        "Access-Control-Allow-Origin"
        not in client.get(f"{V1}/plans", headers={"Origin": "https://x.example"}).headers
    )


def test_each_status_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    made = world()
    action = make_action(make_plan(made.group), made.agency)
    client = program(made.people["unit"])
    one = f"{V1}/actions/{action.reference}"
    problem(client.get(f"{V1}/nothing"), 404)
    problem(client.get(f"{V1}/plans/%00"), 400)
    assert problem(client.delete(one), 405)["detail"] == "This address takes GET, PATCH."
    problem(client.get(one, headers={"Accept": "text/csv"}), 406)
    problem(client.get(f"{one}?{'x' * 5_000}"), 414)
    problem(client.patch(one, "text=x", content_type="application/x-www-form-urlencoded"), 415)
    problem(client.patch(one, "{", content_type="application/json"), 400)
    problem(client.patch(one, '"' + "x" * 1_100_000 + '"', content_type="application/json"), 413)
    problem(send(client, f"/actions/{action.reference}", {"text": "x"}, "patch"), 428)
    problem(send(client, f"/actions/{action.reference}", {"text": "x"}, "patch", If_Match='"77"'), 412)
    problem(send(client, f"/actions/{action.reference}", {"text": "x"}, "patch", If_Match="x"), 412)
    told = problem(send(client, f"/actions/{action.reference}", {"txet": "x"}, "patch", If_Match='"1"'), 422)
    assert told["errors"][0]["field"] == "txet"
    problem(send(client, f"/actions/{action.reference}", {"text": "a\x00"}, "patch", If_Match='"1"'), 422)
    several = send(client, f"/actions/{action.reference}", {"numbers": ["a", " "]}, "patch", If_Match='"1"')
    assert [each["field"] for each in problem(several, 422)["errors"]] == ["numbers.1"]
    of_list = problem(client.get(f"{V1}/actions?state=half&limit=101"), 422)["errors"]
    assert {each["field"] for each in of_list} == {"state", "limit"}
    Token.objects.update(taken=300)
    monkeypatch.setattr("sightline.access.services.tokens.Allowances.take", lambda *given: False)
    told_to_wait = client.get(one)
    problem(told_to_wait, 429)
    assert told_to_wait.headers["Retry-After"] == "60"


def test_a_fault_tells_its_number_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = program(member("Una Unit", "unit"))

    def broken(*given: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("sightline.api.views.plans.plans_visible_to", broken)
    response = client.get(f"{V1}/plans")
    detail = problem(response, 500)["detail"]
    assert "secret words" not in response.content.decode()
    assert "Traceback" not in response.content.decode()
    assert detail.rpartition(" ")[2].strip(".") in caplog.text
