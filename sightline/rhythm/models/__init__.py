"""What groups return, and calendars by a secret address."""

from sightline.rhythm.models.feeds import CalendarFeed
from sightline.rhythm.models.returns import Return, ReturnText, SignedOff, StepTold

__all__ = ["CalendarFeed", "Return", "ReturnText", "SignedOff", "StepTold"]
