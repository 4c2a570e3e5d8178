"""Which actions a closed round of updates asked about: silence is counted from it."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.models.actions import Action


class RoundClosing(models.Model):
    """A round that asked about an action was closed. Written as the round closes, and never changed.

    `as_at` is the day on which it closed, `round_number` the number of the round, which is forgotten sooner.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="round_closings")
    round_number = models.BigIntegerField()
    opened_on = models.DateField()
    as_at = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("action", "as_at", "id")
        constraints = [
            models.UniqueConstraint(fields=["action", "round_number"], name="one_closing_of_a_round"),
            models.CheckConstraint(
                condition=models.Q(as_at__gte=models.F("opened_on")), name="closing_after_opening"
            ),
        ]
        indexes = [models.Index(fields=["round_number"], name="closing_round")]

    def __str__(self) -> str:
        return f"{self.action_id} asked about in round {self.round_number}"
