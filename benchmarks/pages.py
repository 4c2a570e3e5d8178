"""Pages over ever more actions: a list, a filtered list, an action and an update must not get slower."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from benchmarks.measuring import Growth, fastest
from sightline.access.services import create_user, grant
from sightline.events.choices import COMMAND_LINE
from sightline.plans.models import Action, Plan

STEPS = (1_000, 10_000, 100_000, 1_000_000)
BATCH = 5_000
BEGINNING = date(2026, 1, 5)


def _manager() -> Any:
    password = "measured-measured-measured"  # noqa: S105 - an account of a database that is thrown away
    create_user("manager@wealdshire.example", name="Manager", password=password, by=COMMAND_LINE)
    user = get_user_model().objects.get(email="manager@wealdshire.example")
    grant(user, "unit", "partnership", "", BEGINNING, by=COMMAND_LINE)
    return user


def _action(plan: Plan, number: int, chance: random.Random) -> Action:
    due = BEGINNING + timedelta(days=chance.randrange(900))
    return Action(
        plan=plan,
        reference=f"M{number:07}",
        order=number,
        text=f"Review step {number} of the pathway and tell the practitioners what changed",
        state=chance.choice(("not_started", "in_progress", "complete")),
        opened_on=BEGINNING,
        current_number_sort=f"{number:012}",
        current_owner_label=chance.choice(("Police", "Council", "Health trust")),
        current_timescale_label=f"{due:%B %Y}",
        current_due_on=due,
        current_delivery_rating=chance.choice(("green", "amber", "red", "not_rated")),
    )


def _grow(plan: Plan, start: int, end: int) -> None:
    chance = random.Random(start)
    for first in range(start, end, BATCH):
        numbers = range(first, min(first + BATCH, end))
        Action.objects.bulk_create([_action(plan, number, chance) for number in numbers])


def _get(client: Client, address: str) -> None:
    answer = client.get(address, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def measure(largest: int) -> Iterator[Growth]:
    """How the pages grow with the number of actions of a plan."""
    sizes = [size for size in STEPS if size <= largest]
    plan = Plan.objects.create(key="measured", name="Measured plan", state="in_force")
    client = Client()
    client.force_login(_manager())
    addresses = {
        "The plan as its table": "/plans/measured/",
        "The plan, red actions only": "/plans/measured/?delivery=red",
        "The plan, by due date, page 2": "/plans/measured/?order=due&page=2",
        "An action": "/actions/M0000500/",
        "What needs you": "/",
    }
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    before = 0
    for size in sizes:
        _grow(plan, before, size)
        before = size
        for name, address in addresses.items():
            _get(client, address)
            taken[name].append(fastest(lambda address=address: _get(client, address)))
    for name, seconds in taken.items():
        yield Growth(name, sizes, seconds, flat=True)
