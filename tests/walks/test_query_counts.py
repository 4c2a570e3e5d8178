"""No request asks the database more than twelve times, and none asks more often where there is more to show.

Every address of url_roles.py is opened, and whatever it takes is sent to it (sending.py), by somebody of the business
unit, or whom it is for: with one, three and three hundred actions in the plan, updates of the action and people of
the agency.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from django.contrib.messages import WARNING, get_messages
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from django.utils import timezone

from sightline.partners.models import Person
from sightline.plans.models import Action, ActionNumber, ActionOwner, Plan, Timescale, Update
from tests.access.filling import filled
from tests.access.people import World, enter, world
from tests.access.url_roles import URL_ROLES
from tests.api.programs import DRAWS, program
from tests.walks.sending import SENDINGS, Sending, sendings
from tests.walks.surface import LURES, leads_elsewhere

pytestmark = pytest.mark.django_db
MOST = 12
# Where a transaction begins and ends, nothing is asked. In a test these stand where BEGIN and COMMIT stand in life.
BRACKET = ("SAVEPOINT", "RELEASE SAVEPOINT")
SIZES = (1, 3, 300)
JSON = {"content_type": "application/json"}


@pytest.fixture(autouse=True)
def _no_minute_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DRAWS, lambda *_: 60)


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


def asked_by(
    world: World,
    method: str,
    address: str,
    data: Any,
    role: str = "unit",
    cookies: Mapping[str, str] = MappingProxyType({}),
) -> tuple[list[str], Any]:
    """Queries and response; whatever the request wrote is taken back."""
    client = Client()
    by_token = URL_ROLES[resolve(address.partition("?")[0]).view_name].by_token
    if role:
        enter(client, world.person(role))
    if role and by_token:
        client.defaults |= program(world.person(role)).defaults
    client.cookies.load(dict(cookies))
    with transaction.atomic():
        with CaptureQueriesContext(connection) as asked:
            response = getattr(client, method)(
                address, data, **(JSON if by_token and method != "get" else {})
            )
        if response.streaming:
            b"".join(response.streaming_content)
        transaction.set_rollback(True)
    return [q["sql"] for q in asked.captured_queries if not q["sql"].startswith(BRACKET)], response


def opener(name: str) -> str:
    """Who opens the address: the unit, or whoever else does where it is not for the unit."""
    opens = URL_ROLES[name].opens - {"anonymous", "unit"}
    return min(opens) if opens and "unit" not in URL_ROLES[name].opens else "unit"


def check_counts(name: str, told: list[tuple[int, list[str]]]) -> None:
    """Twelve at most, and as many whatever the size."""
    for size, asked in told:
        assert len(asked) <= MOST, f"{name}, {size} rows:\n" + "\n".join(asked)
    assert len({len(asked) for _, asked in told}) == 1, f"{name}: {[len(asked) for _, asked in told]}"


@pytest.mark.parametrize("name", sorted(name for name, row in URL_ROLES.items() if row.method == "get"))
def test_opening_asks_twelve_times_at_most_and_no_more_for_more_rows(name: str) -> None:
    made = world()
    address = reverse(name, args=URL_ROLES[name].args(made))
    told = []
    for size, before in zip(SIZES, (0, *SIZES), strict=False):
        grow(made, size - before)
        row = URL_ROLES[name]
        asked, _ = asked_by(made, "get", address, row.data, opener(name), row.cookies)
        told.append((size, asked))
    check_counts(name, told)


def takes_something(name: str, address: str, made: World) -> bool:
    """Whether something may be sent to the address: it says so to whoever asks for what it does not do."""
    _, refused = asked_by(made, "put", address, {}, opener(name), URL_ROLES[name].cookies)
    return URL_ROLES[name].method == "post" or "POST" in refused.headers.get("Allow", "")


def test_what_is_sent_is_sent_to_addresses_there_are() -> None:
    assert not set(SENDINGS) - set(URL_ROLES)


def all_sendings() -> list[Any]:
    """Every address with each thing sent to it; those that take nothing are found out by asking."""
    found = [(name, each) for name in sorted(URL_ROLES) for each in sendings(name)]
    return [pytest.param(name, each, id=f"{name} {each.label}".strip()) for name, each in found]


@pytest.mark.parametrize(("name", "sending"), all_sendings())
def test_sending_asks_twelve_times_at_most_and_no_more_for_more_rows(name: str, sending: Sending) -> None:
    made = world()
    address = reverse(name, args=(sending.args or URL_ROLES[name].args)(made)) + sending.query
    if not takes_something(name, address, made):
        assert name not in SENDINGS
        return
    told = []
    for size, before in zip(SIZES, (0, *SIZES), strict=False):
        grow(made, size - before)
        sending.before(made)
        data, cookies = sent(made, name, address, sending), URL_ROLES[name].cookies
        asked, response = asked_by(made, "post", address, data, sending.by, cookies)
        assert response.status_code == sending.taken, refusal(response)
        assert not leads_elsewhere(response)
        assert not [str(word) for word in get_messages(response.wsgi_request) if word.level >= WARNING]
        told.append((size, asked))
    check_counts(name, told)


def sent(made: World, name: str, address: str, sending: Sending) -> dict[str, Any]:
    """What the form of the address asks for, filled in, and what is said for this sending."""
    form = None
    if URL_ROLES[name].method == "get":
        _, shown = asked_by(made, "get", address, {}, sending.by, URL_ROLES[name].cookies)
        form = (shown.context or {}).get("form")
    lures = {} if URL_ROLES[name].by_token else LURES
    return lures | (filled(form, timezone.localdate()) if form is not None else {}) | dict(sending.said(made))


def refusal(response: Any) -> str:
    """Why something was not taken."""
    form = (response.context or {}).get("form")
    return f"{response.status_code} {form.errors.as_json() if form is not None else response.content[:2_000]}"
