"""The outbox and notifications for the walks over every address."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tests.access import url_records as records
from tests.access.people import World

Roles = frozenset[str]


def rows(row: Any, everybody: Roles, members: Roles, unit: Roles) -> dict[str, Any]:
    """Who may open which address."""
    return {
        "outbox:list": row(unit),
        "outbox:again": row(unit, args=records.failed_mail, method="post"),
        "outbox:failing": row(unit, args=no_part(returned)),
        "outbox:address_again": row(unit, args=returned, method="post"),
        "outbox:notices": row(members, args=no_part(told)),
        "outbox:read": row(members, args=no_part(told), method="post", data={"up_to": "99"}),
        "outbox:preferences": row(members),
        "outbox:stop": row(everybody, args=stop_link),
    }


def no_part(made: Any) -> Any:
    def args(world: World) -> list[Any]:
        made(world)
        return []

    return args


def returned(world: World) -> list[Any]:
    """An address that does not work."""
    from sightline.events.choices import SYSTEM
    from sightline.messages.models import Bounce
    from sightline.messages.services import queue_mail, take_reports
    from tests.messages.making import report_on

    mail = queue_mail("hana@wealdshire.example", "Due", "Please look.", by=SYSTEM)
    take_reports(report_on(mail), by=SYSTEM, now=timezone.now())
    return [Bounce.objects.get().pk]


def told(world: World) -> list[Any]:
    """Everybody told of something."""
    from sightline.messages.models import Notice

    now = timezone.now()
    Notice.objects.bulk_create(
        Notice(
            user=user,
            kind="overdue",
            is_duty=True,
            about="x",
            begun_at=now,
            title="Due",
            url="/",
            made_at=now,
        )
        for user in world.people.values()
    )
    return []


def stop_link(world: World) -> list[Any]:
    from sightline.messages.services import stop_address

    return [stop_address(world.people["owner"].pk).rstrip("/").rpartition("/")[2]]
