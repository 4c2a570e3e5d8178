"""Who may read and keep the list of partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import check_holds, pair

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.partners.models import Holding, Party, Seat


def check_view(user: User | AnonymousUser | Scope, party: Party | Seat | Holding) -> None:
    """Partners, their seats and who holds them are T1: whoever holds a current membership reads them all."""
    check_holds(user, Permission.PARTNERS_VIEW)


def check_write(user: User | AnonymousUser | Scope) -> None:
    """The business unit keeps agencies, groups, people and their names."""
    check_holds(user, Permission.PARTNERS_WRITE)


def check_give_access(user: User | AnonymousUser | Scope) -> None:
    """The business unit opens accounts and gives roles."""
    check_holds(user, Permission.ACCESS_MANAGE)


can_view = pair(check_view)
can_write = pair(check_write)
can_give_access = pair(check_give_access)
