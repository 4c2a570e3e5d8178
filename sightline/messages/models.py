"""Mail on its way out, and the one table that "what needs you" reads."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import TIER_LABELS, Tier
from sightline.messages.choices import MAIL_LABELS, MailState


class OutgoingMail(models.Model):
    """A mail. Its row commits with the deed it tells of, and stays until a mail server has taken it."""

    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    to = models.EmailField()
    subject = models.CharField(max_length=500)
    # A text that is a key to something (a link that sets a password) is forgotten once it is sent.
    is_secret = models.BooleanField(default=False)
    text = models.TextField()
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, label) for state, label in MAIL_LABELS.items()],
        default=MailState.WAITING.value,
    )
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    # A sender holds the mail until this moment, so that two never send it at once.
    held_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["state", "next_try_at"], name="outbox_mail_due"),
            models.Index(fields=["created_at"], name="outbox_mail_made"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.to}"

    @property
    def state_label(self) -> str:
        """The state in words."""
        return MAIL_LABELS[MailState(self.state)]


class StandingItems(models.Manager["WorkItem"]):
    """The items that still ask something of somebody."""

    def get_queryset(self) -> models.QuerySet[WorkItem]:
        """Without those that ended."""
        return super().get_queryset().filter(ended=False)


class WorkItem(models.Model):
    """Something that needs somebody. Kept by the services of the record it is about, never counted afresh.

    One that needs nobody any more is marked as ended, so that what begins and what ends is written with one statement;
    ended ones are cleared away once a day.
    """

    # "unit", "group:KEY", "agency:KEY" or "user:ID"
    for_scope = models.CharField(max_length=150)
    kind = models.CharField(max_length=50)
    subject_app = models.CharField(max_length=50)
    subject_model = models.CharField(max_length=50)
    subject_id = models.CharField(max_length=100)
    title = models.CharField(max_length=500)
    sentence = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)
    tier = models.CharField(
        max_length=2,
        choices=[(tier.value, label) for tier, label in TIER_LABELS.items()],
        default=Tier.T1.value,
    )
    created_at = models.DateTimeField()
    ended = models.BooleanField(default=False)

    objects = StandingItems()
    everything = models.Manager["WorkItem"]()

    class Meta:
        ordering = (models.F("due_on").asc(nulls_last=True), "id")
        indexes = [
            models.Index(fields=["for_scope", "due_on", "id"], name="outbox_work_for"),
            models.Index(fields=["subject_app", "subject_model", "subject_id"], name="outbox_work_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["for_scope", "kind", "subject_app", "subject_model", "subject_id"],
                name="outbox_work_once",
            )
        ]

    def __str__(self) -> str:
        return self.title
