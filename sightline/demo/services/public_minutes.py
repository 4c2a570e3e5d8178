"""The public version of the first minutes of the invented county's quality group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sightline.access.models import User
from sightline.demo.services.partners import People
from sightline.meetings.choices import MeetingState, PublicDeed, Shown
from sightline.meetings.models import Meeting
from sightline.meetings.selectors.public import parts_of
from sightline.meetings.services.public import PartGiven, ask_public, change_public, do_public
from sightline.meetings.services.public_making import make_public

Row = Mapping[str, Any]


def load_public_minutes(told: Sequence[Row], people: People) -> None:
    """Begun by the business manager, read by whoever is named, issued."""
    for row in told:
        found = Meeting.objects.filter(group=people.groups[row["group"]], state=MeetingState.APPROVED)
        now, out = people.moment(people.on), row["out"]
        stamp: dict[str, Any] = {"by": people.manager, "now": now}
        draft = make_public(ask_public(found.earliest("held_on"), **stamp).pk, **stamp)
        given = {}
        for part in parts_of(draft):
            shown = Shown.OUT if part.title in out else Shown.SHOW
            given[part.pk] = PartGiven(part.title, part.text, shown.value, out.get(part.title, ""))
        draft = change_public(draft, draft.version, given, **stamp)
        reader = User.objects.get(email=row["read_by"]).actor
        looked = do_public(draft, PublicDeed.LOOK, draft.version, by=reader, now=now)
        do_public(looked, PublicDeed.ISSUE, looked.version, **stamp)
