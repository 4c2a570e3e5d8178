"""Invitations to meetings as calendars were told of them, and what members answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import COMING_LABELS, REPLY_HOW_LABELS, Attendance
from sightline.meetings.models.meetings import Meeting
from sightline.partners.models import Person


class Invitation(Entered):
    """What a member's calendar was told of a meeting: that it is, that it changed, or that it is cancelled.

    Whom it asks, by which link, and when they were reminded stands in `requests`, as of every other request.

    `sequence`: the version of the meeting it tells of, by which a calendar knows that it is newer. `told`: when
    and where it said the meeting is, so that nobody is written to where nothing of that changed.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    sequence = models.PositiveIntegerField()
    told = models.CharField(max_length=500)
    is_cancelled = models.BooleanField(default=False)

    class Meta:
        ordering = ("meeting", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "sequence", "is_cancelled"], name="meetings_told_once"
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of person {self.person_id} to meeting {self.meeting_id}"


class Reply(Entered):
    """What a member said before a meeting: whether they come. Each answer is a row, and the last one counts.

    `held_on`: the day on which the meeting was to be when they answered; an answer about another day counts no more.
    `coming`: as attendance will be entered (`COMING_LABELS`). `name`: the deputy, where they named one.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="replies")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField()
    coming = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in COMING_LABELS.items()]
    )
    name = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=500, blank=True)
    how = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in REPLY_HOW_LABELS.items()]
    )

    class Meta:
        ordering = ("meeting", "id")
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=Q(name="") | Q(coming=Attendance.DEPUTY), name="meetings_deputy_named_where_sent"
            )
        ]

    def __str__(self) -> str:
        return f"Answer of person {self.person_id} about meeting {self.meeting_id}"
