"""What case lists, conflicts of interest and break-glass hold about a person: never which record it is."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sightline.events.held import Held
from sightline.knowing.models import Conflict, Glass, Listed
from sightline.knowing.registry import kinds
from sightline.knowing.selectors import own_conflicts


def noun(row: Listed | Glass) -> str:
    """What kind of record a row is about."""
    kind = kinds().get((row.app, row.model))
    return kind.noun.capitalize() if kind else "Record"


def _listed(row: Listed) -> list[Any]:
    until = timezone.localtime(row.ended_at).date() if row.ended_at else row.ends_on
    return [noun(row), row.starts_on, until, row.added_by_label]


def _conflict(row: Conflict) -> list[Any]:
    return [row.reference, row.reason, row.starts_on, row.ended_at, row.declared_by_label]


def _glass(row: Glass) -> list[Any]:
    return [noun(row), row.opened_at, row.closed_at or row.closes_at, row.reason]


own = [
    Held(
        "case-lists",
        "Case lists you are or were on",
        "So that a child-level or restricted record is read by named people only.",
        ("Kind of record", "From", "Until", "Put on it by"),
        lambda user: Listed.objects.filter(user_id=user.pk).order_by("pk"),
        _listed,
        20,
    ),
    Held(
        "conflicts",
        "Conflicts of interest",
        "So that you are kept from records that you or somebody close to you have a part in.",
        ("Reference", "What it is about", "From", "Over", "Declared by"),
        lambda user: own_conflicts(user.pk).order_by("pk"),
        _conflict,
        21,
    ),
    Held(
        "break-glass",
        "Records you opened by break-glass",
        "So that others can see why a record was read by somebody who was not on its list.",
        ("Kind of record", "From", "Until", "Your reason"),
        lambda user: Glass.objects.filter(user_id=user.pk).order_by("pk"),
        _glass,
        22,
    ),
]
