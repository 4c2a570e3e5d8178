"""Who may read returns, and who writes and signs them. Source: `design.md` 5; `decisions/0046`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import check_holds, pair, scope_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.partners.models import Group
    from sightline.rhythm.models import Return, ReturnPaper

    Reader = User | AnonymousUser | Scope


def check_view_return(user: Reader, found: Return) -> None:
    """What a group returns is T1: whoever reads plans reads it."""
    check_holds(user, Permission.PLANS_VIEW)


def check_write_return(user: Reader, group: Group) -> None:
    """A return is written by whoever keeps the group's meetings: its chair, and the business unit."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.MEETINGS_KEEP, groups=[group.key])


def signs_for_chair(user: Reader, group: Group) -> bool:
    """Whether somebody who may sign is not the chair, and so has to say whose word it is."""
    return group.key not in scope_of(user).groups_with(Permission.MEETINGS_KEEP)


def writes_any(user: Reader) -> bool:
    """Whether somebody writes the returns of any group."""
    return scope_of(user).holds_anywhere(Permission.MEETINGS_KEEP)


def check_keep_all(user: Reader) -> None:
    """Returns of many groups are read in by whoever keeps the meetings of all: the business unit."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.MEETINGS_KEEP)


def check_view_paper(user: Reader, found: ReturnPaper) -> None:
    """A paper that returns are read from is looked over by whoever reads them in."""
    check_keep_all(user)


def check_export(user: Reader) -> None:
    """What is read is taken away, if exports are allowed to somebody at all."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.EXPORT)


can_view_return = pair(check_view_return)
can_write_return = pair(check_write_return)
can_view_paper = pair(check_view_paper)
can_keep_all = pair(check_keep_all)
can_export = pair(check_export)
