"""Who may: `check_…` raises a refusal with a sentence fit to show, `can_…` answers. Made in pairs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

from django.core.exceptions import PermissionDenied

from sightline.access.choices import NO_MEMBERSHIP, REFUSALS, Permission
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


def check_manage_access(user: User | AnonymousUser | Scope) -> None:
    """Refuse unless the person looks after accounts and memberships."""
    check_holds(user, Permission.ACCESS_MANAGE)


can_manage_access = pair(check_manage_access)
