"""Who may: `check_…` raises a refusal with a sentence fit to show, `can_…` answers. Made in pairs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from django.core.exceptions import PermissionDenied

from sightline.access.choices import NO_MEMBERSHIP, NOT_TO_ONESELF, REFUSALS, Permission
from sightline.access.roles import Role, role, roles
from sightline.access.scope import NOBODY, Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User

P = ParamSpec("P")


class Refused(PermissionDenied):
    """Somebody asked for what they may not do; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def pair(check: Callable[P, None]) -> Callable[P, bool]:
    """The can_… of a check_…: true where the check raises nothing. Errors other than a refusal pass through."""

    @wraps(check)
    def can(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except Refused:
            return False
        return True

    return can


def scope_of(user: User | AnonymousUser | Scope) -> Scope:
    """The scope of whoever this is; a scope stands for itself, and nobody signed in holds nothing."""
    if isinstance(user, Scope):
        return user
    return getattr(user, "scope", NOBODY)


def check_holds(
    user: User | AnonymousUser | Scope,
    permission: Permission,
    *,
    groups: Collection[str] = (),
    agencies: Collection[str] = (),
) -> None:
    """Refuse unless the permission is held over the partnership or over one of these groups or agencies."""
    scope = scope_of(user)
    if not scope.is_member:
        raise Refused(NO_MEMBERSHIP)
    if not scope.holds(permission, groups=groups, agencies=agencies):
        raise Refused(REFUSALS[permission])


can_hold = pair(check_holds)


def check_holds_anywhere(user: User | AnonymousUser | Scope, permission: Permission) -> None:
    """Refuse unless the person holds the permission over anything at all: enough to open a page."""
    scope = scope_of(user)
    if not scope.is_member:
        raise Refused(NO_MEMBERSHIP)
    if not scope.holds_anywhere(permission):
        raise Refused(REFUSALS[permission])


def check_manage_access(user: User | AnonymousUser | Scope) -> None:
    """Refuse unless the person looks after accounts and memberships."""
    check_holds(user, Permission.ACCESS_MANAGE)


can_manage_access = pair(check_manage_access)


def check_give(user: User | AnonymousUser | Scope, key: str, to: int | None) -> None:
    """Refuse unless the person may give the role of this key to the account of this number: never to their own.

    Raises UnknownRole.
    """
    check_manage_access(user)
    scope, asked = scope_of(user), role(key)
    if to is not None and scope.user_id == to:
        raise Refused(NOT_TO_ONESELF)
    if not scope.role_keys & asked.granted_by:
        names = [found.name for giver, found in roles().items() if giver in asked.granted_by]
        raise Refused(f"{asked.name} is a role that is given by: {', '.join(names)}.")


def check_take_away(user: User | AnonymousUser | Scope, key: str, of: int) -> None:
    """Refuse unless the person may end the role of this key: whoever may give it, and whose it is."""
    if scope_of(user).user_id != of:
        check_give(user, key, None)


can_give = pair(check_give)
can_take_away = pair(check_take_away)


def roles_given_by(user: User | AnonymousUser | Scope) -> tuple[Role, ...]:
    """The roles that the person may give to others, in the order of the definitions."""
    return tuple(found for key, found in roles().items() if can_give(user, key, None))


def check_view_access(user: User | AnonymousUser | Scope) -> None:
    """Refuse unless the person may be told who sees what, and why."""
    check_holds(user, Permission.ACCESS_VIEW)


can_view_access = pair(check_view_access)
