"""Who may share and change saved views. Anybody with a membership saves views of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import NO_MEMBERSHIP, Permission
from sightline.access.permissions import Refused, pair, scope_of
from sightline.saved.choices import NOT_CHANGED_BY_YOU, NOT_SHARED_BY_YOU, Sharing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.saved.models import SavedView

    Who = User | AnonymousUser | Scope


def check_share(user: Who, sharing: str, group_key: str = "") -> None:
    """The unit shares with anybody; a chair with the groups they chair."""
    scope = scope_of(user)
    if not scope.is_member:
        raise Refused(NO_MEMBERSHIP)
    if sharing == Sharing.ONE or scope.holds(Permission.PARTNERS_WRITE):
        return
    chaired = scope.groups_with(Permission.ACTION_RATE_IMPACT)
    if sharing != Sharing.GROUP or group_key not in chaired:
        raise Refused(NOT_SHARED_BY_YOU)


def check_change_view(user: Who, view: SavedView) -> None:
    """Its owner changes and removes a view; a shared one also whoever might have shared it so."""
    scope = scope_of(user)
    if scope.user_id is not None and view.owner_id == scope.user_id:
        return
    if view.sharing == Sharing.ONE or not can_share(user, view.sharing, view.group_key):
        raise Refused(NOT_CHANGED_BY_YOU)


can_share = pair(check_share)
can_change_view = pair(check_change_view)
