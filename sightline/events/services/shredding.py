"""Shredding: a personal value and its salt are deleted; the entry keeps a commitment nobody can open any more."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from sightline.events.choices import Actor, Subject, Tier
from sightline.events.entries import EventEntry
from sightline.events.models import Entry, PersonalValue
from sightline.events.services.recording import record


@transaction.atomic
def shred(entry: Entry, *, by: Actor, reason: str, only: Collection[str] = ()) -> list[str]:
    """Delete the entry's personal values, or `only` these; returns their fields. The journal tells that it was done
    and why.
    """
    values = PersonalValue.objects.filter(entry=entry)
    if only:
        values = values.filter(field__in=only)
    fields = sorted(values.values_list("field", flat=True))
    if not fields:
        return []
    values.delete()
    record(
        EventEntry.PERSONAL_SHREDDED,
        by=by,
        subject=Subject("events", "entry", str(entry.pk), entry.label),
        after={"entry": entry.pk, "fields": fields},
        reason=reason,
        tier=Tier(entry.tier),
    )
    return fields
