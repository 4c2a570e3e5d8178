"""Seats on groups, and who held them from and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.events.models import Entered
from sightline.partners.choices import HOLDING_LABELS, MOST_PLACES, POSITION_LABELS, HoldingKind, Position
from sightline.partners.models.parties import Agency, Dated, Group, Person, choices_of, dates_in_order


class Seat(Dated, Entered):
    """A place on a group, held for one agency, for several together (a joint seat), or for a role in words.

    `places`: how many people hold it at the same time; one, unless the seat says more.
    """

    LOWEST_TIER = Tier.T1

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="seats")
    words = models.CharField(max_length=200, blank=True)
    position = models.CharField(
        max_length=20, choices=choices_of(POSITION_LABELS), default=Position.MEMBER.value
    )
    is_essential = models.BooleanField(default=False)
    has_vote = models.BooleanField(default=True)
    places = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("group", "id")
        constraints = [
            dates_in_order("partners_seat_dates"),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=MOST_PLACES), name="partners_seat_places"
            ),
        ]

    def __str__(self) -> str:
        return self.words or POSITION_LABELS[Position(self.position)]


class SeatAgency(models.Model):
    """An agency that a seat stands for. Two or more make a joint seat."""

    LOWEST_TIER = Tier.T1

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="for_agencies")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="for_seats")

    class Meta:
        ordering = ("seat", "agency__name")
        verbose_name_plural = "seat agencies"
        constraints = [models.UniqueConstraint(fields=["seat", "agency"], name="partners_seat_agency_once")]

    def __str__(self) -> str:
        return str(self.agency)


class Holding(Entered):
    """Somebody in a seat, as its holder or a deputy, between two dates (both count). Ended, never overwritten.

    `place` tells apart those who hold a seat of several places (1 and on); a deputy has none (0).
    `began_before`: `starts_on` is the day of a paper that names them, so they may have held it before.
    `is_mistake`: they never held it; the row stays, so that nobody wonders where it went.
    `membership`: the role that was given with it, where that was so.
    """

    LOWEST_TIER = Tier.T1

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings")
    kind = models.CharField(max_length=10, choices=choices_of(HOLDING_LABELS))
    place = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    began_before = models.BooleanField(default=False)
    ends_on = models.DateField(null=True, blank=True)
    is_mistake = models.BooleanField(default=False)
    membership = models.ForeignKey(
        "access.Membership", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_recorded_at = models.DateTimeField(null=True, blank=True)
    ended_by_label = models.CharField(max_length=200, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("seat", "starts_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="partners_holding_dates",
            ),
            models.CheckConstraint(
                condition=Q(kind=HoldingKind.HOLDER.value, place__gte=1)
                | Q(kind=HoldingKind.DEPUTY.value, place=0),
                name="partners_holding_place",
            ),
            models.UniqueConstraint(
                fields=["seat", "place"],
                condition=Q(kind=HoldingKind.HOLDER.value, ends_on__isnull=True, is_mistake=False),
                name="partners_one_holder_of_a_place",
            ),
            models.UniqueConstraint(
                fields=["seat", "person"],
                condition=Q(ends_on__isnull=True, is_mistake=False),
                name="partners_in_a_seat_once",
            ),
        ]

    def __str__(self) -> str:
        # Without a name: the journal keeps this for longer than the name is kept.
        return f"{HOLDING_LABELS[HoldingKind(self.kind)]}, seat {self.seat_id}"
