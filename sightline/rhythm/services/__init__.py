"""Writing returns: one function per thing a person does."""

from sightline.rhythm.services.feeds import (
    calendar_of,
    end_calendar,
    forget_ended_calendars,
    make_calendar,
)
from sightline.rhythm.services.keeping import note_list_taken, note_return_taken
from sightline.rhythm.services.reading import (
    ReadGiven,
    confirm_paper,
    decide_paper,
    give_up_paper,
    keep_paper,
    withdraw_paper,
)
from sightline.rhythm.services.returns import (
    StepSaid,
    answer_with,
    begin_return,
    open_again,
    send_back,
    sign_return,
    write_return,
)
from sightline.rhythm.services.work_items import change_owed, end_owed, keep_work, refresh_work, tell_owed

__all__ = [
    "ReadGiven",
    "StepSaid",
    "answer_with",
    "begin_return",
    "calendar_of",
    "change_owed",
    "confirm_paper",
    "decide_paper",
    "end_calendar",
    "end_owed",
    "forget_ended_calendars",
    "give_up_paper",
    "keep_paper",
    "keep_work",
    "make_calendar",
    "note_list_taken",
    "note_return_taken",
    "open_again",
    "refresh_work",
    "send_back",
    "sign_return",
    "tell_owed",
    "withdraw_paper",
    "write_return",
]
