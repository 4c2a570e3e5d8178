"""What the pages of deputies show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from sightline.access.models import Membership, User
from sightline.access.roles import role
from sightline.access.rules import most_days_lent
from sightline.access.selectors import memberships_of
from sightline.events.choices import Tier
from sightline.partners import selectors
from sightline.partners.pages.accounts import RoleLine, lent_lines, role_line
from sightline.partners.selectors import HeldRole


@dataclass(frozen=True)
class OwnLine(RoleLine):
    """A role of one's own; `lend_href` where it may be handed on."""

    lend_href: str = ""


@dataclass(frozen=True)
class DeputiesPage:
    """One's own roles, what one handed on, and what was handed to one."""

    own: tuple[OwnLine, ...]
    lent: tuple[RoleLine, ...]
    borrowed: tuple[RoleLine, ...]
    most_days: int


@dataclass(frozen=True)
class DeputyPage:
    """The question to whom a role goes."""

    line: RoleLine
    needs_second_step: bool


def deputies_page(user: User, on: date) -> DeputiesPage:
    """The page of this person; roles of their own that have ended are left out."""
    held = selectors.with_overs(memberships_of(user.pk))
    own = [item for item in held if not item.membership.lent_from_id]
    return DeputiesPage(
        own=tuple(_own(item, on) for item in own if _lasts(item.membership, on)),
        lent=lent_lines(user.pk, on),
        borrowed=tuple(role_line(item, on) for item in held if item.membership.lent_from_id),
        most_days=most_days_lent(),
    )


def deputy_page(membership: Membership, on: date) -> DeputyPage:
    """The page on which this role is handed on."""
    (item,) = selectors.with_overs([membership])
    return DeputyPage(role_line(item, on), role(membership.role).reads > Tier.T1)


def _lasts(membership: Membership, on: date) -> bool:
    return membership.ends_on is None or membership.ends_on >= on


def _own(item: HeldRole, on: date) -> OwnLine:
    may = role(item.membership.role).may_be_lent
    href = reverse("partners:deputy_new", args=[item.membership.pk]) if may else ""
    return OwnLine(**vars(role_line(item, on)), lend_href=href)
