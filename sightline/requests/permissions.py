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


def check_export(user: Reader) -> None:
    """Who was asked is taken away by whoever looks after rounds, if exports are allowed to them at all."""
    check_keep_round(user)
    check_holds(user, Permission.EXPORT)


can_keep_round = pair(check_keep_round)
can_export = pair(check_export)
