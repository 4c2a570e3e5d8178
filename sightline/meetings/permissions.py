"""Who may read meetings, and who keeps them. Source: `design.md` 5; `decisions/0042`."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.events.choices import Tier
from sightline.meetings.choices import PublicState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.meetings.models import (
        Decision,
        GroupAction,
        Interest,
        Item,
        Meeting,
        Pack,
        Paper,
        PublicMinutes,
        PublishedTable,
        Series,
    )
    from sightline.partners.models import Group

    Reader = User | AnonymousUser | Scope

NOT_YOURS = "This is confidential to the group, and to people who serve the whole partnership."


def check_view_meeting(user: Reader, meeting: Meeting | Series | PublishedTable) -> None:
    """That a group meets, when, and who came is T1: whoever reads plans reads it."""
    check_holds(user, Permission.PLANS_VIEW)


def reads_confidential(user: Reader, group: Group) -> bool:
    """Whether somebody reads what is confidential of this group's meetings."""
    scope = scope_of(user)
    return scope.reads_all_tiers or group.key in scope.group_keys


def check_view_item(user: Reader, item: Item) -> None:
    """An item of T2 is read by those with a role in the group, and by who reads T2 over the partnership."""
    check_holds(user, Permission.PLANS_VIEW)
    if item.tier != Tier.T1 and not reads_confidential(user, item.meeting.group):
        raise Refused(NOT_YOURS)


def check_view_said(user: Reader, said: Decision | GroupAction) -> None:
    """A decision and an action of a meeting are read as the item that they were said about."""
    check_holds(user, Permission.PLANS_VIEW)
    if said.tier != Tier.T1 and not reads_confidential(user, said.group):
        raise Refused(NOT_YOURS)


def check_view_interest(user: Reader, interest: Interest) -> None:
    """An interest declared at a meeting is read as the item that it is about."""
    check_holds(user, Permission.PLANS_VIEW)
    if interest.tier != Tier.T1 and not reads_confidential(user, interest.meeting.group):
        raise Refused(NOT_YOURS)


def check_view_paper(user: Reader, paper: Paper) -> None:
    """A paper is read by those who may read its own tier, and that of its item."""
    check_view_item(user, paper.item)
    if paper.tier != Tier.T1 and not reads_confidential(user, paper.item.meeting.group):
        raise Refused(NOT_YOURS)


def check_view_pack(user: Reader, pack: Pack) -> None:
    """A pack is read by those who may read everything that was put into it."""
    check_holds(user, Permission.PLANS_VIEW)
    if pack.tier != Tier.T1 and not reads_confidential(user, pack.meeting.group):
        raise Refused(NOT_YOURS)


def check_keep(user: Reader, group: Group) -> None:
    """Meetings are kept by the business unit, and by the chair of the group."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.MEETINGS_KEEP, groups=[group.key])


def check_minute(user: Reader, group: Group, *, is_secretary: bool) -> None:
    """Agenda, attendance and minutes are written by whoever keeps the group's meetings, and by its secretary.

    Whoever is in the seat of the secretary does it by that seat: their role over the group is a member's.
    """
    check_holds(user, Permission.PLANS_VIEW)
    if not is_secretary:
        check_keep(user, group)


def check_finish(user: Reader, found: GroupAction) -> None:
    """That an action is done is said by whoever reads it and acts for its owner, or keeps the group's meetings."""
    check_view_said(user, found)
    if not set(found.owner_keys).intersection(scope_of(user).work_keys):
        check_keep(user, found.group)


def check_view_public(user: Reader, version: PublicMinutes) -> None:
    """A public version that was issued is read by every member; one that is worked on by who keeps the meetings."""
    check_holds(user, Permission.PLANS_VIEW)
    if version.state != PublicState.ISSUED:
        check_keep(user, version.meeting.group)


def is_chair(user: Reader, group: Group) -> bool:
    """Whether somebody keeps this group's meetings as its chair, and not as the business unit: they correct a draft."""
    scope = scope_of(user)
    return group.key in scope.groups_with(Permission.MEETINGS_KEEP)


def check_pass_on(user: Reader, group: Group, agencies: Collection[str]) -> None:
    """How something was passed on is told by whoever updates for an agency of the seat, or keeps the group's meetings.

    Whoever held the seat on the day tells it anyway: their seat says so, no role.
    """
    check_holds(user, Permission.PLANS_VIEW)
    if not scope_of(user).agencies_with(Permission.ACTION_UPDATE).intersection(agencies):
        check_keep(user, group)


def keeps_any(user: Reader) -> bool:
    """Whether somebody keeps the meetings of any group."""
    return scope_of(user).holds_anywhere(Permission.MEETINGS_KEEP)


def check_export(user: Reader) -> None:
    """Lists are taken away by whoever reads them, if exports are allowed to them at all."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.EXPORT)


can_view_meeting = pair(check_view_meeting)
can_view_item = pair(check_view_item)
can_view_said = pair(check_view_said)
can_view_interest = pair(check_view_interest)
can_view_paper = pair(check_view_paper)
can_view_pack = pair(check_view_pack)
can_view_public = pair(check_view_public)
can_keep = pair(check_keep)
can_minute = pair(check_minute)
can_finish = pair(check_finish)
can_pass_on = pair(check_pass_on)
can_export = pair(check_export)
