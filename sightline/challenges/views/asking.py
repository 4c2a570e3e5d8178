"""How every form here is asked."""

from __future__ import annotations

from sightline.access.asking import Asker
from sightline.challenges.entries import ChallengeEntry

READ_OR_SEND = ["GET", "HEAD", "POST"]
ask = Asker(ChallengeEntry.KEPT_KNOWINGLY).ask
