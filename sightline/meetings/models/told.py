"""What owners tell of the actions of a group's own log, and what is said to a new date that they ask for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.models.items import GroupAction


class ToldOfAction(Entered):
    """A dated account of an action of the log. Never overwritten; only the answer to a new date is added to it, once.

    `delivery`: how it stands, where that is told; empty with `is_done`, too. `new_due_on`: the date that is asked for.
    `is_agreed`: whether it was given, which took the place of `was_due_on`; None while nobody has said.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(GroupAction, on_delete=models.CASCADE, related_name="told")
    text = models.TextField()
    delivery = models.CharField(max_length=20, blank=True)
    is_done = models.BooleanField(default=False)
    new_due_on = models.DateField(null=True, blank=True)
    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(max_length=20)
    is_agreed = models.BooleanField(null=True, blank=True)
    was_due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("action", "id")
        verbose_name_plural = "told of actions"
        constraints = [
            models.CheckConstraint(
                condition=Q(is_agreed__isnull=True, answered_on__isnull=True)
                | Q(is_agreed__isnull=False, answered_on__isnull=False, new_due_on__isnull=False),
                name="meetings_date_answered_where_asked",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed__isnull=True) | Q(is_agreed=True) | ~Q(answer=""),
                name="meetings_date_declined_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Told of action {self.action_id}"
