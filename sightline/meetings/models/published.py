"""Tables of attendance that were published before meetings were kept here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.documents.models import Document
from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import PUBLISHED_LABELS, PublishedState
from sightline.partners.models import Group


class PublishedTable(Entered):
    """A table of attendance that a group published, as it was uploaded.

    `read` is what was understood of it, untouched. `meetings`: out of how many its percentages are, once somebody said
    so; `period`: of which time. Confirming makes its rows.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="published_attendance")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=100, blank=True)
    meetings = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=12,
        default=PublishedState.WAITING.value,
        choices=[(state.value, label) for state, label in PUBLISHED_LABELS.items()],
    )
    refusal = models.TextField(blank=True)
    read = models.JSONField(default=dict)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-recorded_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=PublishedState.CONFIRMED.value)
                | Q(confirmed_at__isnull=False, meetings__isnull=False),
                name="meetings_published_table_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"Published attendance, {self.period}" if self.period else "Published attendance"

    @property
    def state_now(self) -> PublishedState:
        """Where it stands."""
        return PublishedState(self.state)


class PublishedRow(models.Model):
    """A row of a published table as it was printed. `is_impossible`: no number of meetings gives its percentage."""

    LOWEST_TIER = Tier.T1

    table = models.ForeignKey(PublishedTable, on_delete=models.CASCADE, related_name="rows")
    index = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=300)
    value = models.DecimalField(max_digits=6, decimal_places=2)
    unit = models.CharField(max_length=10)
    where = models.CharField(max_length=60, blank=True)
    is_impossible = models.BooleanField(default=False)

    class Meta:
        ordering = ("table", "index")
        constraints = [models.UniqueConstraint(fields=["table", "index"], name="meetings_published_row_once")]

    def __str__(self) -> str:
        return self.words
