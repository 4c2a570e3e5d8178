"""Versions of the rules, holds, what is kept longer, disposals and their certificates."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.retention.choices import (
    DISPOSAL_LABELS,
    HOLD_LABELS,
    ITEM_LABELS,
    WAY_LABELS,
    DisposalState,
    HoldOver,
    ItemState,
)

_PERSON: dict[str, Any] = {
    "null": True,
    "blank": True,
    "on_delete": models.PROTECT,
    "related_name": "+",
}


def _choices(labels: Any) -> list[tuple[str, str]]:
    return [(key.value, label) for key, label in labels.items()]


class RetentionVersion(models.Model):
    """The rules as they stood from a moment on. Never changed: triggers in the database refuse it.

    `rules`: every rule as plain values (rules/definitions.py); `sha256` of them, which certificates cite.
    """

    LOWEST_TIER = Tier.T1

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField()
    sha256 = models.CharField(max_length=64)
    changed = models.CharField(max_length=40, blank=True)
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    made_by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = "version of the rules of retention"
        verbose_name_plural = "versions of the rules of retention"
        ordering = ("-number",)
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_version_has_a_reason")]

    def __str__(self) -> str:
        return f"Rules of retention, version {self.number}"


class Hold(models.Model):
    """That records are kept whatever their rule says: one, all of a rule, or all that belongs to another record.

    It holds from the moment it is placed until somebody ends it; `until` is the day on which it is looked at again.
    """

    LOWEST_TIER = Tier.T1

    over = models.CharField(max_length=10, choices=_choices(HOLD_LABELS))
    rule = models.CharField(max_length=40, blank=True)
    app = models.CharField(max_length=50, blank=True)
    model = models.CharField(max_length=50, blank=True)
    number = models.BigIntegerField(null=True, blank=True)
    reason = models.TextField()
    authority = models.CharField(max_length=200, blank=True)
    until = models.DateField(null=True, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    placed_by_label = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_label = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = "legal hold"
        ordering = ("-placed_at", "-id")
        indexes = [models.Index(fields=["ended_at", "rule"], name="retention_hold_standing")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(over=HoldOver.RULE.value, number__isnull=True, app="", model="") & ~Q(rule=""))
                | (Q(over=HoldOver.RECORD.value, number__isnull=False, app="", model="") & ~Q(rule=""))
                | (Q(over=HoldOver.WHOLE.value, number__isnull=False, rule="") & ~Q(app="") & ~Q(model="")),
                name="a_hold_is_over_something",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_hold_has_a_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by_label="", ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_by_label="") & ~Q(ended_reason="")),
                name="a_hold_ends_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Hold {self.pk}"


class KeptLonger(models.Model):
    """That somebody decided to keep a record longer than its rule says, until a day, and why."""

    LOWEST_TIER = Tier.T1

    rule = models.CharField(max_length=40)
    number = models.BigIntegerField()
    until = models.DateField()
    reason = models.TextField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    decided_by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name_plural = "kept longer"
        ordering = ("-decided_at", "-id")
        indexes = [models.Index(fields=["rule", "number", "until"], name="retention_kept_longer")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="kept_longer_for_a_reason")]

    def __str__(self) -> str:
        return f"Kept until {self.until}"


class Disposal(models.Model):
    """Records of one rule whose period is over: proposed each night, approved by one person, carried out by another.

    `version`: the rules it was approved by; `way`: what was decided is done with them.
    """

    LOWEST_TIER = Tier.T1

    rule = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=_choices(DISPOSAL_LABELS))
    way = models.CharField(max_length=10, blank=True, choices=_choices(WAY_LABELS))
    found_at = models.DateTimeField()
    rules = models.ForeignKey(
        RetentionVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    approved_by_label = models.CharField(max_length=200, blank=True)
    approved_reason = models.TextField(blank=True)
    ordered_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    ordered_by_label = models.CharField(max_length=200, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "rule"], name="retention_disposal_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["rule"],
                condition=Q(state=DisposalState.PROPOSED.value),
                name="one_proposal_of_a_rule",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DisposalState.PROPOSED.value,
                    way="",
                    rules__isnull=True,
                    approved_at__isnull=True,
                    approved_by__isnull=True,
                    ordered_at__isnull=True,
                )
                | (
                    ~Q(state=DisposalState.PROPOSED.value)
                    & ~Q(way="")
                    & Q(rules__isnull=False, approved_at__isnull=False, approved_by__isnull=False)
                ),
                name="a_disposal_is_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[DisposalState.PROPOSED.value, DisposalState.APPROVED.value],
                    ordered_by__isnull=True,
                    ordered_at__isnull=True,
                )
                | Q(
                    state__in=[DisposalState.ORDERED.value, DisposalState.DONE.value],
                    ordered_by__isnull=False,
                    ordered_at__isnull=False,
                ),
                name="a_disposal_is_ordered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ordered_by__isnull=True) | ~Q(ordered_by=F("approved_by")),
                name="a_disposal_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state=DisposalState.DONE.value, finished_at__isnull=False)
                | (~Q(state=DisposalState.DONE.value) & Q(finished_at__isnull=True)),
                name="a_disposal_is_done_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"Disposal {self.pk}"


class DisposalItem(models.Model):
    """One record of a disposal, by its number and what it is called: never a name."""

    LOWEST_TIER = Tier.T1

    disposal = models.ForeignKey(Disposal, on_delete=models.CASCADE, related_name="items")
    rule = models.CharField(max_length=40)
    number = models.BigIntegerField()
    since = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=_choices(ITEM_LABELS), default=ItemState.WAITING.value)

    class Meta:
        ordering = ("disposal", "number")
        indexes = [models.Index(fields=["disposal", "state", "number"], name="retention_item_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "number"],
                condition=Q(state=ItemState.WAITING.value),
                name="a_record_waits_in_one_disposal",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} of disposal {self.disposal_id}"


class Certificate(models.Model):
    """What was disposed of, under which rule, by whom: never changed and never deleted.

    `told`: the facts as they stood; `sha256` of the list of references, one a line, so that the list can be held
    against it.
    """

    LOWEST_TIER = Tier.T1

    disposal = models.OneToOneField(Disposal, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=20, unique=True)
    made_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    told = models.JSONField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "certificate of disposal"
        verbose_name_plural = "certificates of disposal"
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"Certificate of disposal {self.number}"
