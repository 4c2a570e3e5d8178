"""How every form here is asked."""

from __future__ import annotations

from sightline.access.asking import REFUSED, Asker
from sightline.meetings.entries import MeetingEntry

__all__ = ["READ_OR_SEND", "REFUSED", "ask"]

READ_OR_SEND = ["GET", "HEAD", "POST"]
ask = Asker(MeetingEntry.KEPT_KNOWINGLY).ask
