"""What members passed on after a meeting, and what sample checks found of it."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import REACH_LABELS
from sightline.meetings.models.meetings import Meeting
from sightline.partners.models import Seat


class PassedOn(Entered):
    """What a member passed on after a meeting, and to whom. Only added to, never overwritten.

    `reached`: how many people, where it is known. `said_by`: whose words they are, where somebody typed them.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="passed_on")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="passed_on")
    what = models.TextField()
    to_whom = models.CharField(max_length=300)
    reached = models.PositiveIntegerField(null=True, blank=True)
    as_at = models.DateField()
    said_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("meeting", "seat", "as_at", "id")
        verbose_name_plural = "passed on"

    def __str__(self) -> str:
        return f"Passed on after a meeting, seat {self.seat_id}"

    @property
    def voice(self) -> str:
        """Whose words they are, and who typed them where that is somebody else."""
        if self.said_by and self.said_by != self.entered_by_label:
            return f"{self.said_by}, entered by {self.entered_by_label}"
        return self.entered_by_label


class PassedOnCheck(Entered):
    """A sample check: somebody asked those to whom it was passed on."""

    LOWEST_TIER = Tier.T1

    passed_on = models.ForeignKey(PassedOn, on_delete=models.PROTECT, related_name="checks")
    reach = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in REACH_LABELS.items()]
    )
    text = models.TextField(blank=True)
    as_at = models.DateField()

    class Meta:
        ordering = ("passed_on", "as_at", "id")

    def __str__(self) -> str:
        return f"Sample check of what was passed on, {self.passed_on_id}"
