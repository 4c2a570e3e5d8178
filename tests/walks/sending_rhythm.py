"""What a member of the unit sends to the addresses of the yearly rhythm."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.access.people import World


def sendings(sending: Any) -> Mapping[str, tuple[Any, ...]]:
    """What is sent, by address."""
    return {
        "rhythm:calendar_do": (sending(taken=200),),
        "rhythm:cycle_new": (sending(data=_cycle),),
        "rhythm:cycle_change": (sending(data=_cycle),),
        "rhythm:owed_do": tuple(
            sending(deed, args=_owed_before(deed), data={"words": "Not this time"})
            for deed in ("came", "call-off", "take-back")
        ),
        "rhythm:return_new": (sending(data=_of_owed),),
        "rhythm:returns_read": (sending(data=_paper),),
        "rhythm:paper_do": tuple(
            sending(deed, args=_papered(deed), data=data)
            for deed, data in (
                ("decide", lambda world: {"section-0": world.group.pk}),
                ("confirm", {}),
                ("give-up", {}),
                ("withdraw", {"why": "The wrong paper"}),
            )
        ),
        "rhythm:return_write": (
            sending(data={"impact": "Fewer waited", "step-1": "done", "step-1-words": "All of it"}),
        ),
        "rhythm:return_do": (
            sending("sign", data={"signed_by": "Cy Chair", "how": "email"}),
            sending("open-again", args=_signed("open-again")),
            sending("send-back", args=_signed("send-back"), data={"why": "Say what became of the audit"}),
        ),
    }


def _cycle(world: World) -> dict[str, Any]:
    from tests.rhythm.making import in_days

    due = in_days(30)
    day = {"first_due-day": due.day, "first_due-month": due.month, "first_due-year": due.year}
    until = {"first_until-day": 1, "first_until-month": 1, "first_until-year": 2026}
    return {
        "kind": "scorecard",
        "group": world.group.pk,
        "owed_by_words": "The unit",
        "months": 3,
        **day,
        **until,
    }


def _of_owed(world: World) -> dict[str, Any]:
    from tests.rhythm.making import make_cycle, owed

    return {"of": f"owed:{owed(make_cycle(world.group, world.group)).pk}"}


def _owed_before(deed: str) -> Callable[[World], list[Any]]:
    """Something owed that stands as the deed asks for."""

    def args(world: World) -> list[Any]:
        from django.utils import timezone

        from sightline.events.choices import SYSTEM
        from sightline.requests.choices import OwedDeed
        from sightline.requests.services import OwedGiven
        from sightline.rhythm.services import tell_owed
        from tests.rhythm.making import make_cycle, owed

        found = owed(make_cycle(world.group, world.group))
        if deed == "take-back":
            tell_owed(found, OwedDeed.CAME, OwedGiven(), version=1, by=SYSTEM, now=timezone.now())
        return [found.pk, deed]

    return args


def _signed(deed: str) -> Callable[[World], list[Any]]:
    def args(world: World) -> list[Any]:
        from tests.rhythm.making import make_return, signed, written

        return [signed(written(make_return(world.group))).pk, deed]

    return args


def _papered(deed: str) -> Callable[[World], list[Any]]:
    """A paper that stands as the deed asks for."""

    def args(world: World) -> list[Any]:
        from django.utils import timezone

        from sightline.events.choices import SYSTEM
        from sightline.rhythm.services import confirm_paper
        from tests.rhythm.making import make_return_paper

        found = make_return_paper(world.group)
        if deed == "withdraw":
            confirm_paper(found, 1, by=SYSTEM, now=timezone.now())
        return [found.pk, deed]

    return args


def _paper(world: World) -> dict[str, Any]:
    text = f"{world.group.name}\n\nKey achievements\n- One\n\nNext steps\n- Two"
    days = {
        "first-day": 1,
        "first-month": 4,
        "first-year": 2015,
        "last-day": 31,
        "last-month": 3,
        "last-year": 2016,
    }
    return {"paper": "Report", "kind": "return_year", "text": text, **days}
