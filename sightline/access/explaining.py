"""What somebody may see and do, and why: every permission, over what, by which of their memberships."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import Membership
from sightline.access.roles import role
from sightline.events.choices import Tier


@dataclass(frozen=True)
class Allowed:
    """One permission by one membership. `everywhere`: over the whole partnership, whatever the membership names."""

    permission: Permission
    membership: Membership
    everywhere: bool


def allowed(memberships: Sequence[Membership]) -> Iterator[Allowed]:
    """Every permission that these memberships give, in the order of the permissions."""
    for permission in Permission:
        for each in memberships:
            given = role(each.role)
            if permission in given.everywhere:
                yield Allowed(permission, each, True)
            elif permission in given.permissions:
                yield Allowed(permission, each, each.scope_kind == ScopeKind.PARTNERSHIP)


@dataclass(frozen=True)
class Opened:
    """What one membership opens of one tier. `of_all`: of the whole partnership; else what belongs to what it names."""

    tier: Tier
    membership: Membership
    of_all: bool
    asks_case_list: bool = False


def opened(memberships: Iterable[Membership]) -> Iterator[Opened]:
    """The tiers that memberships which read plans open: T1 whole, T2 whole or their own, T3 and T4 by case list."""
    readers = [each for each in memberships if Permission.PLANS_VIEW in role(each.role).allows]
    for each in readers:
        yield Opened(Tier.T1, each, True)
    for each in readers:
        of_all = each.scope_kind == ScopeKind.PARTNERSHIP
        if not of_all or role(each.role).reads >= Tier.T2:
            yield Opened(Tier.T2, each, of_all)
    for tier in (Tier.T3, Tier.T4):
        for each in readers:
            if role(each.role).reads >= tier:
                yield Opened(tier, each, False, asks_case_list=True)
