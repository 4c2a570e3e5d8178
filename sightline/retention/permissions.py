"""Who keeps the rules of retention, and who carries a disposal out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.retention.choices import ANOTHER_PERSON

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.retention.models import Disposal

    Who = User | AnonymousUser | Scope


def check_keep(user: Who) -> None:
    """Rules, holds and disposals are for data protection and the business manager: over the whole partnership."""
    check_holds(user, Permission.RETENTION_KEEP)


def check_carry_out(user: Who, disposal: Disposal) -> None:
    """A disposal takes two people: who approved it does not carry it out."""
    check_keep(user)
    if scope_of(user).user_id == disposal.approved_by_id:
        raise Refused(ANOTHER_PERSON)


can_keep = pair(check_keep)
can_carry_out = pair(check_carry_out)
