"""What every dated account has: when it was valid, when and by whom it was recorded."""

from __future__ import annotations

from django.db import models

from sightline.events.models import Entered


class Recorded(Entered):
    """A row of history: never overwritten, only added to.

    `recorded_at` is the moment the system learned it; `as_at` (where a model has one) is the day it speaks of.
    """

    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True
