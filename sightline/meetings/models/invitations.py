"""Invitations to meetings, as they went out."""

from __future__ import annotations

from django.db import models

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.models.meetings import Meeting
from sightline.partners.models import Person


class Invitation(Entered):
    """A calendar invitation that was sent to a member: a new one, a change, or a cancellation.

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
            models.UniqueConstraint(fields=["meeting", "person", "sequence"], name="meetings_invited_once"),
        ]

    def __str__(self) -> str:
        return f"Invitation of person {self.person_id} to meeting {self.meeting_id}"
