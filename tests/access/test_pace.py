"""Whoever asks faster than anybody reads is told to wait, and nobody else is."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.access import rules
from sightline.access.pace import Minute
from tests.plans.making import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _slow(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PACE = True
    monkeypatch.setattr("sightline.access.pace.pace", lambda: rules.Pace(account=3, address=5))
    # Of one minute, however long the test takes.
    monkeypatch.setattr("sightline.access.pace.MINUTE", 10**9)


def test_an_account_waits_and_others_do_not() -> None:
    hasty, other = Client(raise_request_exception=False), Client()
    hasty.force_login(make_user("unit"))
    other.force_login(make_user("scrutineer"))
    assert [hasty.get("/account/").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/account/").status_code == 200
    waits = hasty.get("/account/")
    assert waits.headers["Retry-After"] == str(10**9)
    assert "Wait a minute" in waits.content.decode()


def test_an_address_waits_where_nobody_is_signed_in() -> None:
    client = Client()
    assert [client.get("/sign-in/").status_code for _ in range(6)] == [200] * 5 + [429]
    assert client.get("/sign-in/", REMOTE_ADDR="192.0.2.7").status_code == 200


def test_programs_are_counted_apart_by_their_address_alone() -> None:
    client, address = Client(), "/api/v1/openapi.json"
    client.force_login(make_user("unit"))
    assert [client.get(address).status_code for _ in range(5)] == [200] * 5
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 429
    assert not asked.captured_queries
    assert client.get(address).headers["Content-Type"] == "application/problem+json"
    assert client.get("/account/").status_code == Client().get("/sign-in/").status_code == 200


def test_with_the_minute_the_count_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sightline.access.pace.MINUTE", 60)
    moments = iter([0.0, 59.9, 60.0])
    minute = Minute(lambda: next(moments))
    assert [minute.count("one") for _ in range(3)] == [1, 2, 1]


def test_the_numbers_stand_in_the_definitions() -> None:
    assert (rules.pace().account, rules.pace().address) == (300, 600)
