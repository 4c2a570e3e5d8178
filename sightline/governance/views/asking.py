"""How every form here is asked."""

from __future__ import annotations

from sightline.access.asking import Asker
from sightline.governance.entries import GovernanceEntry

READ_OR_SEND = ["GET", "HEAD", "POST"]
ask = Asker(GovernanceEntry.KEPT_KNOWINGLY).ask
