"""Meetings of groups: when they are, who came, what was said and decided."""

from sightline.meetings.models.attended import Attended
from sightline.meetings.models.counted import CountedYear
from sightline.meetings.models.interests import Interest
from sightline.meetings.models.invitations import Invitation, Reply
from sightline.meetings.models.items import Decision, GroupAction, Item, MinuteText
from sightline.meetings.models.meetings import Meeting, MeetingRule, RuleAgency, Series
from sightline.meetings.models.papers import Pack, Paper, PaperFile
from sightline.meetings.models.passed import PassedOn, PassedOnCheck
from sightline.meetings.models.public import PublicMinutes, PublicPart, PublicStep
from sightline.meetings.models.published import PublishedRow, PublishedTable
from sightline.meetings.models.told import ToldOfAction

__all__ = [
    "Attended",
    "CountedYear",
    "Decision",
    "GroupAction",
    "Interest",
    "Invitation",
    "Item",
    "Meeting",
    "MeetingRule",
    "MinuteText",
    "Pack",
    "Paper",
    "PaperFile",
    "PassedOn",
    "PassedOnCheck",
    "PublicMinutes",
    "PublicPart",
    "PublicStep",
    "PublishedRow",
    "PublishedTable",
    "Reply",
    "RuleAgency",
    "Series",
    "ToldOfAction",
]
