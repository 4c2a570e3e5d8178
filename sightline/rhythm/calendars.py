"""What lies ahead as an iCalendar file (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from sightline.requests.ahead import Ahead

MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_file(found: Iterable[Ahead], now: datetime) -> bytes:
    """The file. What has an hour stands at it, in universal time; what has none takes its whole day."""
    made = Calendar()
    made.add("prodid", "-//Sightline//Forward plan//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Forward plan")
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    for each in found:
        made.add_component(_event(each, now))
    return bytes(made.to_ical())


def _event(each: Ahead, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{each.key}@{settings.SITE_ADDRESS.partition('://')[2]}")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", f"{each.group}: {each.title}" if each.group else each.title)
    if each.starts_at:
        start = timezone.make_aware(datetime.combine(each.on, each.starts_at))
        end = (
            timezone.make_aware(datetime.combine(each.on, each.ends_at))
            if each.ends_at
            else start + timedelta(hours=1)
        )
        event.add("dtstart", start.astimezone(UTC))
        event.add("dtend", end.astimezone(UTC))
    else:
        event.add("dtstart", each.on)
        event.add("dtend", each.on + timedelta(days=1))
    if each.place:
        event.add("location", each.place)
    if each.href:
        event.add("url", f"{settings.SITE_ADDRESS}{each.href}")
    event.add("class", "PRIVATE")
    return event
