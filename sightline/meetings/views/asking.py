"""How every form here is asked."""

from __future__ import annotations

from sightline.access.asking import REFUSED, Asker
from sightline.meetings.entries import MeetingEntry

__all__ = ["READ_OR_SEND", "REFUSED", "ask", "save_knowingly"]

READ_OR_SEND = ["GET", "HEAD", "POST"]
ASKER = Asker(MeetingEntry.KEPT_KNOWINGLY)
ask, save_knowingly = ASKER.ask, ASKER.save_knowingly
