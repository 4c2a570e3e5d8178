"""Who may read and keep what governs groups. All of it is T1: who sits where and by which terms is known to members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import check_holds, pair

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.governance.models import MemberList

    Reader = User | AnonymousUser | Scope


def check_view_list(user: Reader, found: MemberList) -> None:
    """A list as it came is for those who keep partners: it may name people who are no members."""
    check_holds(user, Permission.PARTNERS_WRITE)


def check_keep(user: Reader) -> None:
    """The business unit reads lists in, and keeps terms of reference."""
    check_holds(user, Permission.PARTNERS_WRITE)


can_view_list = pair(check_view_list)
can_keep = pair(check_keep)
