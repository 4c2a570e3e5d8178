"""Records of retention for the walk over every address."""

from __future__ import annotations

from typing import Any

from tests.access.people import World


def hold(world: World) -> list[Any]:
    from tests.retention.making import make_hold

    return [make_hold(world.people["unit"].actor).pk]


def proposed(world: World) -> list[Any]:
    from tests.retention.making import make_proposed

    return [make_proposed().pk]


def approved(world: World) -> list[Any]:
    from tests.access.people import member
    from tests.retention.making import make_approved

    return [make_approved(member("Ann Approver", "data_protection").actor).pk]


def record(world: World) -> list[Any]:
    item = _item(proposed(world)[0])
    return [item.rule, item.number]


def whole(world: World) -> list[Any]:
    from tests.plans.making import make_plan

    return ["plans", "plan", make_plan().pk]


def certificate(world: World) -> list[Any]:
    from tests.access.people import member
    from tests.retention.making import make_certificate

    return [
        make_certificate(member("Ann Approver", "data_protection").actor, world.people["unit"].actor).number
    ]


def _item(disposal: int) -> Any:
    from sightline.retention.models import DisposalItem

    return DisposalItem.objects.filter(disposal=disposal).first()
