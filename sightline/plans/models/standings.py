"""How actions stood on the days that are counted, and those counts: made from history every night, never by people."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import DeliveryRating, DeliveryState, Embedding, ImpactRating
from sightline.plans.models.actions import Action
from sightline.plans.models.plans import Plan, Priority


class CountedDay(models.Model):
    """A day that was counted, and when: the ends of months, and the last day on which the count ran."""

    LOWEST_TIER = Tier.T1

    on = models.DateField(unique=True)
    counted_at = models.DateTimeField()

    class Meta:
        ordering = ("-on",)

    def __str__(self) -> str:
        return f"Counted as at {self.on:%Y-%m-%d}"


class Standing(models.Model):
    """How one action stood on a counted day; none for an action that did not count on it (`choices.Figure`)."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="standings")
    on = models.DateField()
    state = models.CharField(max_length=20, default=DeliveryState.NOT_STARTED)
    delivery = models.CharField(max_length=20, default=DeliveryRating.NOT_RATED)
    impact = models.CharField(max_length=20, default=ImpactRating.NOT_YET_KNOWN)
    embedding = models.CharField(max_length=20, default=Embedding.NONE_SET)
    # Kinds and quarters with a comma on both sides, as in the columns of an action.
    exceptions = models.CharField(max_length=200, blank=True)
    quarters = models.CharField(max_length=60, blank=True)
    slips = models.PositiveSmallIntegerField(default=0)
    failed_tests = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField(null=True, blank=True)
    update_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("on", "action")
        constraints = [
            models.UniqueConstraint(fields=["on", "action"], name="one_standing_of_an_action_a_day")
        ]

    def __str__(self) -> str:
        return f"Action {self.action_id} on {self.on:%Y-%m-%d}"


class Tally(models.Model):
    """How many actions a figure counted on a day, of one plan and priority; with a group: of those it answers for.

    Actions that only some may read are counted apart (`restricted`), so that a reader's figure holds none of them.
    """

    LOWEST_TIER = Tier.T1

    on = models.DateField()
    group = models.ForeignKey(
        "partners.Group", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    priority = models.ForeignKey(Priority, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    restricted = models.BooleanField(default=False)
    figure = models.CharField(max_length=30)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ("on", "plan", "figure")
        verbose_name_plural = "tallies"
        indexes = [
            models.Index(fields=["group", "plan", "on"], name="tally_of_plan"),
            models.Index(fields=["group", "on"], name="tally_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} on {self.on:%Y-%m-%d}: {self.number}"
