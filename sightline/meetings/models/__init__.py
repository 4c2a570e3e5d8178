"""Meetings of groups: when they are, who came, what was said and decided."""

from sightline.meetings.models.attended import Attended
from sightline.meetings.models.meetings import Meeting, MeetingRule, Series

__all__ = ["Attended", "Meeting", "MeetingRule", "Series"]
