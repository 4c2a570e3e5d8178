"""Sources and their recommendations: where a need for change comes from."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import LABELS, SourceKind


class Source(models.Model):
    """An inspection, review, audit, child death, voice, data, complaint or law that asks for change."""

    LOWEST_TIER = Tier.T0

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=[(k.value, LABELS[k]) for k in SourceKind])
    body = models.CharField("published by", max_length=200, blank=True)
    published_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)
    tier = models.CharField(
        max_length=2, default=Tier.T1, choices=[(t.value, t.label) for t in (Tier.T0, Tier.T1, Tier.T2)]
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-published_on", "title")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tier__in=[Tier.T0, Tier.T1, Tier.T2]),
                name="source_of_a_tier_plans_may_hold",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Recommendation(models.Model):
    """One thing a source asks for, with its own printed number (an inspection paragraph, "Recommendation 4")."""

    LOWEST_TIER = Tier.T0

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    addressed_to = models.JSONField(default=list)
    response = models.JSONField(default=list, help_text="Paragraphs that answer it, as printed.")
    order = models.PositiveIntegerField(default=0)
    import_of = models.ForeignKey(
        "plans.Import", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    # Whether its words are still to be gathered, so that like ones are found by them.
    words_due = models.BooleanField(default=True)

    class Meta:
        ordering = ("source", "order", "id")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(words_due=True), name="recommendation_words_due")
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.number}"
