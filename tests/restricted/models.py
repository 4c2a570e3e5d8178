"""A restricted record as an app of such records will write its own, with something in every place that could leak."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet

from sightline.events.choices import Tier
from sightline.events.floors import at_least
from sightline.knowing.registry import Kind, in_normal_form
from sightline.knowing.wall import visible_to


class Child(models.Model):
    """Somebody a case may be about; found through cases alone."""

    LOWEST_TIER = Tier.T4

    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class CaseNote(models.Model):
    """Something about a child that few may read."""

    LOWEST_TIER = Tier.T4

    reference = models.CharField(max_length=20, unique=True, null=True)
    title = models.CharField(max_length=100)
    words = models.TextField(blank=True)
    child = models.ForeignKey(Child, null=True, on_delete=models.PROTECT)
    # Tables of the tests alone are made before those of migrations.
    document = models.ForeignKey(
        "documents.Document", null=True, on_delete=models.PROTECT, db_constraint=False
    )
    tier = models.CharField(max_length=2, default=Tier.T4)

    class Meta:
        verbose_name = "case note"
        constraints = [
            at_least(Tier.T4, "a_case_note_is_restricted"),
            in_normal_form("reference", "a_case_note_is_asked_for_as_kept"),
        ]

    def __str__(self) -> str:
        return self.title


class CaseState(models.Model):
    """How a case stood from a day on: its history."""

    LOWEST_TIER = Tier.T4

    case = models.ForeignKey(CaseNote, on_delete=models.CASCADE, related_name="states")
    as_at = models.DateField()
    words = models.TextField()

    def __str__(self) -> str:
        return self.words


def address_of(case: Any) -> str:
    """The page of one case."""
    return f"/cases/{case.pk}/"


KIND = Kind(
    CaseNote,
    reference="reference",
    address=address_of,
    name=lambda case: str(case.child or case.title),
    subjects={("restricted", "child"): "child_id"},
)


def cases_visible_to(reader: Any) -> QuerySet[CaseNote]:
    """The cases that open to the reader: no role opens one by itself."""
    return visible_to(reader, CaseNote.objects.all())
