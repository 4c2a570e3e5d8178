"""What of partners is disposed of once it was kept long enough."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import FORMER_MEMBER, Doing, Kind
from sightline.events.services.forgetting import forget_in
from sightline.partners.models import Declaration, Person
from sightline.partners.services.declarations import dispose_of_declarations
from sightline.partners.services.disposing import anonymise_people


def _past(day: date) -> QuerySet[Person]:
    return Person.objects.filter(ends_on__lte=day).exclude(name=FORMER_MEMBER).annotate(since=F("ends_on"))


def _signed(day: date) -> QuerySet[Declaration]:
    return Declaration.objects.filter(signed_on__lte=day).annotate(since=F("signed_on"))


offered = [
    Kind("people", Person, _past, {Way.ANONYMISE: anonymise_people}, "Person"),
    Kind("declarations", Declaration, _signed, {Way.DELETE: dispose_of_declarations}, "Declaration"),
]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they did to partners."""
    return forget_in(
        apps.get_app_config("partners").get_models(),
        user_id,
        name,
        {"confirmed_by": "", "ended_by_label": ""},
    )
