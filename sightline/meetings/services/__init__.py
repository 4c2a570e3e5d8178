"""What is done about meetings."""

from sightline.meetings.services.attending import CameGiven, enter_attendance
from sightline.meetings.services.keeping import note_list_taken
from sightline.meetings.services.meetings import MeetingGiven, do, edit_meeting, plan_meeting
from sightline.meetings.services.series import begin_series, edit_series, set_rule

__all__ = [
    "CameGiven",
    "MeetingGiven",
    "begin_series",
    "do",
    "edit_meeting",
    "edit_series",
    "enter_attendance",
    "note_list_taken",
    "plan_meeting",
    "set_rule",
]
