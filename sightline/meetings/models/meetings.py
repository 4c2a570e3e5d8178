"""Series of meetings, the rule of a group's meetings, and the meetings themselves."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import (
    IN_DRAFT,
    KIND_LABELS,
    RHYTHM_LABELS,
    STATE_LABELS,
    MeetingKind,
    MeetingState,
    Rhythm,
)
from sightline.meetings.rules.papers import papers_due_on, standard
from sightline.meetings.rules.quorum import QuorumAsked
from sightline.partners.models import Agency, Group
from sightline.screens.words import count, day


class Series(Entered):
    """Meetings of a group that come again and again. `standing`: the items of every agenda, one a line.

    `papers_due_days`: so many days before a meeting its papers are due; None: as the definition says.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="series")
    name = models.CharField(max_length=200)
    rhythm = models.CharField(
        max_length=12, choices=[(each.value, label) for each, label in RHYTHM_LABELS.items()]
    )
    place = models.CharField(max_length=300, blank=True)
    standing = models.TextField(blank=True)
    papers_due_days = models.PositiveSmallIntegerField(null=True, blank=True)
    is_over = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("group__name", "name", "id")
        verbose_name_plural = "series"
        constraints = [models.UniqueConstraint(fields=["group", "name"], name="meetings_series_named_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def rhythm_label(self) -> str:
        """How often it meets, in words."""
        return RHYTHM_LABELS[Rhythm(self.rhythm)]

    @property
    def papers_told(self) -> str:
        """How long before a meeting papers are due, in words; empty where the series says nothing of its own."""
        days = self.papers_due_days
        return "" if days is None else f"{count(days, 'day')} before the meeting"

    @property
    def standing_items(self) -> list[str]:
        """The items of every agenda, in their order."""
        return [line.strip() for line in self.standing.splitlines() if line.strip()]


class MeetingRule(Entered):
    """What a group asks of its meetings from a day on, until the next rule begins. Never overwritten.

    `counts_development`: whether development days count in figures of attendance. `by_name`: certain agencies have to
    be there (`agencies`), where `all_partners` asks for the safeguarding partners of the day.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meeting_rules")
    starts_on = models.DateField()
    least_seats = models.PositiveSmallIntegerField(default=0)
    least_agencies = models.PositiveSmallIntegerField(default=0)
    all_essential = models.BooleanField(default=False)
    all_partners = models.BooleanField(default=False)
    by_name = models.BooleanField(default=False)
    counts_development = models.BooleanField(default=False)

    class Meta:
        ordering = ("group", "-starts_on", "-id")
        indexes = [models.Index(fields=["group", "starts_on", "id"], name="meetings_rule_from")]

    def __str__(self) -> str:
        return f"Rule of meetings from {day(self.starts_on)}"

    @property
    def asked(self) -> QuorumAsked:
        """What it asks for a quorum."""
        return QuorumAsked(
            self.least_seats, self.least_agencies, self.all_essential, self.all_partners, self.by_name
        )


class RuleAgency(models.Model):
    """An agency that a rule asks for by name."""

    LOWEST_TIER = Tier.T1

    rule = models.ForeignKey(MeetingRule, on_delete=models.PROTECT, related_name="agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="asked_for_by_rules")

    class Meta:
        ordering = ("rule", "agency__name")
        verbose_name_plural = "rule agencies"
        constraints = [models.UniqueConstraint(fields=["rule", "agency"], name="meetings_rule_agency_once")]

    def __str__(self) -> str:
        return str(self.agency)


class Meeting(Entered):
    """One meeting of a group, in a series or by itself.

    `guests`: who came without a seat, "name, where from", one a line. `approved_at`: the meeting that approved its
    minutes. `current_quorate`: kept by services from attendance and the rule of that day, and true where there is no
    rule; empty until attendance is entered. `current_told`: kept by services, how often something was entered of how
    the meeting was passed on, sample checks among it.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="meetings")
    series = models.ForeignKey(
        Series, null=True, blank=True, on_delete=models.PROTECT, related_name="meetings"
    )
    kind = models.CharField(
        max_length=15,
        default=MeetingKind.ORDINARY.value,
        choices=[(each.value, label) for each, label in KIND_LABELS.items()],
    )
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    ends_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=10,
        default=MeetingState.PLANNED.value,
        choices=[(each.value, label) for each, label in STATE_LABELS.items()],
    )
    cancelled_because = models.CharField(max_length=300, blank=True)
    approved_at = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="approves"
    )
    guests = models.TextField(blank=True)
    current_quorate = models.BooleanField(null=True, blank=True)
    current_told = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-held_on", "-id")
        indexes = [
            models.Index(fields=["group", "held_on", "id"], name="meetings_of_group"),
            models.Index(fields=["held_on", "id"], name="meetings_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meetings_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.APPROVED, approved_at__isnull=False)
                | (~Q(state=MeetingState.APPROVED) & Q(approved_at__isnull=True)),
                name="meetings_approved_at_a_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(cancelled_because=""),
                name="meetings_cancelled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}, {day(self.held_on)}"

    @property
    def papers_due_on(self) -> date:
        """The last day on which a paper of it is in time: as its series says, or else the definition."""
        own = self.series.papers_due_days if self.series else None
        return papers_due_on(self.held_on, standard().papers_due_days if own is None else own)

    @property
    def state_now(self) -> MeetingState:
        """Where it stands."""
        return MeetingState(self.state)

    @property
    def is_draft(self) -> bool:
        """Whether what was said at it has not been checked by the chair."""
        return self.state_now in IN_DRAFT

    @property
    def kind_label(self) -> str:
        """Of what kind it is, in words."""
        return KIND_LABELS[MeetingKind(self.kind)]

    @property
    def guest_list(self) -> list[str]:
        """Each guest as typed."""
        return [line for line in self.guests.splitlines() if line]

    @property
    def hours(self) -> str:
        """10:00 to 12:30, as far as it is known."""
        return " to ".join(each.strftime("%H:%M") for each in (self.starts_at, self.ends_at) if each)
