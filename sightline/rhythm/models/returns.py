"""What a group returns about a time: its texts in versions, what became of last time's steps, and who signed it off."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.models import Group
from sightline.requests.models import Owed
from sightline.requests.rules import owed_kinds
from sightline.rhythm.choices import OUTCOME_LABELS, STATE_LABELS, ReturnState
from sightline.rhythm.models.papers import ReturnPaper
from sightline.screens.words import day


class Return(Entered):
    """A return of a group about a time, of a kind of `definitions/owed.yaml` that a return answers.

    `answers`: what it answers, where it was asked for. `read_from`: the place in the `paper` it was read from, "" for
    one written here. `current_sent_back`: with which words it was sent back, until it is signed off again.
    `current_asked`: what is asked back about what stands, kept by services.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=30)
    period_from = models.DateField()
    period_until = models.DateField()
    read_from = models.CharField(max_length=300, blank=True)
    paper = models.ForeignKey(
        ReturnPaper, null=True, blank=True, on_delete=models.PROTECT, related_name="returns"
    )
    current_sent_back = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10,
        default=ReturnState.DRAFT.value,
        choices=[(each.value, label) for each, label in STATE_LABELS.items()],
    )
    current_signed_on = models.DateField(null=True, blank=True)
    current_asked = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-period_until", "-id")
        indexes = [models.Index(fields=["group", "kind", "period_until"], name="rhythm_return_before")]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_until")), name="rhythm_return_of_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state=ReturnState.SIGNED, current_signed_on__isnull=False)
                | Q(state=ReturnState.DRAFT, current_signed_on__isnull=True),
                name="rhythm_return_signed_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["group", "kind", "period_until"], name="rhythm_one_return_of_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.kind_label.lower()} to {day(self.period_until)}"

    @property
    def state_now(self) -> ReturnState:
        """Where it stands."""
        return ReturnState(self.state)

    @property
    def kind_label(self) -> str:
        """Of which kind it is, in words."""
        kind = owed_kinds().get(self.kind)
        return kind.label if kind else self.kind

    @property
    def owed(self) -> list[Owed]:
        """What it answers, the soonest due first; a query where it was not read with it."""
        read = "answers" in getattr(self, "_prefetched_objects_cache", {})
        rows = self.answers.all() if read else self.answers.select_related("owed__cycle__group")
        return [each.owed for each in rows]

    @property
    def period(self) -> str:
        """The time it tells of."""
        return f"{day(self.period_from)} to {day(self.period_until)}"


class OwedAnswer(models.Model):
    """That a return answers something owed. One return answers all that is owed of its time, to whichever group; what
    was owed is answered by one return.
    """

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="answers")
    owed = models.OneToOneField(Owed, on_delete=models.CASCADE, related_name="answered_by")

    class Meta:
        ordering = ("of", "owed__due_on", "id")

    def __str__(self) -> str:
        return f"Return {self.of_id} answers {self.owed_id}"


class ReturnText(Entered):
    """What stood under a heading of a return from a moment on. Never overwritten: the newest stands."""

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="texts")
    heading = models.CharField(max_length=30)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("of", "id")

    def __str__(self) -> str:
        return f"Text of return {self.of_id}"


class StepTold(Entered):
    """What became of a next step of the return before. Never overwritten: the newest of each step stands.

    `step`: the step in the words of that return; `order` counts from 1.
    """

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    step = models.TextField()
    outcome = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in OUTCOME_LABELS.items()]
    )
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("of", "order", "id")

    def __str__(self) -> str:
        return f"Step {self.order} told in return {self.of_id}"


class SignedOff(Entered):
    """That a return was signed off, with the figures as they stood then and what was asked back. Never overwritten.

    `signed_by`: whose word it was; `how`: how it reached whoever typed it, "" for the chair's own. `figures`: each
    {"label", "value", "rows": [[label, address], …]}.
    """

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="signed")
    signed_on = models.DateField()
    signed_by = models.CharField(max_length=200)
    how = models.CharField(max_length=15, blank=True)
    figures = models.JSONField(default=list)
    asked_back = models.JSONField(default=list)

    class Meta:
        ordering = ("of", "-id")
        verbose_name_plural = "signed off"

    def __str__(self) -> str:
        return f"Return {self.of_id} signed off on {day(self.signed_on)}"


class Reopened(Entered):
    """That a signed return was opened again, and why; `is_sent_back`: by the business unit, with words to the group."""

    LOWEST_TIER = Tier.T1

    of = models.ForeignKey(Return, on_delete=models.CASCADE, related_name="reopened")
    why = models.CharField(max_length=300)
    is_sent_back = models.BooleanField(default=False)

    class Meta:
        ordering = ("of", "-id")
        verbose_name_plural = "reopened"

    def __str__(self) -> str:
        return f"Return {self.of_id} opened again"
