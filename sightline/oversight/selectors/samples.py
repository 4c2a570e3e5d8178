"""Reading samples, and the entries that one is drawn from."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from sightline.events.entries import declared_types
from sightline.events.models import Entry
from sightline.oversight.choices import Verdict
from sightline.oversight.models import Sample, SampledEntry, Signature
from sightline.oversight.permissions import can_look_after
from sightline.oversight.rules.numbers import Kind, matching
from sightline.oversight.rules.sampling import month_after

if TYPE_CHECKING:
    from sightline.oversight.permissions import Who


def samples(user: Who) -> QuerySet[Sample]:
    """Every sample, the newest first, with how many entries it has (`size`), how many nobody looked at (`left`) and how
    many are queried (`queried`); nothing for those who do not look after them.
    """
    found = Sample.objects.annotate(
        size=Count("drawn"),
        left=Count("drawn", filter=Q(drawn__current_verdict="")),
        queried=Count("drawn", filter=Q(drawn__current_verdict=Verdict.QUERIED.value)),
    ).order_by("-month")
    return found if can_look_after(user) else found.none()


def drawn_of(sample: Sample) -> QuerySet[SampledEntry]:
    """What was drawn, in the order of the sample."""
    return sample.drawn.select_related("sample").order_by("position")


def signatures_of(sample: Sample) -> QuerySet[Signature]:
    """Who signed it: the reviewer, then the second look."""
    return sample.signatures.order_by("pk")


def entries_of_kind(kind: Kind, month: date) -> QuerySet[Entry]:
    """The entries of one kind in a month (by the local clock) that a sample is drawn from."""
    first, after = (
        timezone.make_aware(datetime.combine(day, time.min)) for day in (month, month_after(month))
    )
    types = matching(declared_types(), kind.kinds)
    return Entry.objects.filter(
        moment__gte=first, moment__lt=after, type__in=types, tier__gte=kind.from_tier
    ).order_by("pk")
