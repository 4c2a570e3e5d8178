"""What a group was owed and did not get goes on the agenda of its next meeting; what became of it is said there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from sightline.access.tabling import Tabled
from sightline.events.choices import SYSTEM, Tier
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import Item
from sightline.meetings.services import ItemGiven, add_item, edit_item
from sightline.meetings.services.settling import GAP, meetings_ahead
from sightline.requests.models import Owed
from sightline.requests.owing import Agendas
from sightline.screens.words import day

PLACE = "/forward-plan/"
MISSED = "Did not come"


def take(gap: Owed, now: datetime) -> bool:
    """Put it on the next planned meeting of the group; False where none is planned, so that it is offered again.

    One that stands there already, because it followed a meeting that was cancelled, is not put there twice.
    """
    ahead = meetings_ahead(gap.cycle.group, timezone.localdate(now))
    if not ahead:
        return False
    words = f"{gap.cycle.who} owed it by {day(gap.due_on)}. What stands in the way, and by when will it come?"
    if _items().filter(about_id=str(gap.pk), meeting__in=ahead).exists():
        return True
    title = f"{MISSED}: {gap.cycle.title} of {day(gap.due_on)}"
    add_item(ahead[0], ItemGiven(title[:300], words, about=_about(gap)), by=SYSTEM, now=now)
    return True


def tell(gap: Owed, title: str, words: str) -> None:
    """Say what became of it on the agendas still ahead: what stands there stays, and the sentence is added to it."""
    for item in _items().filter(about_id=str(gap.pk), meeting__state=MeetingState.PLANNED):
        begins, colon, rest = item.title.partition(": ")
        new = f"{title}: {rest}" if colon and begins != title else item.title
        text = f"{item.text}\n\n{words}".strip()
        given = ItemGiven(new[:300], text, Tier(item.tier), _about(gap), item.lead, item.lasts)
        edit_item(item, item.version, given, by=SYSTEM)


def lost() -> Iterator[int]:
    """Those that stand on the agendas of cancelled meetings alone."""
    kept = _items().exclude(meeting__state=MeetingState.CANCELLED).values("about_id")
    cancelled = _items().filter(meeting__state=MeetingState.CANCELLED).exclude(about_id__in=kept)
    for number in cancelled.order_by().values_list("about_id", flat=True).distinct():
        yield int(number)


def _items() -> QuerySet[Item]:
    return Item.objects.filter(**GAP).select_related("meeting__group")


def _about(gap: Owed) -> Tabled:
    return Tabled(GAP["about_app"], GAP["about_model"], str(gap.pk), "What is owed", PLACE)


offered = Agendas(take, tell, lost)
