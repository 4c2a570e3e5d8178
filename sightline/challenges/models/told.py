"""What every row of history has: when and by whom it was entered, whose words it holds, how they came."""

from __future__ import annotations

from django.db import models

from sightline.challenges.choices import RECEIVED_LABELS, Received
from sightline.events.models import Entered


class Told(Entered):
    """A row of history: never overwritten, only added to.

    `recorded_at` is the moment Sightline learned it; `as_at` (where a model has one) is the day it speaks of.
    """

    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(
        max_length=10,
        default=Received.SCREEN.value,
        choices=[(how.value, label) for how, label in RECEIVED_LABELS.items()],
    )

    class Meta:
        abstract = True

    @property
    def voice(self) -> str:
        """Whose words they are, and who typed them where that is somebody else."""
        if not self.said_by or self.said_by == self.entered_by_label:
            return self.entered_by_label
        how = RECEIVED_LABELS[Received(self.received_how)].lower()
        came = "" if self.received_how == Received.SCREEN else f" {how}"
        return f"{self.said_by}{came}, entered by {self.entered_by_label}"
