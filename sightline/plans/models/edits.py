"""What stood before an edit: the words, numbers and places of a promise as they were until then."""

from __future__ import annotations

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from sightline.events.choices import Tier
from sightline.plans.models.actions import Action
from sightline.plans.models.plans import Outcome, Plan, Priority
from sightline.plans.models.recorded import Recorded


class Edit(Recorded):
    """One edit of an action, priority, outcome or plan: each changed value before and after it.

    Undone from the newest backwards, edits give back how the record read on any day since edits are kept; a record
    that was never edited needs none. Records are written {"id", "name"}; `sources` and `numbers` are lists of words.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.CASCADE, related_name="edits")
    priority = models.ForeignKey(
        Priority, null=True, blank=True, on_delete=models.CASCADE, related_name="edits"
    )
    outcome = models.ForeignKey(
        Outcome, null=True, blank=True, on_delete=models.CASCADE, related_name="edits"
    )
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="edits")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("recorded_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    action__isnull=False, priority__isnull=True, outcome__isnull=True, plan__isnull=True
                )
                | models.Q(
                    action__isnull=True, priority__isnull=False, outcome__isnull=True, plan__isnull=True
                )
                | models.Q(
                    action__isnull=True, priority__isnull=True, outcome__isnull=False, plan__isnull=True
                )
                | models.Q(
                    action__isnull=True, priority__isnull=True, outcome__isnull=True, plan__isnull=False
                ),
                name="an_edit_is_of_one_record",
            )
        ]

    def __str__(self) -> str:
        return f"Edit of {self.action or self.priority or self.outcome or self.plan}"
