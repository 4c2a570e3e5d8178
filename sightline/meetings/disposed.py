"""Meetings are kept; the names of people who have left are taken from beside what they did, and from who came."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.apps import apps
from django.db.models import Q, QuerySet

from sightline.events.disposing import FORMER_MEMBER, Doing
from sightline.events.services.forgetting import forget_in, shred_about, shred_named
from sightline.meetings.models import (
    Attended,
    GroupAction,
    Invitation,
    Item,
    Meeting,
    Paper,
    PassedOn,
    Reply,
    ToldOfAction,
)

_PRIVATE = ("after.came", "after.guests", "after.said_by")
_SAID_BEFORE = ("after.deputy", "after.words")


def forget(user_id: int, name: str, doing: Doing) -> int:
    """Take a person's name from beside what they entered, and from the meetings to which they came."""
    done = forget_in(apps.get_app_config("meetings").get_models(), user_id, name)
    done += Invitation.objects.filter(person__user_id=user_id).exclude(email="").update(email="")
    own = Reply.objects.filter(person__user_id=user_id)
    replied = list(own.values_list("meeting", flat=True))
    done += own.exclude(words="").update(words="")
    if name:
        meetings = [row.meeting_id for row in Attended.objects.filter(name=name).only("meeting")]
        meetings += [row.meeting_id for row in PassedOn.objects.filter(said_by=name).only("meeting")]
        done += forget_in([Attended], user_id, name, {"name": ""})
        replied += [row.meeting_id for row in Reply.objects.filter(name=name).only("meeting")]
        done += forget_in([Reply], user_id, name, {"name": ""})
        done += forget_in([PassedOn, ToldOfAction], user_id, name, {"said_by": ""})
        shred_named("meetings", name, doing, ("after.said_by",))
        meetings += _forget_guests({name})
        led = list(Item.objects.filter(lead=name).values_list("pk", flat=True))
        done += Item.objects.filter(lead=name).update(lead=FORMER_MEMBER)
        shred_about(Item.objects.filter(pk__in=led), doing, ("before.lead", "after.lead"))
        owned = list(_owned(name).values_list("pk", flat=True))
        done += _owned(name).update(owner=FORMER_MEMBER)
        shred_about(GroupAction.objects.filter(pk__in=owned), doing, ("before.owner", "after.owner"))
        brought = list(Paper.objects.filter(brought_by=name).values_list("pk", flat=True))
        done += Paper.objects.filter(brought_by=name).update(brought_by=FORMER_MEMBER)
        shred_about(Paper.objects.filter(pk__in=brought), doing, ("before.brought_by", "after.brought_by"))
        shred_about(Meeting.objects.filter(pk__in=meetings), doing, _PRIVATE)
    shred_about(Meeting.objects.filter(pk__in=replied), doing, _SAID_BEFORE)
    return done


def reword(former: Mapping[int, str]) -> None:
    """Take the names of people who lost them from where they were typed."""
    names = set(former.values())
    Attended.objects.filter(name__in=names).update(name=FORMER_MEMBER)
    Reply.objects.filter(name__in=names).update(name=FORMER_MEMBER)
    for model in (PassedOn, ToldOfAction):
        model._default_manager.filter(said_by__in=names).update(said_by=FORMER_MEMBER)
    Paper.objects.filter(brought_by__in=names).update(brought_by=FORMER_MEMBER)
    Item.objects.filter(lead__in=names).update(lead=FORMER_MEMBER)
    theirs = Q(owner_person__in=former) | Q(owner_person=None, owner__in=names)
    GroupAction.objects.filter(theirs).exclude(owner="").update(owner=FORMER_MEMBER)
    _forget_guests(names)


def _owned(name: str) -> QuerySet[GroupAction]:
    """Actions of groups' logs whose owner is known by this name alone; who stands in the lists of people keeps it."""
    return GroupAction.objects.filter(owner_person=None, owner=name)


def _forget_guests(names: Collection[str]) -> list[int]:
    """Take these names from the guests, "name, where from", one a line; returns of which meetings, by number."""
    said = Q()
    for name in names:
        said |= Q(guests__contains=name)
    found = list(Meeting.objects.filter(said).only("guests")) if names else []
    changed = []
    for meeting in found:
        lines = meeting.guests.splitlines()
        without = [FORMER_MEMBER if line.partition(",")[0].strip() in names else line for line in lines]
        if without != lines:
            meeting.guests = "\n".join(without)
            changed.append(meeting)
    Meeting.objects.bulk_update(changed, ["guests"])
    return [meeting.pk for meeting in changed]
