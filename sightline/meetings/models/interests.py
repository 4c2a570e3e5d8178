"""Interests that were declared at a meeting."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import INTEREST_LABELS, Part
from sightline.meetings.models.items import IN_TIERS, TIERS, Item
from sightline.meetings.models.meetings import Meeting
from sightline.partners.models import Seat


class Interest(Entered):
    """An interest that was declared at a meeting by somebody in a seat, or by a guest, and what was done about it.

    `is_nil`: everybody was asked, and nobody declared any. `who`: the seat in words as it was called then, no name.
    It is as confidential as the item it is about. `mistake`: why it does not count; nothing is taken out.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="interests")
    is_nil = models.BooleanField(default=False)
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(max_length=300, blank=True)
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="interests")
    text = models.TextField(blank=True)
    part = models.CharField(
        max_length=10, blank=True, choices=[(each.value, label) for each, label in INTEREST_LABELS.items()]
    )
    tier = models.CharField(max_length=2, default=Tier.T1.value, choices=TIERS)
    mistake = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("meeting", "id")
        constraints = [
            models.CheckConstraint(condition=IN_TIERS, name="meetings_interest_tier"),
            models.CheckConstraint(
                condition=Q(is_nil=True, seat__isnull=True, item__isnull=True, who="", text="", part="")
                | (Q(is_nil=False) & ~Q(who="") & ~Q(text="") & ~Q(part="")),
                name="meetings_interest_or_none",
            ),
        ]

    def __str__(self) -> str:
        return "Nobody declared an interest" if self.is_nil else f"Interest declared: {self.who}"

    @property
    def part_label(self) -> str:
        """What was done about it, in words."""
        return INTEREST_LABELS[Part(self.part)] if self.part else ""
