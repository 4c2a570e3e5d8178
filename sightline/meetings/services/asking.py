"""Asking members how they passed a meeting on: once for each meeting, and nobody more often than once a week."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from sightline.events.services.keeping import today
from sightline.meetings.choices import TOOK_PLACE
from sightline.meetings.models import Meeting
from sightline.meetings.rules.passed import asking
from sightline.meetings.selectors.passed import members_of, silent_members
from sightline.messages.models import Notice, WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items
from sightline.messages.services import replace_work_items
from sightline.partners.models import Seat
from sightline.screens.words import day

APP, MODEL, KIND = "meetings", "meeting", "pass_on"


@transaction.atomic
def ask_how_passed(*, now: datetime) -> int:
    """Ask everybody who held a seat at a meeting of these weeks and told nothing yet. Returns how many are asked.

    Somebody who was asked within a week is asked of further meetings when that is over. Who has no account is not
    asked: the page of the meeting shows the unit that they told nothing.
    """
    on, numbers = today(now), asking()
    days = (on - timedelta(days=numbers.asked_for_days), on - timedelta(days=numbers.ask_after_days))
    met = Meeting.objects.filter(held_on__range=days, state__in=[state.value for state in TOOK_PLACE])
    silent = silent_members(list(met.select_related("group").order_by("held_on", "pk")))
    stood = WorkItem.objects.filter(subject_app=APP, subject_model=MODEL, kind=KIND)
    standing = standing_items(APP, MODEL, stood.values_list("subject_id", flat=True)).filter(kind=KIND)
    found = [StandingItem(place_of(item), says_of(item), item.created_at) for item in standing]
    lately = _asked_since(now - timedelta(days=numbers.days_apart))
    places = {each.place for each in found}
    asked = [
        item
        for meeting, users in silent
        for item in (_item(meeting, user) for user in users)
        if place_of(item) in places or item.for_scope not in lately
    ]
    replace_work_items(found, asked, now)
    return len(asked)


def end_asking(meeting: Meeting, seat: Seat, now: datetime) -> None:
    """Whoever held the seat on the day has told: they are not asked about this meeting any more."""
    scopes = [f"user:{user}" for user in members_of(meeting, seat)]
    if scopes:
        items = standing_items(APP, MODEL, [meeting.pk]).filter(kind=KIND, for_scope__in=scopes)
        replace_work_items(
            [StandingItem(place_of(item), says_of(item), item.created_at) for item in items], (), now
        )


def _asked_since(moment: datetime) -> frozenset[str]:
    """Who was told of such a request since the moment, or has one that is not told yet."""
    told = Notice.objects.filter(kind=KIND, made_at__gt=moment).values_list("user", flat=True)
    fresh = WorkItem.everything.filter(subject_app=APP, subject_model=MODEL, kind=KIND, created_at__gt=moment)
    return frozenset(f"user:{user}" for user in told) | frozenset(fresh.values_list("for_scope", flat=True))


def _item(meeting: Meeting, user: int) -> WorkItem:
    return WorkItem(
        for_scope=f"user:{user}",
        kind=KIND,
        subject_app=APP,
        subject_model=MODEL,
        subject_id=str(meeting.pk),
        title=f"How did you pass this on? {meeting}"[:500],
        sentence=f"You held a seat on {day(meeting.held_on)}. Say in a line what you told your people, and whom.",
        url=reverse("meetings:passed_on", args=[meeting.pk]),
    )
