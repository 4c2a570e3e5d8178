"""Exports of the whole partnership that somebody asked for on the page."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.carrying.choices import STATE_LABELS, ExportState
from sightline.events.choices import Tier


class WholeExport(models.Model):
    """One export: who asked for it, when and why, and what became of it. Its file is cleared away after a time.

    The file is no record and lies beside the stored files under `kept_as`, so that no backup carries it.
    """

    LOWEST_TIER = Tier.T2

    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_by_label = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=ExportState.ASKED.value,
    )
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    kept_as = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    rows = models.PositiveBigIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    # Files that rows name and that were not in the store, or were not what was stored.
    faults = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="asked"), name="one_whole_export_is_made_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "failed"])
                | Q(made_at__isnull=False, expires_at__gt=models.F("made_at")),
                name="a_whole_export_that_was_made_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"Whole export {self.pk}"
