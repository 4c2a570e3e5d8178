"""Reading saved views: one's own, and those shared with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.saved.choices import Sharing
from sightline.saved.models import SavedView
from sightline.search.selectors import guarded

if TYPE_CHECKING:
    from sightline.saved.permissions import Who


def views_visible_to(user: Who) -> QuerySet[SavedView]:
    """The person's own views and those shared with them, by name, with their owners.

    A shared view of one plan (source, report …) is there for those alone who may read that plan.
    """
    scope = scope_of(user)
    views = SavedView.objects.select_related("owner").order_by("name", "pk")
    if not scope.is_member:
        return views.none()
    shared = Q(sharing=Sharing.EVERYONE) | Q(sharing=Sharing.GROUP, group_key__in=scope.group_keys)
    if scope.holds(Permission.PARTNERS_WRITE):  # looks after what is shared, so sees all of it
        shared = ~Q(sharing=Sharing.ONE)
    return views.filter((shared & guarded(user)) | Q(owner_id=scope.user_id))


def views_of(user_id: int) -> QuerySet[SavedView]:
    """The views that one person saved, for their own data."""
    return SavedView.objects.filter(owner_id=user_id).order_by("pk")
