"""The public version of a meeting's minutes, item by item, and what was done about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import (
    PUBLIC_DONE,
    PUBLIC_LABELS,
    SHOWN_LABELS,
    PublicDeed,
    PublicState,
)
from sightline.meetings.models.items import Item
from sightline.meetings.models.meetings import Meeting

OPEN = [PublicState.WAITING.value, PublicState.DRAFT.value, PublicState.LOOKED.value]


class PublicMinutes(Entered):
    """A version of the minutes of a meeting that is made for the public. It holds its own words: what is issued stands.

    `of`: how the minutes stood when it was begun. `items`: how many places the agenda has. `came`: each seat and how
    it was filled; `declared`: seat, item and what was done. Neither holds a name.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="public_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10,
        default=PublicState.WAITING.value,
        choices=[(each.value, label) for each, label in PUBLIC_LABELS.items()],
    )
    of = models.CharField(max_length=40, blank=True)
    items = models.PositiveIntegerField(default=0)
    came = models.JSONField(default=list)
    guests = models.PositiveIntegerField(default=0)
    declared = models.JSONField(default=list)
    declared_none = models.BooleanField(default=False)
    issued_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("meeting", "-number")
        verbose_name_plural = "public minutes"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_public_numbered"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state__in=OPEN), name="meetings_public_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=PublicState.ISSUED.value) | Q(issued_at__isnull=False),
                name="meetings_public_issued_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"Public version {self.number}"

    @property
    def state_now(self) -> PublicState:
        """Where it stands."""
        return PublicState(self.state)


class PublicPart(Entered):
    """An item in a public version, with marks around what is left out. `shown`: whether it is let through; empty where
    nobody has said. Confidential items are in no version.
    """

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(PublicMinutes, on_delete=models.CASCADE, related_name="parts")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="public_parts")
    place = models.PositiveIntegerField()
    title = models.TextField()
    text = models.TextField(blank=True)
    shown = models.CharField(
        max_length=10, blank=True, choices=[(each.value, label) for each, label in SHOWN_LABELS.items()]
    )
    reason = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("of", "place")
        constraints = [models.UniqueConstraint(fields=["of", "item"], name="meetings_public_part_once")]

    def __str__(self) -> str:
        return f"Item {self.place} of public version {self.of_id}"


class PublicStep(Entered):
    """What somebody did about a public version: looked at it, sent it back, issued it or took it back, and why."""

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(PublicMinutes, on_delete=models.CASCADE, related_name="steps")
    deed = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in PUBLIC_DONE.items()]
    )
    because = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("of", "id")

    def __str__(self) -> str:
        return PUBLIC_DONE[PublicDeed(self.deed)]
