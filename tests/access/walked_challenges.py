"""Challenges for the walk over every address."""

from __future__ import annotations

from typing import Any

from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, members: Roles, readers: Roles, keepers: Roles, group: Roles) -> dict[str, Any]:
    """Who may open which address of challenges and risks."""
    scrutineer = frozenset({"scrutineer"})
    acting = keepers | {"chair", "owner"}
    return {
        "challenges:list": row(members),
        "challenges:list_export": row(readers, args=lambda world: ["csv"]),
        "challenges:figures": row(readers),
        "challenges:new": row(members),
        "challenges:challenge": row(readers, args=challenge, hidden=True),
        "challenges:edit": row(keepers | group, args=challenge, hidden=True, know=readers),
        "challenges:do": row(keepers | {"owner"}, args=answer, hidden=True, know=readers),
        "challenges:risks": row(readers),
        "challenges:risk_export": row(readers, args=lambda world: ["csv"]),
        "challenges:heat": row(readers),
        "challenges:risk_new": row(acting),
        "challenges:risk": row(readers, args=risk, hidden=True),
        "challenges:risk_edit": row(keepers | {"owner"}, args=risk, hidden=True, know=readers),
        "challenges:risk_do": row(keepers | {"owner"}, args=review, hidden=True, know=readers),
        "challenges:scrutinies": row(readers),
        "challenges:scrutiny_export": row(readers, args=lambda world: ["csv"]),
        "challenges:scrutiny_new": row(scrutineer),
        "challenges:scrutiny": row(readers, args=scrutiny, hidden=True),
        "challenges:scrutiny_edit": row(scrutineer, args=scrutiny, hidden=True, know=readers),
        "challenges:scrutiny_do": row(keepers | {"owner"}, args=respond, hidden=True, know=readers),
        "plans:answer_name": row(keepers | {"owner", "scrutineer"}, args=treated, hidden=True, know=readers),
        "plans:answer_end": row(keepers | {"owner", "scrutineer"}, args=treating, hidden=True, know=readers),
    }


def challenge(world: World) -> list[Any]:
    from tests.challenges.making import make_challenge

    return [make_challenge(world.agency, world.group).pk]


def answer(world: World) -> list[Any]:
    return [*challenge(world), "answer"]


def risk(world: World) -> list[Any]:
    from tests.challenges.making import make_risk

    return [make_risk(world.agency).pk]


def review(world: World) -> list[Any]:
    return [*risk(world), "review"]


def scrutiny(world: World) -> list[Any]:
    from tests.challenges.making import make_scrutiny

    return [make_scrutiny(world.agency).pk]


def respond(world: World) -> list[Any]:
    return [*scrutiny(world), "respond"]


def treated(world: World) -> list[Any]:
    return ["risk", *risk(world)]


def treating(world: World) -> list[Any]:
    from sightline.challenges.models import Risk
    from sightline.plans.services import name_answer
    from tests.plans.making import BY, NOW, TODAY, make_plan

    found = Risk.objects.get(pk=risk(world)[0])
    named = name_answer(found, make_plan(world.group), reason="So it does", as_at=TODAY, by=BY, now=NOW)
    return [named.pk]
