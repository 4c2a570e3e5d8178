"""A meeting with what its pages would else have to ask for one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from sightline.access.permissions import scope_of
from sightline.meetings.choices import MeetingState
from sightline.meetings.models import (
    Attended,
    Interest,
    Invitation,
    Meeting,
    MeetingRule,
    MinuteText,
    PaperFile,
    Reply,
)
from sightline.meetings.permissions import can_minute
from sightline.meetings.selectors.invitations import KIND
from sightline.meetings.selectors.meetings import as_secretary, meetings_visible_to
from sightline.requests.choices import RoundState
from sightline.requests.models import Round

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

NUMBERS = ("id", "least_seats", "least_agencies")
ASKED = (*NUMBERS, "all_essential", "all_partners", "by_name")


@dataclass(frozen=True)
class Known:
    """What a meeting has, as it was read with it. `request`: the number of the open request that asks its members.

    `to_approve`: the number and day of the latest earlier meeting whose minutes the chair has checked.
    """

    rule: MeetingRule | None
    writes: bool
    attended: bool
    texts: bool
    papers: bool
    interests: bool
    replies: bool
    request: int | None
    to_approve: tuple[int, date] | None


def meetings_shown(user: Reader, on: date) -> QuerySet[Meeting]:
    """The meetings a person may read, each with what `known_of` tells."""
    rules = MeetingRule.objects.filter(group=OuterRef("group"), starts_on__lte=OuterRef("held_on"))
    rule = JSONObject(**{name: F(name) for name in ASKED})
    own = {"meeting": OuterRef("pk")}
    request = Round.objects.filter(kind=KIND, record=OuterRef("pk"), state=RoundState.OPEN)
    waits = Meeting.objects.filter(
        group=OuterRef("group"), state=MeetingState.CHECKED, held_on__lt=OuterRef("held_on")
    )
    to_approve = JSONObject(number=F("pk"), held_on=F("held_on"))
    return meetings_visible_to(user).annotate(
        has_to_approve=Subquery(waits.order_by("-held_on", "-pk").values(told=to_approve)[:1]),
        has_rule=Subquery(rules.order_by("-starts_on", "-pk").values(told=rule)[:1]),
        has_secretary=Exists(as_secretary(scope_of(user).user_id, on).filter(seat__group=OuterRef("group"))),
        has_attended=Exists(Attended.objects.filter(**own)),
        has_texts=Exists(MinuteText.objects.filter(item__meeting=OuterRef("pk"))),
        has_papers=Exists(PaperFile.objects.filter(paper__item__meeting=OuterRef("pk"))),
        has_interests=Exists(Interest.objects.filter(**own)),
        has_replies=Exists(Reply.objects.filter(**own)),
        has_request=Subquery(request.values("pk")[:1]),
    )


def known_of(user: Reader, found: Meeting) -> Known:
    """What was read with a meeting of `meetings_shown`; no query."""
    told: dict[str, Any] = vars(found)
    asked = told["has_rule"]
    rule = MeetingRule(group=found.group, starts_on=found.held_on) if asked else None
    for name in ASKED if rule else ():
        setattr(rule, name, int(asked[name]) if name in NUMBERS else bool(asked[name]))
    return Known(
        rule=rule,
        writes=can_minute(user, found.group, is_secretary=told["has_secretary"]),
        attended=told["has_attended"],
        texts=told["has_texts"],
        papers=told["has_papers"],
        interests=told["has_interests"],
        replies=told["has_replies"],
        request=told["has_request"],
        to_approve=_to_approve(told["has_to_approve"]),
    )


def _to_approve(told: dict[str, Any] | None) -> tuple[int, date] | None:
    return (int(told["number"]), date.fromisoformat(told["held_on"])) if told else None


def meetings_invited(user: Reader) -> QuerySet[Meeting]:
    """The meetings a person may read, each with how many members have an invitation that stands (`invited`)."""
    newer = Q(sequence__gt=OuterRef("sequence")) | Q(sequence=OuterRef("sequence"), pk__gt=OuterRef("pk"))
    later = Invitation.objects.filter(
        newer, meeting=OuterRef("meeting"), person=OuterRef("person"), is_cancelled=True
    )
    stands = Invitation.objects.filter(~Exists(later), meeting=OuterRef("pk"), is_cancelled=False).order_by()
    number = stands.values("meeting").annotate(number=Count("person", distinct=True)).values("number")
    return meetings_visible_to(user).annotate(invited=Subquery(number))
