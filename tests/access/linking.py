"""Links for tests: one that sets a password, and one by which an agency's answer is asked for."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tests.access.people import World

LET_IN = {"return-entry": "let in"}


def password_link(world: World) -> list[Any]:

    from django.utils import timezone

    from sightline.access.models import PasswordLink

    now = timezone.now()
    PasswordLink.objects.create(
        user=world.people["owner"],
        kind="password",
        digest=hashlib.sha256(b"secret").hexdigest(),
        made_at=now,
        expires_at=now + dt.timedelta(hours=1),
    )
    return ["secret"]


def return_link(world: World, *, is_open: bool = True) -> list[Any]:
    """A link by which the agency's answer is asked for, with its secret; a browser that brings LET_IN is in."""
    from django.utils import timezone

    from sightline.access.models import ReturnEntry, ReturnLink
    from sightline.plans.selectors.returns import KIND
    from tests.access.url_roles import URL_ROLES

    now, (*_, number) = timezone.now(), URL_ROLES["plans:ledger_accept"].args(world)
    link = ReturnLink.objects.create(
        kind=KIND,
        record=number,
        name="Hana Head",
        email="hana.head@wealdshire.example",
        tier="T1",
        digest=hashlib.sha256(b"secret").hexdigest(),
        asked_by_label="Una Unit",
        made_at=now,
        expires_at=now + dt.timedelta(days=9),
    )
    token = hashlib.sha256(LET_IN["return-entry"].encode()).hexdigest()
    code = hashlib.sha256(f"{link.pk} let in 123456".encode()).hexdigest()
    ReturnEntry.objects.create(
        link=link, token=token, code=code, address="", made_at=now, opened_at=now if is_open else None
    )
    return ["secret"]


def asked_by_link(world: World) -> list[Any]:
    """The address of the one link that asks for an answer, by source, recommendation, addressee and link."""
    from sightline.access.models import ReturnLink
    from sightline.plans.models import Addressee

    return_link(world)
    link = ReturnLink.objects.get()
    found = Addressee.objects.select_related("recommendation__source").get(pk=link.record)
    return [found.recommendation.source.key, found.recommendation_id, found.pk, link.pk]
