"""Saved views: the address of a filtered list under a name. What it shows is decided anew for whoever opens it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.saved.choices import SHARING_LABELS, Sharing


class SavedView(models.Model):
    """An address of this site (`rules.own_view`) under a name, for one person, a group or everyone."""

    LOWEST_TIER = Tier.T1

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=1_500)
    sharing = models.CharField(
        max_length=10,
        choices=[(sharing.value, label) for sharing, label in SHARING_LABELS.items()],
        default=Sharing.ONE.value,
    )
    group_key = models.CharField(max_length=100, blank=True)
    # The record the page is about (a guard of search), so that a plan's name in an address reaches only its readers.
    guard = models.CharField(max_length=30, blank=True)
    guard_id = models.BigIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("name", "id")
        indexes = [models.Index(fields=["sharing", "group_key", "name"], name="saved_view_shared")]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name_of_its_owner"),
            models.CheckConstraint(
                condition=(Q(sharing=Sharing.GROUP.value) & ~Q(group_key=""))
                | (~Q(sharing=Sharing.GROUP.value) & Q(group_key="")),
                name="saved_view_of_a_group_names_it",
            ),
            models.CheckConstraint(
                condition=Q(address__startswith="/") & ~Q(address__startswith="//"),
                name="saved_view_of_this_site",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shared_with(self) -> str:
        """The sharing as a form's answer: "one", "everyone" or "group:KEY"."""
        return f"{self.sharing}:{self.group_key}" if self.group_key else self.sharing
