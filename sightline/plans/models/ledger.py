"""The ledger of a recommendation: whom it is addressed to, and everything they said of it, day by day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.partners.models import Party
from sightline.plans.choices import (
    ACCEPTANCE_LABELS,
    LABELS,
    Acceptance,
    EvidenceQuarter,
    LedgerKind,
    ReceivedHow,
    Step,
)
from sightline.plans.models.recorded import Recorded
from sightline.plans.models.sources import Recommendation


class Addressee(models.Model):
    """Somebody a recommendation is addressed to: an agency, a group, the partnership itself, or words kept.

    A recommendation always has one at least, so that no ledger misses it: with empty words where nobody is named.
    `gone_on` is the day from which it is addressed to somebody else; what was said before is kept. The `current_…`
    columns are kept by services from the ledger's lines, so that lists filter and sort by index.
    """

    LOWEST_TIER = Tier.T0

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="addressees")
    raw = models.CharField(max_length=300, blank=True)
    agency = models.ForeignKey(
        "partners.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        "partners.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_partnership = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)
    gone_on = models.DateField(null=True, blank=True)

    current_acceptance = models.CharField(max_length=10, blank=True)
    current_step = models.PositiveSmallIntegerField(default=Step.NONE)
    current_highest_step = models.PositiveSmallIntegerField(default=Step.NONE)
    current_progress_on = models.DateField(null=True, blank=True)
    current_due_on = models.DateField(null=True, blank=True)
    current_due_months = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("recommendation", "order", "id")
        indexes = [
            models.Index(fields=["current_due_on", "id"], name="addressee_due"),
            models.Index(fields=["current_step", "id"], name="addressee_step"),
            models.Index(fields=["current_acceptance", "id"], name="addressee_acceptance"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "raw"], name="addressed_once_by_the_same_words"
            ),
            models.CheckConstraint(
                condition=Q(agency__isnull=True, group__isnull=True)
                | Q(agency__isnull=True, is_partnership=False)
                | Q(group__isnull=True, is_partnership=False),
                name="an_addressee_is_one_party",
            ),
            models.CheckConstraint(
                condition=Q(current_due_on__isnull=True, current_due_months__isnull=True)
                | Q(current_due_on__isnull=False, current_due_months__isnull=False),
                name="progress_due_says_of_which_month",
            ),
        ]

    def __str__(self) -> str:
        return str(self.party or self.raw or "Nobody is named")

    @property
    def party(self) -> Party | None:
        """Who it is, where the printed words were matched."""
        return self.agency or self.group


def _has(kind: LedgerKind, **filled: bool) -> Q:
    """The columns that a line of one kind fills; all others of the four stay empty."""
    wanted = Q(kind=kind)
    for name in ("acceptance", "quarter", "months", "step"):
        empty = Q(**{name: ""}) if name in ("acceptance", "quarter") else Q(**{f"{name}__isnull": True})
        if name not in filled:
            wanted &= empty
        elif filled[name]:
            wanted &= ~empty
    return wanted


class LedgerLine(Recorded):
    """One thing said of a recommendation on a day. Never overwritten: a response changed is a line that replaces one.

    `addressee` is empty for a response given by all it is addressed to. `public` are paragraphs that may be
    published, `private` those for partners only. `months` is the milestone a progress report answers, if any.
    """

    LOWEST_TIER = Tier.T0

    recommendation = models.ForeignKey(Recommendation, on_delete=models.CASCADE, related_name="ledger")
    addressee = models.ForeignKey(
        Addressee, null=True, blank=True, on_delete=models.CASCADE, related_name="lines"
    )
    kind = models.CharField(max_length=20, choices=[(k.value, LABELS[k]) for k in LedgerKind])
    acceptance = models.CharField(
        max_length=10, blank=True, choices=[(a.value, ACCEPTANCE_LABELS[a]) for a in Acceptance]
    )
    quarter = models.CharField(
        max_length=20, blank=True, choices=[(q.value, LABELS[q]) for q in EvidenceQuarter]
    )
    months = models.PositiveSmallIntegerField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    public = models.JSONField(default=list)
    private = models.JSONField(default=list)
    as_at = models.DateField()
    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(max_length=20, default=ReceivedHow.SCREEN)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.RESTRICT, related_name="replaced_by"
    )

    class Meta:
        ordering = ("recommendation", "as_at", "id")
        indexes = [models.Index(fields=["recommendation", "as_at", "id"], name="ledger_line_as_at")]
        constraints = [
            models.CheckConstraint(
                condition=_has(LedgerKind.ACCEPTANCE, acceptance=True)
                | _has(LedgerKind.RESPONSE)
                | _has(LedgerKind.PROGRESS, months=False)
                | _has(LedgerKind.EVIDENCE, quarter=True)
                | _has(LedgerKind.STEP, step=True, quarter=False),
                name="ledger_line_says_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(kind=LedgerKind.RESPONSE) | Q(addressee__isnull=False, replaces__isnull=True),
                name="only_responses_are_joint_or_replaced",
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=True)
                | Q(step__in=[Step.NONE, Step.TOLD, Step.CHANGED])
                | (Q(step__in=[Step.SEEN, Step.SHOWN]) & ~Q(quarter="")),
                name="impact_has_its_kind_of_evidence",
            ),
        ]
