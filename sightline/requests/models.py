"""Rounds, whom they ask, and every e-mail that went out for them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.models import Agency, Person
from sightline.requests.choices import MAILED_LABELS, ROUND_LABELS, RoundState


class Round(Entered):
    """A dated round: everybody who answers for something of one record is asked how it stands.

    `kind` is what an app offers (kinds.py), `record` the number of the record, `about` its name when the round was
    opened, `group_key` the group whose chair hears of silence. The last day counts.
    """

    LOWEST_TIER = Tier.T1

    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    title = models.CharField(max_length=200)
    about = models.CharField(max_length=200)
    group_key = models.CharField(max_length=100, blank=True)
    opens_on = models.DateField()
    closes_on = models.DateField()
    state = models.CharField(
        max_length=10,
        default=RoundState.OPEN.value,
        choices=[(state.value, label) for state, label in ROUND_LABELS.items()],
    )
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-opens_on", "-id")
        indexes = [models.Index(fields=["kind", "record", "opens_on"], name="round_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.OPEN, closed_on__isnull=True)
                | Q(state=RoundState.CLOSED, closed_on__isnull=False),
                name="round_closed_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["kind", "record"],
                condition=Q(state=RoundState.OPEN),
                name="one_open_round_of_a_record",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether answers are still taken."""
        return self.state == RoundState.OPEN


class Asked(models.Model):
    """Somebody whom a round asks, at one address.

    `answers_for`: the owners for whom they answer, each as [kind, number]. `ended_at`: nobody answers by their link any
    more, and no reminder goes out. An answer adds and never overwrites, so only how many came, and the last, is kept.
    """

    LOWEST_TIER = Tier.T1

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="asked")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    email = models.EmailField()
    answers_for = models.JSONField(default=list)
    answers = models.PositiveIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "name", "id")
        verbose_name_plural = "asked"
        constraints = [
            models.UniqueConstraint(fields=["round", "email"], name="one_link_for_an_address_of_a_round"),
            models.CheckConstraint(
                condition=Q(answers=0, answered_at__isnull=True)
                | Q(answers__gt=0, answered_at__isnull=False),
                name="asked_answered_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoundMail(models.Model):
    """An e-mail of a round. One with a personal link keeps the digest of its secret alone, and works until it is ended
    or the round closes; one that tells how many are silent has none.
    """

    LOWEST_TIER = Tier.T1

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="mails")
    asked = models.ForeignKey(Asked, null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    what = models.CharField(max_length=10, choices=[(w.value, label) for w, label in MAILED_LABELS.items()])
    email = models.EmailField()
    digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "sent_at", "id")
        indexes = [models.Index(fields=["email", "sent_at"], name="round_mail_to")]
        constraints = [
            models.CheckConstraint(
                condition=Q(asked__isnull=True, digest__isnull=True)
                | Q(asked__isnull=False, digest__isnull=False),
                name="round_mail_with_its_link",
            )
        ]

    def __str__(self) -> str:
        return f"E-mail of {self.round_id} at {self.sent_at:%Y-%m-%d %H:%M}"
