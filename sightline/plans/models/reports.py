"""Exception reports: a draft is made anew each time; issuing freezes its rows."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import ReportState
from sightline.plans.models.recorded import Recorded


class ExceptionReport(Recorded):
    """An exception report for a group or the whole partnership (group empty), as at a day.

    `rows` are frozen on issue: each what `selectors.ExceptionRow.as_json` writes.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey("partners.Group", null=True, blank=True, on_delete=models.PROTECT)
    plan = models.ForeignKey("plans.Plan", null=True, blank=True, on_delete=models.PROTECT)
    as_at = models.DateField()
    state = models.CharField(
        max_length=10, default=ReportState.DRAFT, choices=[(s.value, s.value) for s in ReportState]
    )
    previous = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    tier = models.CharField(
        max_length=2, default=Tier.T1, choices=[(t.value, t.label) for t in (Tier.T1, Tier.T2)]
    )
    rows = models.JSONField(default=list)
    # Rows of the last issued report that are exceptions no more.
    resolved = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-as_at", "-id")
        indexes = [models.Index(fields=["group", "state", "as_at"], name="report_of_group")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ReportState.DRAFT, issued_at__isnull=True)
                | models.Q(state=ReportState.ISSUED, issued_at__isnull=False),
                name="an_issued_report_has_its_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(tier__in=[Tier.T1, Tier.T2]), name="report_of_a_tier_plans_may_hold"
            ),
        ]

    def __str__(self) -> str:
        about = self.group or self.plan or "the partnership"
        return f"Exception report for {about} as at {self.as_at:%Y-%m-%d}"


class ReportedAction(models.Model):
    """That an issued report holds a line about an action: the way from the action back to its reports.

    `kinds` are the reasons it was there, as listed in `Action.current_exceptions`.
    """

    LOWEST_TIER = Tier.T1

    report = models.ForeignKey(ExceptionReport, on_delete=models.CASCADE, related_name="reported")
    action = models.ForeignKey("plans.Action", on_delete=models.CASCADE, related_name="reported")
    kinds = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("report", "id")
        constraints = [
            models.UniqueConstraint(fields=["report", "action"], name="an_action_stands_in_a_report_once")
        ]

    def __str__(self) -> str:
        return f"{self.action} in {self.report}"
