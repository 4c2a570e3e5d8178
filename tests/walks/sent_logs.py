"""What is sent to the addresses of risks and scrutiny."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.access.people import World


def rows(sending: Callable[..., Any]) -> dict[str, tuple[Any, ...]]:
    """By the name of the address; `sending` makes one thing sent."""
    return {
        "challenges:risk_do": tuple(
            sending(deed, args=_risk_before(deed))
            for deed in ("review", "score", "control", "in-place", "close", "reopen")
        ),
        "challenges:scrutiny_new": (
            sending(
                data=lambda world: {"of": [f"agency:{world.agency.key}", f"group:{world.group.key}"]},
                by="scrutineer",
            ),
        ),
        "plans:answer_name": (sending(data=_plan_named),),
        "challenges:scrutiny_edit": (sending(by="scrutineer"),),
        "challenges:scrutiny_do": (
            sending("respond", data={"said_by": "Ola Owner"}),
            sending("the last answer", args=_last_answer, data={"said_by": "Cy Chair"}),
            *(sending(deed, args=_scrutiny(deed), by="scrutineer") for deed in ("ask-again", "verdict")),
        ),
    }


def _risk_before(deed: str) -> Callable[[World], list[Any]]:
    """A risk that stands as the deed asks for."""

    def args(world: World) -> list[Any]:
        from sightline.challenges.choices import RiskDeed, RiskOutcome
        from tests.challenges.making import make_risk, risk_done

        found = make_risk(world.agency)
        if deed == "in-place":
            found = risk_done(found, RiskDeed.CONTROL, is_planned=True)
        if deed == "reopen":
            found = risk_done(found, RiskDeed.CLOSE, outcome=RiskOutcome.GONE)
        return [found.pk, deed]

    return args


def _scrutiny(deed: str) -> Callable[[World], list[Any]]:
    def args(world: World) -> list[Any]:
        from tests.challenges.making import make_scrutiny

        return [make_scrutiny(world.agency, world.group).pk, deed]

    return args


def _last_answer(world: World) -> list[Any]:
    """One of two has answered."""
    from sightline.challenges.choices import ScrutinyDeed
    from tests.challenges.making import make_scrutiny, scrutiny_done

    found = make_scrutiny(world.agency, world.group)
    return [scrutiny_done(found, ScrutinyDeed.RESPOND, partner=0).pk, "respond"]


def _plan_named(world: World) -> dict[str, Any]:
    """Only one thing is named at a time."""
    from tests.plans.making import make_plan

    return {"action": "", "recommendation": "", "plan": make_plan(world.group, name="The answer").pk}
