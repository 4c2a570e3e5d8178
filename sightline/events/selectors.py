"""Reading the journal. The caller's view asks for the permission; the entries go by their own tier."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet

from sightline.events.choices import Subject, Tier
from sightline.events.models import Entry, PersonalValue, Seal

OPEN_TIERS: tuple[Tier, ...] = (Tier.T0, Tier.T1, Tier.T2)


def entries(tiers: Collection[Tier] = OPEN_TIERS) -> QuerySet[Entry]:
    """Entries of these tiers, newest first."""
    return Entry.objects.filter(tier__in=[tier.value for tier in tiers]).order_by("-id")


def entries_about(subject: Model | Subject, tiers: Collection[Tier] = OPEN_TIERS) -> QuerySet[Entry]:
    """One record's timeline, newest first."""
    if isinstance(subject, Subject):
        about = (subject.app, subject.model, subject.id)
    else:
        about = (subject._meta.app_label, str(subject._meta.model_name), str(subject.pk))
    app, model, number = about
    return entries(tiers).filter(subject_app=app, subject_model=model, subject_id=number)


def personal_values(entry: Entry) -> dict[str, Any]:
    """The personal values of an entry that have not been shredded, by field ("after.name")."""
    rows = PersonalValue.objects.filter(entry=entry).values_list("field", "value")
    return {field: json.loads(value) for field, value in rows}


def head() -> str:
    """The newest seal's head; empty before the first sealing."""
    newest = Seal.objects.order_by("-sequence").first()
    return newest.head if newest else ""
