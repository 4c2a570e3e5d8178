"""Returns are kept; the names of people who have left are taken from beside what they did."""

from __future__ import annotations

from sightline.events.disposing import Doing
from sightline.events.services.forgetting import forget_in
from sightline.rhythm.models import Reopened, Return, ReturnPaper, ReturnText, SignedOff, StepTold


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered."""
    return forget_in([Return, ReturnText, SignedOff, StepTold, Reopened, ReturnPaper], user_id, name, {})
