"""What governs groups is kept, but for lists that were never confirmed; names are taken from beside what was done."""

from __future__ import annotations

from datetime import date

from django.apps import apps
from django.db.models import F, QuerySet

from sightline.events.choices import Way
from sightline.events.disposing import Doing, Kind, end_of
from sightline.events.services.forgetting import forget_in
from sightline.governance.choices import NEVER_CONFIRMED
from sightline.governance.models import MemberList
from sightline.governance.services.disposing import dispose_of_lists


def _lists(day: date) -> QuerySet[MemberList]:
    """Membership lists nobody confirmed."""
    never = MemberList.objects.filter(state__in=NEVER_CONFIRMED, confirmed_at=None)
    return never.filter(recorded_at__lt=end_of(day)).annotate(since=F("recorded_at"))


offered = [
    Kind("lists_unconfirmed", MemberList, _lists, {Way.DELETE: dispose_of_lists}, "Membership list"),
]


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered."""
    return forget_in(apps.get_app_config("governance").get_models(), user_id, name, {})
