"""Who exports everything: whoever holds the permission over the partnership by a role that reads all of it to T2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import REFUSALS, Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope

    Who = User | AnonymousUser | Scope


def check_export_whole(user: Who) -> None:
    """Whole tables go out, so whoever takes them must read every T2 record of them."""
    check_holds(user, Permission.EXPORT_WHOLE)
    if not scope_of(user).reads_all_tiers:
        raise Refused(REFUSALS[Permission.EXPORT_WHOLE])


can_export_whole = pair(check_export_whole)
