"""Who looks after rounds, and after what groups are owed. Source: `design.md` 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.requests.kinds import kept_with

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.requests.models import Cycle, Owed, Round

    Reader = User | AnonymousUser | Scope

NOT_YOURS = (
    "Rounds are looked after by the business unit, and that of an invitation also by the chair of the group."
)


def check_keep_round(user: Reader, found: Round | None = None) -> None:
    """Rounds are kept by whoever writes plans for the whole partnership.

    That of an invitation is kept by whoever keeps the meetings of its group, too.
    """
    if found is not None and _keeps_group(user, found):
        return
    if not scope_of(user).holds(Permission.PLAN_WRITE):
        raise Refused(NOT_YOURS)


def _keeps_group(user: Reader, found: Round) -> bool:
    beside = kept_with().get(found.kind)
    return bool(beside and found.group_key and scope_of(user).holds(beside, groups=[found.group_key]))


def check_export(user: Reader) -> None:
    """Who was asked is taken away by whoever looks after rounds, if exports are allowed to them at all."""
    check_keep_round(user)
    check_holds(user, Permission.EXPORT)


can_keep_round = pair(check_keep_round)
can_export = pair(check_export)


def check_view_owed(user: Reader, found: Cycle | Owed) -> None:
    """What a group is owed, and whether it came, is T1: whoever reads plans reads it."""
    check_holds(user, Permission.PLANS_VIEW)


def check_keep_owed(user: Reader, cycle: Cycle) -> None:
    """What a group is owed is kept by whoever keeps its meetings, or those of the group that owes it."""
    groups = [cycle.group.key, *([cycle.owed_by.key] if cycle.owed_by else [])]
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.MEETINGS_KEEP, groups=groups)


can_view_owed = pair(check_view_owed)
can_keep_owed = pair(check_keep_owed)
