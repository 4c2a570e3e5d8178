"""What is said of an action: updates, ratings, changes of state, evidence, embedding tests, dependencies."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.plans.choices import DeliveryState, Dimension, Embedding, EvidenceQuarter, ReceivedHow
from sightline.plans.models.actions import Action
from sightline.plans.models.recorded import Recorded


class Update(Recorded):
    """A dated account of an action. Never overwritten. `dated_on` is empty where the paper gave no date.

    `publishable` is what of it may be published, in words of its own; empty where nothing may. `text` never is.
    `new_due_on`: the date that is asked for instead of the one that stands; it counts once the unit gives it.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    text = models.TextField()
    new_due_on = models.DateField(null=True, blank=True)
    publishable = models.TextField(blank=True, default="")
    dated_on = models.DateField(null=True, blank=True)
    as_at = models.DateField()
    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(max_length=20, default=ReceivedHow.SCREEN)

    class Meta:
        ordering = ("action", "as_at", "id")
        indexes = [
            models.Index(fields=["action", "as_at", "id"], name="update_action_as_at"),
            models.Index(
                fields=["action"], condition=models.Q(new_due_on__isnull=False), name="update_asks_new_date"
            ),
        ]


class DateAnswer(Recorded):
    """What was said to a new date that an update asks for: it was given, or the one that stands stays, and why.

    Where it was given, a timescale says so as well. Written once, and never changed.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="date_answers")
    update = models.OneToOneField(Update, on_delete=models.CASCADE, related_name="date_answer")
    is_agreed = models.BooleanField()
    asked_for = models.DateField()
    words = models.TextField(blank=True)
    as_at = models.DateField()

    class Meta:
        ordering = ("action", "as_at", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_agreed=True) | ~models.Q(words=""), name="a_date_is_declined_with_words"
            )
        ]


class PublishableText(Recorded):
    """What may be published of an action from a day on, and who agreed to it. An empty text withdraws what was.

    The newest is the one that counts; those before it are kept.
    """

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="publishable_texts")
    text = models.TextField(blank=True)
    as_at = models.DateField()
    agreed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("action", "as_at", "id")
        indexes = [models.Index(fields=["action", "as_at", "id"], name="publishable_action_as_at")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(text="") | ~models.Q(agreed_by=""), name="published_as_somebody_agreed"
            )
        ]


class Rating(Recorded):
    """One assertion of one of the two ratings: by whom, as at when, and why."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="ratings")
    dimension = models.CharField(max_length=10, choices=[(d.value, d.value) for d in Dimension])
    value = models.CharField(max_length=20)
    raw = models.CharField(max_length=300, blank=True)
    raw_colour = models.CharField(max_length=6, blank=True)
    as_at = models.DateField()
    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(max_length=20, default=ReceivedHow.SCREEN)
    suggested = models.CharField(max_length=20, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "dimension", "as_at", "id")
        indexes = [models.Index(fields=["action", "dimension", "as_at", "id"], name="rating_action_as_at")]


class StateChange(Recorded):
    """A move of an action from one delivery state to another."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="state_changes")
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in DeliveryState])
    as_at = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "as_at", "id")


class Evidence(Recorded):
    """Something that shows a difference, in one of four quarters."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    quarter = models.CharField(max_length=20, choices=[(q.value, q.value) for q in EvidenceQuarter])
    text = models.TextField()
    dated_on = models.DateField()
    said_by = models.CharField(max_length=200, blank=True)
    received_how = models.CharField(max_length=20, default=ReceivedHow.SCREEN)

    class Meta:
        ordering = ("action", "dated_on", "id")
        verbose_name_plural = "evidence"


class EvidenceFile(Recorded):
    """A stored file that belongs to a piece of evidence; added with it, or later.

    A newer version of it is a row of its own, with the `reason` why it came; the row of the version before stays.
    """

    LOWEST_TIER = Tier.T1

    evidence = models.ForeignKey(Evidence, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey("documents.Document", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True, default="")

    class Meta:
        ordering = ("evidence", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "document"], name="a_file_stands_once_with_its_evidence"
            )
        ]

    def __str__(self) -> str:
        return str(self.document)


class EmbeddingTest(Recorded):
    """A dated check after "complete". Failing returns the action to in progress; the history is kept."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="embedding_tests")
    question = models.TextField()
    as_at = models.DateField(help_text="The day it was set.")
    due_on = models.DateField()
    result = models.CharField(max_length=20, default=Embedding.WAITING)
    result_on = models.DateField(null=True, blank=True)
    result_recorded_at = models.DateTimeField(null=True, blank=True)
    result_by_label = models.CharField(max_length=200, blank=True)
    finding = models.TextField(blank=True)

    class Meta:
        ordering = ("action", "due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(result=Embedding.WAITING, result_on__isnull=True)
                | (~models.Q(result=Embedding.WAITING) & models.Q(result_on__isnull=False)),
                name="embedding_result_has_its_date",
            )
        ]


class Ending(Recorded):
    """Something that hinders an action from one day until another."""

    reason = models.TextField(blank=True)
    as_at = models.DateField(help_text="The first day of it.")
    ended_on = models.DateField(null=True, blank=True)
    ended_recorded_at = models.DateTimeField(null=True, blank=True)
    ended_by_label = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """The constraint of an `Ending`: it ends no earlier than it began, and the moment of it is known."""
    in_order = models.Q(ended_on__isnull=True, ended_recorded_at__isnull=True) | models.Q(
        ended_on__gte=models.F("as_at"), ended_recorded_at__isnull=False
    )
    return models.CheckConstraint(condition=in_order, name=name)


class Block(Ending):
    """An owner's word that an action cannot go on, and why."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="blocks")

    class Meta:
        ordering = ("action", "as_at", "id")
        constraints = [
            ends_after_it_starts("block_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["action"],
                condition=models.Q(ended_on__isnull=True),
                name="one_open_block_of_an_action",
            ),
        ]


class Dependency(Ending):
    """An action that cannot go on until another is done."""

    LOWEST_TIER = Tier.T1

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="dependencies")
    needs = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="needed_by")

    class Meta:
        ordering = ("action", "as_at", "id")
        verbose_name_plural = "dependencies"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(action=models.F("needs")), name="an_action_does_not_wait_for_itself"
            ),
            ends_after_it_starts("dependency_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["action", "needs"],
                condition=models.Q(ended_on__isnull=True),
                name="one_open_dependency_between_two_actions",
            ),
        ]
