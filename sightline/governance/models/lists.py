"""Membership lists that were read in."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from sightline.documents.models import Document
from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.governance.choices import LIST_LABELS, NO_DAY, ListRefused, ListState
from sightline.partners.models import Group


class MemberList(Entered):
    """A membership list of a group as it was uploaded. Nothing reaches the seats before somebody confirms it.

    `read` is what was understood of it, untouched: members and rows that could not be read as one. `decisions` is what
    somebody said about rows, by their place, and whom they let stay. `seen` is a mark of what they were shown when they
    asked for it to be confirmed. `outcome` says what became of every row, and which records it made and ended.
    `trouble` says why confirming or withdrawing was not done, when it was last asked for. `withdrawn_because`: why what
    it had done was undone.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="member_lists")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    as_at = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=12,
        default=ListState.WAITING.value,
        choices=[(state.value, label) for state, label in LIST_LABELS.items()],
    )
    refusal = models.TextField(blank=True)
    trouble = models.TextField(blank=True)
    read = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    seen = models.CharField(max_length=16, blank=True)
    outcome = models.JSONField(default=dict)
    withdrawn_because = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-recorded_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ListState.CONFIRMED.value)
                | Q(confirmed_at__isnull=False, as_at__isnull=False),
                name="governance_list_confirmed_for_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[ListState.WITHDRAWING.value, ListState.WITHDRAWN.value])
                | ~Q(withdrawn_because=""),
                name="governance_list_withdrawn_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Membership list {self.pk}"

    @property
    def day(self) -> date:
        """The day that it is of. Raises ListRefused where nobody has said so yet: it cannot be confirmed then."""
        if self.as_at is None:
            raise ListRefused(NO_DAY)
        return self.as_at

    @property
    def state_now(self) -> ListState:
        """Where it stands."""
        return ListState(self.state)
