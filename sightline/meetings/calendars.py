"""A meeting as a calendar invitation (RFC 5545 and 5546): when and where, and nothing of what it is about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from sightline.meetings.models import Meeting


def invitation(meeting: Meeting, email: str, name: str, now: datetime, *, cancels: bool) -> str:
    """The text of an invitation, its change, or its cancellation; the version of the meeting is its sequence."""
    made = Calendar()
    made.add("prodid", "-//Sightline//Meetings//EN")
    made.add("version", "2.0")
    made.add("method", "CANCEL" if cancels else "REQUEST")
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{settings.SITE_ADDRESS.partition('://')[2]}")
    event.add("sequence", meeting.version)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", f"{meeting.group.name}: {meeting.kind_label}")
    _when(event, meeting)
    if meeting.place:
        event.add("location", meeting.place)
    event.add("url", f"{settings.SITE_ADDRESS}/meetings/{meeting.pk}/pack/")
    event.add("status", "CANCELLED" if cancels else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("organizer", vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"))
    whom = vCalAddress(f"mailto:{email}")
    whom.params["CN"], whom.params["RSVP"] = name, "FALSE"
    event.add("attendee", whom)
    made.add_component(event)
    return bytes(made.to_ical()).decode()


def _when(event: Event, meeting: Meeting) -> None:
    """At its hours in universal time; the whole day where it has none, an hour where nobody said when it ends."""
    if meeting.starts_at is None:
        event.add("dtstart", meeting.held_on)
        event.add("dtend", meeting.held_on + timedelta(days=1))
        return
    start = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
    ends = meeting.ends_at and timezone.make_aware(datetime.combine(meeting.held_on, meeting.ends_at))
    event.add("dtstart", start.astimezone(UTC))
    event.add("dtend", (ends or start + timedelta(hours=1)).astimezone(UTC))
