"""Who came to a meeting, by seat."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.meetings.choices import ATTENDANCE_LABELS, ATTENDED, Attendance
from sightline.meetings.models.meetings import Meeting
from sightline.partners.models import Person, Seat


class Attended(Entered):
    """How one place of a seat was filled at one meeting. No row: nobody has said.

    `place` counts from 1, as in `partners.Holding`. Vacant and "not yet a seat" follow from the seat's days and are
    never stored. `person`: who came, or for whom apologies were given; `name`: somebody who is on no list.
    """

    LOWEST_TIER = Tier.T1

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attended")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attended")
    place = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(
        max_length=10, choices=[(each.value, label) for each, label in ATTENDANCE_LABELS.items()]
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="attended"
    )
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("meeting", "seat", "place")
        verbose_name_plural = "attended"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat", "place"], name="meetings_attended_once"),
            models.CheckConstraint(condition=Q(place__gte=1), name="meetings_attended_place"),
            models.CheckConstraint(
                condition=Q(name="") | Q(person__isnull=True), name="meetings_attended_by_one"
            ),
        ]

    def __str__(self) -> str:
        # Without a name: the journal keeps this for longer than the name is kept.
        return f"{ATTENDANCE_LABELS[Attendance(self.status)]}, seat {self.seat_id}"

    @property
    def is_filled(self) -> bool:
        """Whether the seat was filled: present, remote or by a deputy."""
        return Attendance(self.status) in ATTENDED

    @property
    def who(self) -> str:
        """Who came, as far as it is known."""
        return self.name or (self.person.name if self.person else "")
