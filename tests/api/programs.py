"""Programs for tests: clients that send a personal token, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from sightline.access import services
from sightline.access.choices import TokenScope
from sightline.access.models import User

V1 = "/api/v1"
# Where a process draws what a token may ask in a minute. What is counted must not depend on a minute that turns.
DRAWS = "sightline.access.services.tokens._draw"
EVERY = tuple(scope.value for scope in TokenScope)


def token_of(user: User, scopes: Iterable[str] = EVERY, name: str = "Figures") -> str:
    """The secret of a new token."""
    last, now = timezone.localdate() + timedelta(days=30), timezone.now()
    return services.make_token(user, name, list(scopes), last, strong=True, by=user.actor, now=now)[1]


def program(user: User, scopes: Iterable[str] = EVERY, **more: Any) -> Client:
    """A client that sends a token of this person."""
    services.forget_allowances()
    return Client(headers={"Authorization": f"Bearer {token_of(user, scopes)}"}, **more)


def send(client: Client, address: str, body: Any, method: str = "post", **headers: str) -> Any:
    """Send JSON; `Idempotency_Key` becomes the header of that name."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return getattr(client, method)(f"{V1}{address}", body, content_type="application/json", headers=named)
