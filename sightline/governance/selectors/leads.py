"""The register of safeguarding leads, and whom a lead that waits to be confirmed reaches."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import Membership, is_current
from sightline.access.permissions import scope_of
from sightline.access.roles import roles
from sightline.governance.models import Lead
from sightline.governance.rules.rhythm import last_confirmed_enough, standard
from sightline.partners.models import Agency
from sightline.partners.selectors import agencies, standing

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader

WITH = ("agency", "person", "cover")


def leads_visible_to(user: Reader) -> QuerySet[Lead]:
    """Every row of the register, ended ones too: names of professionals are read by every member."""
    found = Lead.objects.select_related(*WITH)
    return found if scope_of(user).holds(Permission.PARTNERS_VIEW) else found.none()


def in_post(on: date) -> Q:
    """Leads of the day."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))


def unconfirmed(on: date) -> Q:
    """Leads of the day whose quarter has passed."""
    return in_post(on) & Q(current_confirmed_on__lt=last_confirmed_enough(on, standard()))


def same_place(lead: Lead) -> Q:
    """Rows of the register for the same part of the same agency."""
    names = ("agency_id", "department", "school", "district", "role")
    return Q(**{name: getattr(lead, name) for name in names})


def agencies_kept_by(user: Reader, on: date) -> QuerySet[Agency]:
    """The agencies of the day whose leads somebody may enter: all for the unit, else those they update for."""
    scope = scope_of(user)
    found = agencies(user).filter(standing(on))
    if scope.holds(Permission.PARTNERS_WRITE):
        return found
    return found.filter(key__in=scope.agencies_with(Permission.ACTION_UPDATE))


def agencies_reached(on: date) -> frozenset[str]:
    """Keys of the agencies for which somebody with an open account updates actions on the day; one query."""
    acting = [name for name, role in roles().items() if Permission.ACTION_UPDATE in role.allows]
    held = Membership.objects.filter(
        is_current(on), user__is_active=True, role__in=acting, scope_kind=ScopeKind.AGENCY
    )
    return frozenset(held.values_list("scope_key", flat=True))
