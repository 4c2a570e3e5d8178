"""Who may read and keep what governs groups. All of it is T1: who sits where and by which terms is known to members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import check_holds, pair, scope_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.governance.models import Lead, MemberList, Terms

    Reader = User | AnonymousUser | Scope


def check_view_list(user: Reader, found: MemberList) -> None:
    """A list as it came is for those who keep partners: it may name people who are no members."""
    check_holds(user, Permission.PARTNERS_WRITE)


def check_keep(user: Reader) -> None:
    """The business unit reads lists in, and keeps terms of reference."""
    check_holds(user, Permission.PARTNERS_WRITE)


def check_view(user: Reader, found: Lead | Terms) -> None:
    """Safeguarding leads and terms of reference are read by every member."""
    check_holds(user, Permission.PARTNERS_VIEW)


def check_add_leads(user: Reader) -> None:
    """Leads are entered by the business unit, and by whoever updates actions for an agency."""
    check_holds(user, Permission.PARTNERS_VIEW)
    if not scope_of(user).agencies_with(Permission.ACTION_UPDATE):
        check_keep(user)


def check_change_lead(user: Reader, lead: Lead) -> None:
    """A row is changed by the business unit, and by whoever updates actions for its agency."""
    check_view(user, lead)
    if lead.agency.key not in scope_of(user).agencies_with(Permission.ACTION_UPDATE):
        check_keep(user)


def check_confirm_lead(user: Reader, lead: Lead) -> None:
    """A row is confirmed by the lead themselves, and by whoever may change it."""
    check_view(user, lead)
    own = scope_of(user).user_id
    if own is None or lead.person.user_id != own:
        check_change_lead(user, lead)


def check_export(user: Reader) -> None:
    """The register is taken away by whoever reads it, if exports are allowed to them at all."""
    check_holds(user, Permission.PARTNERS_VIEW)
    check_holds(user, Permission.EXPORT)


can_view = pair(check_view)
can_add_leads = pair(check_add_leads)
can_change_lead = pair(check_change_lead)
can_confirm_lead = pair(check_confirm_lead)
can_export = pair(check_export)
can_view_list = pair(check_view_list)
can_keep = pair(check_keep)
