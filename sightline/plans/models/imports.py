"""Uploaded documents: the file, what was understood, what a person corrected, what became of every row."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import FROM_PAPER, IN_THE_PLAN, ImportState, PlanState, RowFate
from sightline.plans.models.plans import Plan


class Import(models.Model):
    """One upload. Nothing reaches a plan before a person confirms it; confirming is all or nothing.

    `reading` is what `sightline read` said, untouched; `corrections` is what people changed in the preview, keyed by
    row index; `matches` says what was decided about each unknown owner; `choices` holds the decisions of a merge.
    `undo` is written by confirming: every record it made and every value it changed, so that it can be withdrawn whole.
    `plan_state` is how a new plan stands: in force, or a draft that a group has yet to approve.
    `source` is the source that a document of recommendations became. `trouble` says why confirming or withdrawing it,
    when last asked for, was not done: the import is then as it was before.
    """

    LOWEST_TIER = Tier.T1

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="imports")
    plan_name = models.CharField(max_length=200, blank=True)
    group = models.ForeignKey("partners.Group", null=True, blank=True, on_delete=models.PROTECT)
    plan_state = models.CharField(
        max_length=20, default=PlanState.IN_FORCE, choices=[(s.value, s.value) for s in FROM_PAPER]
    )
    file = models.FileField(upload_to="imports/%Y/%m/")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(
        max_length=20, default=ImportState.WAITING, choices=[(s.value, s.value) for s in ImportState]
    )
    refusal = models.TextField(blank=True)
    trouble = models.TextField(blank=True)
    reading = models.JSONField(null=True, blank=True)
    corrections = models.JSONField(default=dict)
    matches = models.JSONField(default=dict)
    choices = models.JSONField(default=dict)
    undo = models.JSONField(default=dict)
    as_at = models.DateField(null=True, blank=True)
    source = models.ForeignKey(
        "plans.Source", null=True, blank=True, on_delete=models.PROTECT, related_name="imports"
    )
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_by_label = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-uploaded_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=sorted(IN_THE_PLAN))
                | models.Q(confirmed_at__isnull=False, as_at__isnull=False, withdrawn_at__isnull=True),
                name="a_confirmed_import_has_its_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ImportState.WITHDRAWN) | models.Q(withdrawn_at__isnull=False),
                name="a_withdrawn_import_has_its_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportedRow(models.Model):
    """A row of the paper and what became of it: raw words, what was understood, position, confidence, warnings."""

    LOWEST_TIER = Tier.T1

    import_of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    index = models.PositiveIntegerField()
    fate = models.CharField(max_length=20, choices=[(f.value, f.value) for f in RowFate])
    action = models.ForeignKey(
        "plans.Action", null=True, blank=True, on_delete=models.SET_NULL, related_name="imported_rows"
    )
    read = models.JSONField(help_text="The row as it was read, before corrections.")
    confirmed = models.JSONField(
        help_text="The row as it was confirmed: the base of the next three-way merge."
    )

    class Meta:
        ordering = ("import_of", "index")
        constraints = [
            models.UniqueConstraint(fields=["import_of", "index"], name="one_row_per_place_on_the_paper")
        ]

    def __str__(self) -> str:
        return f"Row {self.index} of {self.import_of}"
