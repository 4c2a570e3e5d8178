"""Who keeps conflicts of interest and reviews break-glass. Who reads a record is for the wall to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, pair, scope_of
from sightline.events.choices import Tier
from sightline.knowing.choices import NOT_FOR_ROLE, NOT_KEPT, NOT_REVIEWED

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope

    Who: TypeAlias = User | AnonymousUser | Scope


def check_break_glass(user: Who) -> None:
    """Break-glass stands for the list, never for the role: the role reads child-level or restricted records."""
    scope = scope_of(user)
    if scope.user_id is None or scope.reads < Tier.T3:
        raise Refused(NOT_FOR_ROLE)


def check_review_glass(user: Who) -> None:
    """The data protection role and the unit look into each use of break-glass."""
    if not scope_of(user).holds(Permission.GLASS_REVIEW):
        raise Refused(NOT_REVIEWED)


def check_keep_conflicts(user: Who) -> None:
    """The unit keeps the register of conflicts; anybody declares their own."""
    if not scope_of(user).holds(Permission.CONFLICTS_KEEP):
        raise Refused(NOT_KEPT)


can_break_glass = pair(check_break_glass)
can_review_glass = pair(check_review_glass)
can_keep_conflicts = pair(check_keep_conflicts)
