"""Who may read meetings, and who keeps them. Source: `design.md` 5; `decisions/0042`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import check_holds, pair, scope_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.meetings.models import Meeting, PublishedTable, Series
    from sightline.partners.models import Group

    Reader = User | AnonymousUser | Scope


def check_view_meeting(user: Reader, meeting: Meeting | Series | PublishedTable) -> None:
    """That a group meets, when, and who came is T1: whoever reads plans reads it."""
    check_holds(user, Permission.PLANS_VIEW)


def check_keep(user: Reader, group: Group) -> None:
    """Meetings are kept by the business unit, and by the chair of the group."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.MEETINGS_KEEP, groups=[group.key])


def keeps_any(user: Reader) -> bool:
    """Whether somebody keeps the meetings of any group."""
    return scope_of(user).holds_anywhere(Permission.MEETINGS_KEEP)


def check_export(user: Reader) -> None:
    """Lists are taken away by whoever reads them, if exports are allowed to them at all."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.EXPORT)


can_view_meeting = pair(check_view_meeting)
can_keep = pair(check_keep)
can_export = pair(check_export)
