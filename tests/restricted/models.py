"""A restricted record, and who stands on its case list."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet

from sightline.events.choices import Tier
from sightline.events.floors import at_least
from sightline.events.guards import Guard


class CaseNote(models.Model):
    """Something about a child that few may read."""

    LOWEST_TIER = Tier.T4

    title = models.CharField(max_length=100)
    tier = models.CharField(max_length=2, default=Tier.T4)

    class Meta:
        constraints = [at_least(Tier.T4, "a_case_note_is_restricted")]

    def __str__(self) -> str:
        return self.title


class OnCaseList(models.Model):
    """That somebody may read a case."""

    LOWEST_TIER = Tier.T4

    case = models.ForeignKey(CaseNote, on_delete=models.CASCADE, related_name="listed")
    user_id = models.BigIntegerField()

    def __str__(self) -> str:
        return f"account {self.user_id} on {self.case}"


def cases_visible_to(reader: Any) -> QuerySet[CaseNote]:
    """The cases whose list holds the reader: no role opens one by itself."""
    return CaseNote.objects.filter(listed__user_id=getattr(reader, "pk", None))


GUARD = Guard("restricted", CaseNote, cases_visible_to)
