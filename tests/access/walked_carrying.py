"""Whole exports for the walk over every address."""

from __future__ import annotations

from typing import Any

from tests.access.people import World


def made(world: World) -> list[Any]:
    from django.utils import timezone

    from tests.carrying.making import make_export

    return [make_export(world.people["unit"], timezone.now()).pk]
