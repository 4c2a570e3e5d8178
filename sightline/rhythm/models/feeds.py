"""A calendar that a person reads elsewhere, by an address that is a secret."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier


class CalendarFeed(models.Model):
    """A person's secret address of the forward plan. Of the secret the digest alone is kept; one works at a time."""

    LOWEST_TIER = Tier.T1

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("user", "-made_at")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="rhythm_one_calendar_address"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar address of {self.made_at:%Y-%m-%d}"
