"""What is said of an action and answered by somebody else: that it is done, and questions about an update."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import CLAIM_LABELS, ClaimResult, ReceivedHow
from sightline.plans.models.accounts import Update
from sightline.plans.models.actions import Action
from sightline.plans.models.recorded import Recorded


class CompletionClaim(Recorded):
    """Somebody's word that an action is done, and what somebody else answered. The action is complete once confirmed.

    `result_by` is never who entered the claim; the service holds to it, for a person may have two accounts.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="claims")
    text = models.TextField(help_text="What was done.")
    as_at = models.DateField(help_text="The day since which it is done.")
    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(max_length=20, default=ReceivedHow.SCREEN)
    result = models.CharField(
        max_length=10, default=ClaimResult.WAITING, choices=[(r.value, CLAIM_LABELS[r]) for r in ClaimResult]
    )
    result_on = models.DateField(null=True, blank=True)
    result_recorded_at = models.DateTimeField(null=True, blank=True)
    result_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    result_by_label = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "as_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    result=ClaimResult.WAITING, result_on__isnull=True, result_recorded_at__isnull=True
                )
                | (
                    ~models.Q(result=ClaimResult.WAITING)
                    & models.Q(result_on__isnull=False, result_recorded_at__isnull=False)
                ),
                name="an_answered_claim_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(result_by__isnull=True)
                | models.Q(entered_by__isnull=True)
                | ~models.Q(result=ClaimResult.CONFIRMED)
                | ~models.Q(result_by=models.F("entered_by")),
                name="nobody_confirms_their_own_claim",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(result=ClaimResult.WAITING),
                name="one_waiting_claim_of_an_action",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def voice(self) -> str:
        """Whose word it is."""
        return self.said_by or self.entered_by_label


class Question(Recorded):
    """An update returned to its owner with a question; a later update answers it.

    `closed_because`: why it waits no longer although nobody answered it, the action having ended.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="questions")
    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField()
    as_at = models.DateField()
    answer = models.OneToOneField(
        Update, null=True, blank=True, on_delete=models.PROTECT, related_name="answers"
    )
    answered_on = models.DateField(null=True, blank=True)
    answered_recorded_at = models.DateTimeField(null=True, blank=True)
    answered_by_label = models.CharField(max_length=200, blank=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "as_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    answer__isnull=True,
                    answered_on__isnull=True,
                    answered_recorded_at__isnull=True,
                    closed_because="",
                )
                | models.Q(
                    answer__isnull=False,
                    answered_on__isnull=False,
                    answered_recorded_at__isnull=False,
                    closed_because="",
                )
                | (
                    models.Q(
                        answer__isnull=True, answered_on__isnull=False, answered_recorded_at__isnull=False
                    )
                    & ~models.Q(closed_because="")
                ),
                name="an_answered_question_has_its_answer",
            ),
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(answered_on__isnull=True),
                name="one_open_question_about_an_action",
            ),
        ]

    def __str__(self) -> str:
        return self.text
