"""What every dated account has: when it was valid, when and by whom it was recorded."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Recorded(models.Model):
    """A row of history: never overwritten, only added to.

    `recorded_at` is the moment the system learned it; `as_at` (where a model has one) is the day it speaks of.
    """

    recorded_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_by_label = models.CharField(max_length=200)
    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
