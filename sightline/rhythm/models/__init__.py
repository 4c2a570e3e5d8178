"""What groups return, and calendars by a secret address."""

from sightline.rhythm.models.feeds import CalendarFeed
from sightline.rhythm.models.papers import ReturnPaper
from sightline.rhythm.models.returns import OwedAnswer, Reopened, Return, ReturnText, SignedOff, StepTold

__all__ = [
    "CalendarFeed",
    "OwedAnswer",
    "Reopened",
    "Return",
    "ReturnPaper",
    "ReturnText",
    "SignedOff",
    "StepTold",
]
