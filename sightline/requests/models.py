"""Rounds, whom they ask, and every e-mail that went out for them; and what groups are owed in a cycle."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.models import Agency, Group, Person
from sightline.requests.choices import MAILED_LABELS, ROUND_LABELS, OwedState, RoundState
from sightline.requests.rules import owed_state
from sightline.screens.words import day


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

    One e-mail asks about all rounds of its address: it has a row for each of them, with the same digest.
    """

    LOWEST_TIER = Tier.T1

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="mails")
    asked = models.ForeignKey(Asked, null=True, blank=True, on_delete=models.CASCADE, related_name="mails")
    what = models.CharField(max_length=10, choices=[(w.value, label) for w, label in MAILED_LABELS.items()])
    email = models.EmailField()
    digest = models.CharField(max_length=64, null=True, blank=True, db_index=True)
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
            ),
            models.UniqueConstraint(fields=["digest", "asked"], name="one_row_of_a_link_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"E-mail of {self.round_id} at {self.sent_at:%Y-%m-%d %H:%M}"


class Cycle(Entered):
    """What a group is owed again and again: of a kind of `definitions/owed.yaml`, every so many months.

    `owed_by`: the group that owes it; `owed_by_words` names anybody else. `first_until`: the last day that the
    first one tells of. Each time is a row of `Owed`.
    """

    LOWEST_TIER = Tier.T1

    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="is_owed")
    owed_by = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="owes")
    owed_by_words = models.CharField(max_length=200, blank=True)
    months = models.PositiveSmallIntegerField()
    first_due = models.DateField()
    first_until = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("group__name", "title", "id")
        constraints = [
            models.CheckConstraint(condition=Q(months__gte=1), name="owed_every_so_many_months"),
            models.CheckConstraint(
                condition=Q(owed_by__isnull=False, owed_by_words="")
                | (Q(owed_by__isnull=True) & ~Q(owed_by_words="")),
                name="owed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(first_until__lte=F("first_due")), name="owed_after_what_it_tells"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Who owes it."""
        return self.owed_by.name if self.owed_by else self.owed_by_words


class Owed(models.Model):
    """One time of a cycle: due on a day, about a time. It came, was called off or waits; past its day that is a gap.

    `came_record`: the number of the record that answered it, where an app keeps one. `gap_taken_on`: the day on which
    it was put on an agenda.
    """

    LOWEST_TIER = Tier.T1

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="owed")
    due_on = models.DateField()
    period_from = models.DateField()
    period_until = models.DateField()
    came_on = models.DateField(null=True, blank=True)
    came_words = models.CharField(max_length=300, blank=True)
    came_record = models.BigIntegerField(null=True, blank=True)
    called_off_because = models.CharField(max_length=300, blank=True)
    gap_taken_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("due_on", "id")
        verbose_name_plural = "owed"
        constraints = [
            models.UniqueConstraint(fields=["cycle", "due_on"], name="owed_once_on_a_day"),
            models.CheckConstraint(
                condition=Q(came_on__isnull=True) | Q(called_off_because=""), name="owed_came_or_called_off"
            ),
            models.CheckConstraint(condition=Q(period_from__lte=F("period_until")), name="owed_about_a_time"),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="owed_by_day")]

    def __str__(self) -> str:
        return f"{self.cycle.title}, due {day(self.due_on)}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to come: it neither came nor was excused."""
        return self.came_on is None and not self.called_off_because

    def state_on(self, on: date) -> OwedState:
        """Where it stands on a day."""
        return owed_state(self.due_on, on, came_on=self.came_on, off=bool(self.called_off_because))
