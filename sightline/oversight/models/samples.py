"""A month's sample of the journal: what was drawn, what was said of each entry, who signed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.oversight.choices import SIGNATURE_LABELS, VERDICT_LABELS, SignatureKind, Verdict

VERDICTS = [(verdict.value, label) for verdict, label in VERDICT_LABELS.items()]


class Sample(models.Model):
    """The entries drawn of one month. `head`: the head of the journal that gave the lots; `population`: how many of
    each kind there were to draw from.
    """

    LOWEST_TIER = Tier.T2

    month = models.DateField(unique=True)
    head = models.CharField(max_length=100)
    population = models.JSONField(default=dict)
    drawn_at = models.DateTimeField()
    is_signed = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-month",)

    def __str__(self) -> str:
        return f"Sample of {self.month:%B %Y}"

    @property
    def key(self) -> str:
        """The month as an address names it."""
        return f"{self.month:%Y-%m}"


class SampledEntry(models.Model):
    """One entry that was drawn, by its number in the journal, which it may outlive.

    `current_verdict` is kept from the marks; empty: nobody has looked yet.
    """

    LOWEST_TIER = Tier.T2

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="drawn")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    entry_number = models.BigIntegerField()
    current_verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name_plural = "sampled entries"
        ordering = ("sample", "position")
        constraints = [
            models.UniqueConstraint(fields=["sample", "position"], name="oversight_drawn_position"),
            models.UniqueConstraint(fields=["sample", "kind", "entry_number"], name="oversight_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sample}, entry {self.position}"


class Mark(models.Model):
    """What somebody said of a drawn entry. Added to, never changed."""

    LOWEST_TIER = Tier.T2

    drawn = models.ForeignKey(SampledEntry, on_delete=models.PROTECT, related_name="marks")
    verdict = models.CharField(max_length=10, choices=VERDICTS)
    words = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(max_length=200)
    moment = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=Verdict.IN_ORDER.value) | ~Q(words=""), name="oversight_mark_says_why"
            )
        ]

    def __str__(self) -> str:
        return VERDICT_LABELS[Verdict(self.verdict)]


class Signature(models.Model):
    """Who signed a sample, as what. `own_entries`: how many of its entries they had made themselves."""

    LOWEST_TIER = Tier.T2

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="signatures")
    kind = models.CharField(
        max_length=12, choices=[(kind.value, label) for kind, label in SIGNATURE_LABELS.items()]
    )
    words = models.TextField(blank=True)
    own_entries = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_label = models.CharField(max_length=200)
    moment = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["sample", "kind"], name="oversight_signed_once")]

    def __str__(self) -> str:
        return f"{SIGNATURE_LABELS[SignatureKind(self.kind)]} {self.by_label}"
