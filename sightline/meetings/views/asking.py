"""How every form here is asked."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from sightline.access.asking import REFUSED, Asker
from sightline.meetings import permissions
from sightline.meetings.entries import MeetingEntry
from sightline.meetings.selectors.meetings import is_secretary
from sightline.partners.models import Group

__all__ = ["PLANNING", "READ_OR_SEND", "REFUSED", "ask", "check_writes", "save_knowingly"]

READ_OR_SEND = ["GET", "HEAD", "POST"]
ASKER = Asker(MeetingEntry.KEPT_KNOWINGLY)
PLANNING = Asker(MeetingEntry.KEPT_KNOWINGLY, "meetings/series_plan.html")
ask, save_knowingly = ASKER.ask, ASKER.save_knowingly


def check_writes(request: HttpRequest, group: Group) -> None:
    """Refuse whoever does not write agenda, attendance and minutes of this group's meetings."""
    seated = is_secretary(request.user, group, timezone.localdate())
    permissions.check_minute(request.user, group, is_secretary=seated)
