"""Papers from which returns of a past time are read: looked over, read in whole, and taken back whole."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.rhythm.choices import PAPER_LABELS, PaperState


class ReturnPaper(Entered):
    """The text of a printed report as it came, whole. Nothing becomes a return before somebody confirms it.

    `decisions`: for a section, by its place from 0, the number of its group, or 0 where it is left out; `outcome`: what
    became of each section when it was read in; `because`: why it was taken back.
    """

    LOWEST_TIER = Tier.T1

    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=30)
    period_from = models.DateField()
    period_until = models.DateField()
    text = models.TextField()
    decisions = models.JSONField(default=dict)
    outcome = models.JSONField(default=list)
    state = models.CharField(
        max_length=10,
        default=PaperState.PREVIEW.value,
        choices=[(each.value, label) for each, label in PAPER_LABELS.items()],
    )
    because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-recorded_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_until")), name="rhythm_paper_of_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=PaperState.WITHDRAWN) & ~Q(because="")
                | ~Q(state=PaperState.WITHDRAWN) & Q(because=""),
                name="rhythm_paper_taken_back_because",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_now(self) -> PaperState:
        """Where it stands."""
        return PaperState(self.state)
