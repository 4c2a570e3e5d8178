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
