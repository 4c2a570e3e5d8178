"""The outer wall: forms of other sites, files that a spreadsheet would run, errors, and what production sends."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db.models import CharField, Value
from django.db.models.functions import Concat
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from sightline.challenges.models import Challenge, Risk
from sightline.meetings.models import Meeting
from sightline.partners.models import Agency, Group, Seat
from sightline.plans.models import Action, Plan, Source, Update
from tests.access.linked_secrets import linked
from tests.access.people import enter, world
from tests.access.url_roles import URL_ROLES
from tests.challenges.making import make_risk
from tests.meetings.making import make_meeting
from tests.partners.making import make_seat
from tests.site.settings.test_safety import ROOT, sound
from tests.walks.test_nothing_leaks import all_addresses

pytestmark = pytest.mark.library

INTERNALS = re.compile(
    r"traceback|django|exception|sightline/|\.py\b|select |sqlite|postgres|settings", re.IGNORECASE
)


def callbacks(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Any, list[Any]]]:
    """Every address: its full name, its view, and something for each part of it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from callbacks(pattern, f"{before}{pattern.namespace}:" if pattern.namespace else before)
        elif isinstance(pattern, URLPattern):
            kinds = pattern.pattern.converters.values()
            yield (
                f"{before}{pattern.name}",
                pattern.callback,
                [1 if type(kind).__name__ == "IntConverter" else "x" for kind in kinds],
            )


# Whoever asks here brings a token of their own with each request, which no other site has, and no cookie counts.
BY_TOKEN = "api:"
# A mail program posts here by itself (RFC 8058); the address is signed, and cookies count nothing.
BY_LINK = "outbox:stop"


def test_every_view_that_takes_cookies_asks_for_the_token_of_our_own_forms() -> None:
    exempt = [name for name, view, _ in callbacks(get_resolver()) if getattr(view, "csrf_exempt", False)]
    assert [name for name in exempt if not name.startswith(BY_TOKEN)] == [BY_LINK]


def refused(request: Any, reason: str = "") -> HttpResponse:
    """Instead of the page that says so, which takes longer."""
    return HttpResponse("not our form", status=403)


@pytest.mark.django_db
def test_a_form_of_another_site_is_refused_at_every_address(settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = f"{__name__}.refused"
    client = Client(enforce_csrf_checks=True)
    client.force_login(world().person("unit"))
    taken = []
    for name, _, parts in callbacks(get_resolver()):
        if name.startswith(BY_TOKEN) or name == BY_LINK:
            continue
        answer = client.post(reverse(name, args=parts), {"version": "1"})
        if (answer.status_code, answer.content) != (403, b"not our form"):
            taken.append(name)
    assert taken == []


FORMULA = "=1+1 "
TYPED: list[tuple[Any, str]] = [
    (Action, "text"),
    (Update, "text"),
    (Plan, "name"),
    (Source, "title"),
    (Challenge, "title"),
    (Seat, "words"),
    (Meeting, "guests"),
    *((Risk, field) for field in ("title", "cause", "event", "effect")),
]


def run_by_a_spreadsheet(content: bytes) -> list[str]:
    """Cells that a spreadsheet would take for a formula."""
    if content.startswith(b"PK"):
        book = openpyxl.load_workbook(io.BytesIO(content))
        return [str(c.value) for sheet in book for row in sheet.rows for c in row if c.data_type == "f"]
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return [cell for row in rows for cell in row if cell.startswith(FORMULA[0])]


@pytest.mark.django_db
def test_what_people_typed_runs_in_no_file_that_is_taken_away() -> None:
    made = world()
    linked(made)
    make_risk(made.agency)
    Meeting.objects.filter(pk=make_meeting(made.group).pk).update(guests="Gus Guest, a school")
    make_seat(made.group, made.agency, words="Named nurse")
    for model, field in TYPED:
        typed = Concat(Value(FORMULA), field, output_field=CharField())
        assert model._default_manager.exclude(**{field: ""}).update(**{field: typed}), (model, field)
    for party in (Agency, Group):
        party._default_manager.update(name=Concat(Value(FORMULA), "name", output_field=CharField()))
    client = Client()
    enter(client, made.people["unit"])
    run, looked_at, asked = {}, 0, set[str]()
    for address in all_addresses("unit", ["csv", "xlsx"]):
        view = resolve(address.partition("?")[0])
        kind = f"{view.view_name} {view.kwargs.get('format')}"
        if kind in asked or not re.search("csv|xlsx|export|download", address):
            continue
        asked.add(kind)
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.status_code == 200 and re.search("csv|spreadsheet", answer.headers["Content-Type"]):
            looked_at += FORMULA.strip().encode() in content or content.startswith(b"PK")
            if cells := run_by_a_spreadsheet(content):
                run[address] = cells[:3]
    assert run == {}
    assert looked_at >= 5


@pytest.mark.django_db
def test_a_form_that_is_too_large_is_answered_without_internals() -> None:
    answer = Client(raise_request_exception=False).post("/sign-in/", {"email": "x" * 3_000_000})
    assert answer.status_code in {400, 413}
    assert INTERNALS.findall(re.sub(r"<[^>]+>", " ", answer.content.decode())) == []


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "500", "site/form_expired"])
def test_pages_of_errors_tell_nothing_of_the_machinery(name: str) -> None:
    page = (ROOT / "sightline" / "site" / "templates" / f"{name}.html").read_text(encoding="utf-8")
    told = re.sub(r"\{[%{].*?[%}]\}|<[^>]+>", " ", page)
    assert INTERNALS.findall(told) == []


SCRIPT = """
import json, django
django.setup()
from django.conf import settings as it
from django.test import Client
from django.http import HttpResponse
from django.test import RequestFactory
from django.middleware.csrf import CsrfViewMiddleware, get_token
def answer(request):
    get_token(request)
    return HttpResponse("")
made = CsrfViewMiddleware(answer)(RequestFactory().get("/", secure=True))
plain = Client().get("/sign-in/", headers={"host": "partnership.example"})
safe = Client().get("/health/", headers={"host": "partnership.example"}, secure=True)
names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE", "DEBUG",
    "SESSION_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "SECOND_STEP_REQUIRED", "PACE", "DEMO_SIGN_IN")
print(json.dumps({"log": it.LOGGING["formatters"]["line"],
    "settings": {name: getattr(it, name) for name in names}, "to": [plain.status_code, plain["Location"]],
    "hsts": safe.headers.get("Strict-Transport-Security"), "status": safe.status_code,
    "policy": safe.headers.get("Content-Security-Policy"), "cookie": made.cookies.output(header="")}))
"""


def served(folder: Path, **changes: str) -> dict[str, Any]:
    """What production sends, from an environment that it accepts."""
    environment = sound(
        DATABASE_URL="",
        SIGHTLINE_ALLOW_SQLITE="yes",
        SIGHTLINE_DATA=str(folder),
        DJANGO_SETTINGS_MODULE="sightline.site.settings.production",
        **changes,
    )
    whole = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=whole, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_production_insists_on_https_and_keeps_its_cookies_to_itself(tmp_path: Path) -> None:
    told = served(tmp_path)
    assert told["to"] == [301, "https://partnership.example/sign-in/"]
    assert told["hsts"] == "max-age=31536000; includeSubDomains"
    assert told["log"] == {"()": "sightline.site.logs.JsonLines"}
    assert (told["status"], "object-src 'none'" in told["policy"]) == (200, True)
    assert told["settings"] == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
        "SECOND_STEP_REQUIRED": True,
        "PACE": True,
        "DEMO_SIGN_IN": False,
        "DEBUG": False,
    }
    assert re.match(r" *__Host-csrf=\w+;", told["cookie"])
    assert all(part in told["cookie"] for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"))
    assert "Domain" not in told["cookie"]


def test_names_below_may_be_left_alone(tmp_path: Path) -> None:
    assert served(tmp_path, SIGHTLINE_HSTS_SUBDOMAINS="no")["hsts"] == "max-age=31536000"


def test_every_address_that_is_walked_is_one_of_these() -> None:
    """So that none is left out of the walks above."""
    assert {name for name, _, _ in callbacks(get_resolver())} == set(URL_ROLES)
