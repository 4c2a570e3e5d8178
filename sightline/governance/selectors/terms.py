"""Terms of reference somebody may read, and the version that held on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Max, OuterRef, QuerySet, Subquery

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.governance.models import Terms

if TYPE_CHECKING:
    from sightline.governance.permissions import Reader
    from sightline.partners.models import Group


def terms_visible_to(user: Reader) -> QuerySet[Terms]:
    """Every version of every group's terms of reference, the newest first: members read them all."""
    found = Terms.objects.select_related("group", "document").order_by("group__name", "-number")
    return found if scope_of(user).holds(Permission.PARTNERS_VIEW) else found.none()


def terms_on(user: Reader, group: Group, on: date) -> Terms | None:
    """The version that held for a group on the day; None before the first."""
    found = terms_visible_to(user).filter(group=group, starts_on__lte=on)
    return found.order_by("-starts_on", "-number").first()


def newest_terms() -> QuerySet[Terms]:
    """The newest version of each group that still stands without an end."""
    newest = (
        Terms.objects.filter(group=OuterRef("group")).order_by().values("group").annotate(most=Max("number"))
    )
    found = Terms.objects.filter(number=Subquery(newest.values("most")), group__ends_on__isnull=True)
    return found.select_related("group")
