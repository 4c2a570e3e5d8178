"""What production writes into its log: enough to find a fault by, and nothing of anybody."""

import json
import logging
import re
import sys
from typing import Any

import pytest
from django.test import Client
from django.urls import get_resolver

from sightline.access.guard import PUBLIC, needs
from sightline.site.logs import JsonLines, masked

EMAIL = "jo.marsh@wealdshire.example"


class Kept(logging.Handler):
    """Keeps the lines that a server would write."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(JsonLines())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Any:
    kept, logger = Kept(), logging.getLogger("django.request")
    logger.addHandler(kept)
    yield kept.lines
    logger.removeHandler(kept)


def record(name: str, message: str, *values: Any, fault: bool = False) -> dict[str, Any]:
    made = logging.LogRecord(
        name, logging.ERROR, __file__, 1, message, values, sys.exc_info() if fault else None
    )
    line = JsonLines().format(made)
    assert "\n" not in line
    return dict(json.loads(line))


@pytest.mark.django_db
def test_a_request_is_told_by_its_route_and_not_by_its_address(client: Client, log: list[str]) -> None:
    client.get(f"/return/a-secret-that-lets-in/?who={EMAIL}")
    client.get(f"/no-such/{EMAIL}/")
    (line,) = [json.loads(line) for line in log][-1:]
    assert (line["status"], line["method"], line["message"]) == (404, "GET", "%s: %s")
    assert not re.search("a-secret-that-lets-in|marsh|no-such", "".join(log))


@pytest.mark.django_db
def test_a_fault_is_found_by_the_number_on_its_page(log: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    @needs(PUBLIC)
    def fails(request: Any) -> Any:
        raise ValueError(f"Key (email)=({EMAIL}) already exists")

    health = next(each for each in get_resolver().url_patterns if getattr(each, "name", "") == "health")
    monkeypatch.setattr(health, "callback", fails)
    page = Client(raise_request_exception=False).get("/health/")
    line = json.loads(log[-1])
    assert page.status_code == 500
    assert f"<strong>{line['reference']}</strong>" in page.content.decode()
    assert line["fault"] == ["builtins.ValueError"]
    assert line["at"][-1].endswith(" fails")
    assert "marsh" not in log[-1]


def test_a_fault_is_told_with_what_it_came_from_and_without_its_words() -> None:
    try:
        try:
            int(EMAIL)
        except ValueError as wrong:
            raise LookupError(EMAIL) from wrong
    except LookupError:
        line = record("sightline.jobs", "Job %s (%s) failed.", 12, "messages.send", fault=True)
    assert line["message"] == "Job 12 (messages.send) failed."
    assert line["fault"] == ["builtins.LookupError", "builtins.ValueError"]
    assert "marsh" not in json.dumps(line)


def test_values_of_others_messages_are_left_out() -> None:
    assert record("somebody.else", "Hello %s", EMAIL)["message"] == "Hello %s"


def test_what_looks_like_somebody_is_masked() -> None:
    words = f"From {EMAIL}, NHS 943 476 5919, token {'a1B2' * 8}, job 1234"
    assert masked(words) == "From [e-mail] NHS [number], token [secret], job 1234"
