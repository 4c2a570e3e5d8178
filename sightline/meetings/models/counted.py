"""Figures of attendance that are kept beside the rows they are counted from."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.partners.models import Group


class CountedYear(models.Model):
    """What the meetings of a group in one year come to. The rows are the truth: this can be counted anew at any time.

    `mark`: of the rows as they stood when they were counted; where theirs is another now, this is read by nobody.
    `year`: the calendar year in which the year of attendance begins. `left_out`: development days. `total`, `seats` (by
    "seat-place") and `agencies` (by number): tallies, each as its six numbers. `cascade`: how the meetings were passed
    on, by number of an agency, and in all under 0; each as its four numbers.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    year = models.SmallIntegerField()
    mark = models.BigIntegerField()
    meetings = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    total = models.JSONField()
    seats = models.JSONField()
    agencies = models.JSONField()
    cascade = models.JSONField(default=dict)

    class Meta:
        ordering = ("group", "year")
        constraints = [models.UniqueConstraint(fields=["group", "year"], name="meetings_counted_once")]

    def __str__(self) -> str:
        return f"Attendance of group {self.group_id}, {self.year}"
