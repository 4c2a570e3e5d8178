"""Who looks after rounds: the business unit. Source: `design.md` 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import check_holds, pair

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.requests.models import Round

    Reader = User | AnonymousUser | Scope


def check_keep_round(user: Reader, found: Round | None = None) -> None:
    """Rounds are opened, watched and closed by whoever writes plans for the whole partnership."""
    check_holds(user, Permission.PLAN_WRITE)


can_keep_round = pair(check_keep_round)
