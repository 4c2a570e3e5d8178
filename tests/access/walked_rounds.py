"""Update rounds for the walks over every address."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from tests.access.people import World
from tests.access.walked_meetings import asked_link

Roles = frozenset[str]


def rows(row: Any, everybody: Roles, writers: Roles) -> dict[str, Any]:
    """Who may open which address of rounds."""
    return {
        "requests:round": row(writers, args=a_round),
        "requests:export": row(writers, args=lambda world: [*a_round(world), "csv"]),
        "requests:close": row(writers, args=a_round, method="post"),
        "requests:asked": row(writers, args=asked),
        "plans:rounds": row(writers, args=a_plan),
        "plans:date_answer": row(writers, args=a_date),
        "plans:group_rounds": row(writers, args=a_group),
        "requests:update": row(everybody, args=link),
        "requests:update_typed": row(writers, args=told),
        "meetings:coming": row(everybody, args=asked_link),
    }


def _made(world: World) -> Any:
    from tests.requests.making import asked_about

    return asked_about(world)[0]


def a_round(world: World) -> list[Any]:
    return [_made(world).round_id]


def asked(world: World) -> list[Any]:
    found = _made(world)
    return [found.round_id, found.pk]


def told(world: World) -> list[Any]:
    return [_made(world).pk]


def link(world: World) -> list[Any]:
    _made(world)
    return ["secret"]


def a_plan(world: World) -> list[Any]:
    """A plan about which a round was closed, and another can be opened."""
    from sightline.events.choices import SYSTEM
    from sightline.requests.services import close_round

    found = _made(world).round
    close_round(found, by=SYSTEM, now=timezone.now())
    from sightline.plans.models import Plan

    return [Plan.objects.get(pk=found.record).key]


def a_date(world: World) -> list[Any]:
    """An update of an action that asks for a new date."""
    from sightline.events.choices import SYSTEM
    from sightline.plans.models import Action, Update
    from sightline.plans.rules.rounds import ActionTold
    from sightline.plans.services.rounds import hold_asked, tell_together
    from sightline.requests.choices import ToldHow
    from sightline.requests.parts import Voice

    found, now = _made(world), timezone.now()
    action, day = Action.objects.order_by("pk")[0], timezone.localdate() + dt.timedelta(days=60)
    with transaction.atomic():
        told = {action.pk: ActionTold("Late", why="Two left", due_on=day)}
        actions = hold_asked([found], [action.pk])
        tell_together(actions, told, Voice(ToldHow.LINK, frozenset()), by=SYSTEM, now=now)
    return [action.reference, Update.objects.latest("pk").pk]


def a_group(world: World) -> list[Any]:
    _made(world)
    return [world.group.key]


def until(world: World) -> dict[str, Any]:
    """A day on which a round may close."""
    day = timezone.localdate() + dt.timedelta(days=9)
    return {"closes_on-day": day.day, "closes_on-month": day.month, "closes_on-year": day.year}


def words(world: World, **said: str) -> dict[str, Any]:
    """What is told of the first action."""
    from sightline.plans.models import Action

    number = Action.objects.order_by("pk")[0].pk
    return {f"a{number}-{name}": value for name, value in ({"happened": "Ten were asked"} | said).items()}


def new_date(world: World) -> dict[str, Any]:
    """The same with how it stands and a new date."""
    said = {"delivery": "amber", "why": "Two left", "difference": "They wait less"}
    day = {"due_on-day": "1", "due_on-month": "2", "due_on-year": "2100"}
    return words(world, **said, **day)


def evidence(world: World) -> dict[str, Any]:
    """The same with what shows it."""
    return words(world, evidence="Ten records", quarter="audit")


def typed(world: World) -> dict[str, Any]:
    """What was told by telephone."""
    return words(world) | {"said_by": "Hana Head", "received_how": "telephone"}
