"""How every form here is asked."""

from __future__ import annotations

from sightline.access.asking import Asker
from sightline.rhythm.entries import RhythmEntry

READ_OR_SEND = ["GET", "HEAD", "POST"]
ask = Asker(RhythmEntry.KEPT_KNOWINGLY).ask
