"""Unusual access: one row per person, day and rule, and the answers given to it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from sightline.events.choices import Tier
from sightline.oversight.choices import STATE_LABELS, AlertState, Unusual
from sightline.oversight.rules.numbers import unusual_rules
from sightline.oversight.rules.unusual import Found, told

STATES = [(state.value, label) for state, label in STATE_LABELS.items()]


class LookedAt(models.Model):
    """A day that has been looked at, so that none is left out where no worker ran for a time."""

    LOWEST_TIER = Tier.T1

    day = models.DateField(unique=True)
    moment = models.DateTimeField()

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return str(self.day)


class Alert(models.Model):
    """Something unusual about one person's day. Nothing is blocked by it: somebody is asked to look.

    `current_state` is kept from the answers.
    """

    LOWEST_TIER = Tier.T2

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20)
    day = models.DateField()
    figure = models.PositiveIntegerField()
    usual = models.PositiveIntegerField(default=0)
    found_at = models.DateTimeField()
    current_state = models.CharField(max_length=12, choices=STATES, default=AlertState.OPEN.value)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "unusual access"
        verbose_name_plural = "unusual access"
        ordering = ("-day", "-id")
        indexes = [models.Index(fields=["current_state", "day"], name="oversight_alert_state")]
        constraints = [
            models.UniqueConstraint(fields=["account", "rule", "day"], name="oversight_alert_once"),
            models.CheckConstraint(
                condition=models.Q(rule__in=[rule.value for rule in Unusual]), name="oversight_alert_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{unusual_rules()[Unusual(self.rule)].name}: {self.account}"

    @property
    def sentence(self) -> str:
        """How much it was, without a name."""
        return told(Found(Unusual(self.rule), self.figure, self.usual))


class Answer(models.Model):
    """What somebody found out about unusual access. Added to, never changed."""

    LOWEST_TIER = Tier.T2

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="answers")
    state = models.CharField(max_length=12, choices=STATES[1:])
    words = models.TextField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_label = models.CharField(max_length=200)
    moment = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(words=""), name="oversight_answer_has_words")
        ]

    def __str__(self) -> str:
        return f"{STATE_LABELS[AlertState(self.state)]}: {self.alert_id}"
