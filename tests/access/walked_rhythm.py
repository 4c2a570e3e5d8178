"""Returns, what is owed and the forward plan for the walk over every address."""

from __future__ import annotations

from typing import Any

from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, everybody: Roles, readers: Roles, keepers: Roles) -> dict[str, Any]:
    """Who may open which address of the yearly rhythm."""
    chairs = keepers | {"chair"}
    return {
        "rhythm:ahead": row(readers),
        "rhythm:ahead_export": row(readers, args=lambda world: ["csv"]),
        "rhythm:calendar_do": row(readers, method="post"),
        "rhythm:calendar": row(everybody, args=calendar),
        "rhythm:cycle_new": row(chairs),
        "rhythm:cycle": row(readers, args=cycle, hidden=True),
        "rhythm:cycle_change": row(chairs, args=cycle, hidden=True, know=readers),
        "rhythm:cycle_end": row(chairs, args=cycle, hidden=True, know=readers),
        "rhythm:owed_do": row(chairs, args=came, hidden=True, know=readers),
        "rhythm:returns": row(readers),
        "rhythm:returns_export": row(readers, args=lambda world: ["csv"]),
        "rhythm:return_new": row(chairs),
        "rhythm:returns_read": row(keepers),
        "rhythm:returns_book": row(readers, args=lambda world: ["html"]),
        "rhythm:paper": row(keepers, args=papered, hidden=True),
        "rhythm:paper_do": row(keepers, args=lambda world: [*papered(world), "decide"], hidden=True),
        "rhythm:return": row(readers, args=returned, hidden=True),
        "rhythm:return_write": row(chairs, args=returned, hidden=True, know=readers),
        "rhythm:return_file": row(readers, args=lambda world: [*returned(world), "html"], hidden=True),
        "rhythm:return_do": row(
            chairs, args=lambda world: [*returned(world), "sign"], hidden=True, know=readers
        ),
    }


def cycle(world: World) -> list[Any]:
    from tests.rhythm.making import make_cycle

    return [make_cycle(world.group, world.group).pk]


def came(world: World) -> list[Any]:
    from tests.rhythm.making import make_cycle, owed

    return [owed(make_cycle(world.group, world.group)).pk, "came"]


def returned(world: World) -> list[Any]:
    """A return that answers what is owed, after one that was signed off, of a group that met."""
    from tests.meetings.making import came as attended
    from tests.meetings.making import make_meeting, seat_of
    from tests.rhythm.making import LAST, in_days, make_cycle, make_return, owed, signed, written

    seat = seat_of(world.group, world.agency, "Sid Seated")
    attended(make_meeting(world.group, in_days(-40)), seats={seat: "present"})
    signed(written(make_return(world.group, last=LAST)))
    waits = owed(make_cycle(world.group, world.group))
    return [written(make_return(world.group, waits.period_from, in_days(-1), waits)).pk]


def calendar(world: World) -> list[Any]:
    from django.utils import timezone

    from sightline.events.choices import SYSTEM
    from sightline.rhythm.services import make_calendar

    return [make_calendar(world.people["unit"], by=SYSTEM, now=timezone.now())]


def papered(world: World) -> list[Any]:
    from tests.rhythm.making import make_return_paper

    return [make_return_paper(world.group).pk]
