"""How many points a picture may have: more than cameras make, fewer than would fill a reader's memory."""

from __future__ import annotations

from sightline.documents.choices import FileRefused
from sightline.documents.rules.findings import DAMAGED

MOST_POINTS = 120_000_000
MOST_ON_A_SIDE = 40_000
_HUGE = "This picture has more than 120 million points, or more than 40,000 on a side; save it smaller."


def check_points(width: int, height: int) -> None:
    """Raises FileRefused for a picture of no size, and for one that is too large to be shown."""
    if not width or not height:
        raise FileRefused(DAMAGED)
    if width * height > MOST_POINTS or max(width, height) > MOST_ON_A_SIDE:
        raise FileRefused(_HUGE)
