"""What is done about meetings."""

from sightline.meetings.services.actions import finish_action, make_action, name_owner
from sightline.meetings.services.agenda import ItemGiven, add_item, edit_item, take_off_item
from sightline.meetings.services.attending import CameGiven, enter_attendance
from sightline.meetings.services.correcting import (
    ActionSaid,
    correct_action,
    correct_decision,
    end_action,
    move_action,
    withdraw_decision,
)
from sightline.meetings.services.decisions import DecisionGiven, rule_on, take_decision
from sightline.meetings.services.keeping import note_list_taken
from sightline.meetings.services.meetings import MeetingGiven, do, edit_meeting, plan_meeting
from sightline.meetings.services.minutes import Minuted, MinuteGiven, minute
from sightline.meetings.services.planning import plan_series
from sightline.meetings.services.series import begin_series, edit_series, set_rule
from sightline.meetings.services.work_items import refresh_work

__all__ = [
    "ActionSaid",
    "CameGiven",
    "DecisionGiven",
    "ItemGiven",
    "MeetingGiven",
    "MinuteGiven",
    "Minuted",
    "add_item",
    "begin_series",
    "correct_action",
    "correct_decision",
    "do",
    "edit_item",
    "edit_meeting",
    "edit_series",
    "end_action",
    "enter_attendance",
    "finish_action",
    "make_action",
    "minute",
    "move_action",
    "name_owner",
    "note_list_taken",
    "plan_meeting",
    "plan_series",
    "refresh_work",
    "rule_on",
    "set_rule",
    "take_decision",
    "take_off_item",
    "withdraw_decision",
]
