"""Public versions of minutes, as far as a person may read them, and how the minutes stand that they were made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet, Sum

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.meetings.choices import PublicState
from sightline.meetings.models import Decision, Meeting, PublicMinutes, PublicPart, PublicStep

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


def public_visible_to(user: Reader) -> QuerySet[PublicMinutes]:
    """What was issued, for every member; what is worked on or was taken back, for who keeps the group's meetings."""
    scope = scope_of(user)
    found = PublicMinutes.objects.select_related("meeting__group")
    if not scope.holds(Permission.PLANS_VIEW):
        return found.none()
    if scope.holds(Permission.MEETINGS_KEEP):
        return found
    own = Q(meeting__group__key__in=scope.groups_with(Permission.MEETINGS_KEEP))
    return found.filter(Q(state=PublicState.ISSUED.value) | own)


def parts_of(found: PublicMinutes) -> list[PublicPart]:
    """Its items in the order of the agenda; one query."""
    return list(PublicPart.objects.filter(of=found).order_by("place"))


def steps_of(found: PublicMinutes) -> list[PublicStep]:
    """What was done about it, the oldest first; one query."""
    return list(PublicStep.objects.filter(of=found).order_by("pk"))


def as_they_stand(meeting: Meeting) -> str:
    """How the minutes of a meeting stand, in short: another one where the meeting or a ruling changed; one query."""
    rulings = Decision.objects.filter(meeting=meeting).aggregate(number=Count("pk"), versions=Sum("version"))
    return f"{meeting.version}.{rulings['number']}.{rulings['versions'] or 0}"
