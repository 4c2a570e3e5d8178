"""Writing returns: one function per thing a person does."""

from sightline.rhythm.services.feeds import (
    calendar_of,
    end_calendar,
    forget_ended_calendars,
    make_calendar,
)
from sightline.rhythm.services.keeping import note_list_taken, note_return_taken
from sightline.rhythm.services.reading import ReadGiven, read_in
from sightline.rhythm.services.returns import StepSaid, begin_return, open_again, sign_return, write_return
from sightline.rhythm.services.work_items import change_owed, end_owed, keep_work, refresh_work, tell_owed

__all__ = [
    "ReadGiven",
    "StepSaid",
    "begin_return",
    "calendar_of",
    "change_owed",
    "end_calendar",
    "end_owed",
    "forget_ended_calendars",
    "keep_work",
    "make_calendar",
    "note_list_taken",
    "note_return_taken",
    "open_again",
    "read_in",
    "refresh_work",
    "sign_return",
    "tell_owed",
    "write_return",
]
