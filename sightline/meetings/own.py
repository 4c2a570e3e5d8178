"""What meetings hold about a person: everything they entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet, Value

from sightline.events.held import five
from sightline.meetings.models import (
    Attended,
    Decision,
    GroupAction,
    Interest,
    Invitation,
    Item,
    Meeting,
    MeetingRule,
    MinuteText,
    Pack,
    Paper,
    PaperFile,
    PassedOn,
    PassedOnCheck,
    PublicMinutes,
    PublicPart,
    PublicStep,
    PublishedTable,
    Reply,
    Series,
    ToldOfAction,
)


def said(user: Any) -> Iterator[QuerySet[Any, Any]]:
    """Series, rules, meetings and attendance that they entered, and where they came themselves."""
    nothing, never = Value(""), Value(None)
    entered = (
        (Series, "Series of meetings", F("name")),
        (MeetingRule, "Rule of meetings", nothing),
        (Meeting, "Meeting planned", F("place")),
        (Attended, "Attendance entered", F("status")),
        (PublishedTable, "Published attendance", F("period")),
        (PassedOn, "Passed on after a meeting", F("what")),
        (PassedOnCheck, "Sample check of what was passed on", F("text")),
        (Item, "Item of an agenda", F("title")),
        (MinuteText, "Minute", F("text")),
        (Decision, "Decision recorded", F("text")),
        (GroupAction, "Action of a meeting", F("text")),
        (ToldOfAction, "Told of an action of a meeting", F("text")),
        (Paper, "Paper of an item", F("title")),
        (PaperFile, "Version of a paper", F("document__name")),
        (Interest, "Interest declared at a meeting", F("text")),
        (PublicMinutes, "Public version of minutes begun", nothing),
        (PublicPart, "Item of a public version", F("text")),
        (PublicStep, "Step of a public version", F("because")),
        (Invitation, "Invitation to a meeting", F("told")),
        (Pack, "Pack of a meeting", nothing),
        (Reply, "Answer to an invitation", F("coming")),
    )
    for model, label, words in entered:
        rows = model._default_manager.filter(entered_by_id=user.pk).order_by()
        yield five(rows, label, nothing, never, F("recorded_at"), words)
    came = Attended.objects.filter(person__user_id=user.pk).order_by()
    yield five(came, "Attendance of yours", nothing, F("meeting__held_on"), F("recorded_at"), F("status"))
    invited = Invitation.objects.filter(person__user_id=user.pk).order_by()
    yield five(invited, "Invitation of yours", nothing, F("meeting__held_on"), F("recorded_at"), F("email"))
    replied = Reply.objects.filter(person__user_id=user.pk).order_by()
    yield five(replied, "Whether you come", F("words"), F("held_on"), F("recorded_at"), F("coming"))
    asked = GroupAction.objects.filter(owner_person__user_id=user.pk).order_by()
    yield five(asked, "Action of yours", nothing, F("due_on"), F("recorded_at"), F("text"))
