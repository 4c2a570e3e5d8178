"""Case lists, conflicts of interest, uses of break-glass. A row is written once, and says once that it ended."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier

_PERSON: dict[str, Any] = {"on_delete": models.PROTECT, "related_name": "+"}


class AboutRecord(models.Model):
    """What is about one record, by app, model and number: of whatever kind stands behind the wall."""

    app = models.CharField(max_length=50, blank=True)
    model = models.CharField(max_length=50, blank=True)
    number = models.BigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


class Ended(models.Model):
    """What ends at most once: when, by whom and why."""

    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_label = models.CharField(max_length=200, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        abstract = True


def _ended_once(name: str) -> models.CheckConstraint:
    """Who ended it stands there exactly where it has ended."""
    none = Q(ended_at__isnull=True, ended_by_label="", ended_reason="")
    return models.CheckConstraint(
        condition=none | (Q(ended_at__isnull=False) & ~Q(ended_by_label="")), name=name
    )


class Listed(AboutRecord, Ended):
    """That somebody may read a record, why, and from and until which day (both count). It ends by itself."""

    LOWEST_TIER = Tier.T3

    user = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    reason = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **_PERSON)
    added_by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = "case list entry"
        verbose_name_plural = "case list entries"
        ordering = ("starts_on", "id")
        indexes = [
            models.Index(fields=["app", "model", "number", "user"], name="knowing_listed_of_record"),
            models.Index(fields=["user", "app", "model", "number"], name="knowing_listed_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=False) & ~Q(app="") & ~Q(model=""), name="listed_for_a_record"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="listed_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="listed_for_a_reason"),
            _ended_once("listed_ends_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on the list of {self.model} {self.number}"


class Conflict(AboutRecord, Ended):
    """That somebody must not read a record: one they or a relative are named in, or worked on.

    Known by the `reference` that was typed, which nobody compares before the record is asked for; or by app, model and
    number, of the record itself or of somebody it is about.
    """

    LOWEST_TIER = Tier.T2

    user = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    reference = models.CharField(max_length=100, blank=True)
    reason = models.TextField(blank=True)
    starts_on = models.DateField()
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, **_PERSON)
    declared_by_label = models.CharField(max_length=200)

    class Meta:
        verbose_name = "conflict of interest"
        verbose_name_plural = "conflicts of interest"
        ordering = ("-declared_at", "-id")
        indexes = [models.Index(fields=["user", "app", "model", "number"], name="knowing_conflict_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(number__isnull=True, app="", model="") & ~Q(reference=""))
                | (Q(number__isnull=False) & ~Q(app="") & ~Q(model="")),
                name="a_conflict_is_with_something",
            ),
            _ended_once("a_conflict_ends_once"),
        ]

    def __str__(self) -> str:
        return f"conflict of interest of {self.user}"


class Glass(AboutRecord):
    """A use of break-glass: somebody read a record without being on its list, why, until when; and what was found."""

    LOWEST_TIER = Tier.T3

    user = models.ForeignKey(settings.AUTH_USER_MODEL, **_PERSON)
    reference = models.CharField(max_length=100)
    reason = models.TextField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_label = models.CharField(max_length=200, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_label = models.CharField(max_length=200, blank=True)
    finding = models.TextField(blank=True)

    class Meta:
        verbose_name = "use of break-glass"
        verbose_name_plural = "uses of break-glass"
        ordering = ("-opened_at", "-id")
        indexes = [
            models.Index(fields=["app", "model", "number", "closes_at"], name="knowing_glass_of_record"),
            models.Index(fields=["user", "app", "model", "number"], name="knowing_glass_of_person"),
            models.Index(fields=["opened_at"], name="knowing_glass_opened"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__isnull=False) & ~Q(app="") & ~Q(model="") & ~Q(reason=""),
                name="glass_broken_for_a_record_and_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")), name="glass_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by_label="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by_label="")),
                name="glass_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by_label="", finding="")
                | (Q(reviewed_at__isnull=False) & ~Q(reviewed_by_label="") & ~Q(finding="")),
                name="glass_reviewed_with_a_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"break-glass by {self.user}"


class WrongReference(models.Model):
    """That a reference opened nothing: for the throttle alone, without the reference, and cleared after a day."""

    LOWEST_TIER = Tier.T2

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    moment = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "moment"], name="knowing_wrong_reference")]

    def __str__(self) -> str:
        return f"wrong reference at {self.moment:%Y-%m-%d %H:%M}"
