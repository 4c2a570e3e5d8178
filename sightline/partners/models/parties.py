"""The partnership, its agencies, groups and people, and every name they are written by."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from sightline.events.choices import Tier
from sightline.partners.choices import (
    AGENCY_KIND_LABELS,
    GROUP_KIND_LABELS,
    SECTOR_LABELS,
    AgencyKind,
    GroupKind,
    PartyKind,
    Sector,
)


def choices_of(labels: dict[Any, str]) -> list[tuple[str, str]]:
    return [(key.value, label) for key, label in labels.items()]


def dates_in_order(name: str) -> models.CheckConstraint:
    condition = Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on"))
    return models.CheckConstraint(condition=condition, name=name)


class Dated(models.Model):
    """Something that exists between two dates; an open side means it has always been, or still is."""

    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True

    def is_current(self, on: date) -> bool:
        """Whether it stands on the day (both dates count)."""
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or self.ends_on >= on
        )


class Partnership(models.Model):
    """The one partnership this installation serves."""

    LOWEST_TIER = Tier.T0

    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=50)
    # Areas have dates, because councils are split and joined: [{"name", "starts_on", "ends_on"}]
    areas = models.JSONField(default=list, blank=True)
    brand_colour = models.CharField(max_length=7, default="#1d70b8")
    website = models.URLField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="partners_one_partnership")]

    def __str__(self) -> str:
        return self.name


class Notice(models.Model):
    """What the partnership says of itself on the statutory pages. One row; an empty text is still to be filled in."""

    LOWEST_TIER = Tier.T0

    controller = models.CharField(max_length=300, blank=True)
    contact = models.TextField(blank=True)
    officer_name = models.CharField(max_length=200, blank=True)
    officer_email = models.EmailField(blank=True)
    lawful_basis = models.TextField(blank=True)
    sharing = models.TextField(blank=True)
    retention = models.TextField(blank=True)
    accessibility_contact = models.TextField(blank=True)
    answer_days = models.PositiveSmallIntegerField(null=True, blank=True)
    statement_prepared_on = models.DateField(null=True, blank=True)
    statement_reviewed_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="partners_one_notice"),
            models.CheckConstraint(
                condition=Q(statement_reviewed_on__isnull=True)
                | Q(
                    statement_prepared_on__isnull=False,
                    statement_reviewed_on__gte=F("statement_prepared_on"),
                ),
                name="partners_statement_reviewed_after_it_was_prepared",
            ),
        ]

    def __str__(self) -> str:
        return "What the partnership says of itself"


class Agency(Dated):
    """An organisation: police, council, ICB, trust, school, charity."""

    LOWEST_TIER = Tier.T1

    key = models.SlugField(max_length=70, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=20, choices=choices_of(SECTOR_LABELS), default=Sector.OTHER.value)
    kind = models.CharField(
        max_length=20, choices=choices_of(AGENCY_KIND_LABELS), default=AgencyKind.RELEVANT.value
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="successors"
    )

    party_kind: StrEnum = PartyKind.AGENCY

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "agencies"
        constraints = [dates_in_order("partners_agency_dates")]

    def __str__(self) -> str:
        return self.name


class Group(Dated):
    """Executive, business group, sub-group, task group or panel; may have a parent, may be merged into another."""

    LOWEST_TIER = Tier.T1

    key = models.SlugField(max_length=70, unique=True)
    name = models.CharField(max_length=200, unique=True)
    short_name = models.CharField(max_length=60, blank=True)
    kind = models.CharField(
        max_length=20, choices=choices_of(GROUP_KIND_LABELS), default=GroupKind.SUB_GROUP.value
    )
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )

    party_kind: StrEnum = PartyKind.GROUP

    class Meta:
        ordering = ("name",)
        constraints = [dates_in_order("partners_group_dates")]

    def __str__(self) -> str:
        return self.name


class Person(Dated):
    """Somebody who owns actions or sits on groups; may have an account, need not."""

    LOWEST_TIER = Tier.T1

    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=10, blank=True)
    post = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    email = models.EmailField(blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="person"
    )

    party_kind: StrEnum = PartyKind.PERSON

    class Meta:
        ordering = ("name", "id")
        verbose_name_plural = "people"
        constraints = [dates_in_order("partners_person_dates")]

    def __str__(self) -> str:
        return self.name

    @property
    def work(self) -> str:
        """Their post and their agency, as far as they are known."""
        return ", ".join(part for part in (self.post, self.agency.name if self.agency else "") if part)


class Alias(models.Model):
    """Another way of writing one party's name, confirmed by a person. `normalised` is `rules.normalise(text)`."""

    LOWEST_TIER = Tier.T1

    text = models.CharField(max_length=300)
    normalised = models.CharField(max_length=300, unique=True)
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="aliases"
    )
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="aliases")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="aliases"
    )
    confirmed_by = models.CharField(max_length=200)
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ("text",)
        verbose_name_plural = "aliases"
        constraints = [
            models.CheckConstraint(condition=~Q(normalised=""), name="partners_alias_names_something"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, group__isnull=True, person__isnull=True)
                | Q(agency__isnull=True, group__isnull=False, person__isnull=True)
                | Q(agency__isnull=True, group__isnull=True, person__isnull=False),
                name="partners_alias_of_one_party",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def party(self) -> Party:
        """Whose name it is."""
        found = self.agency or self.group or self.person
        if found is None:
            raise ValueError("An alias belongs to one party")
        return found


Party = Agency | Group | Person
