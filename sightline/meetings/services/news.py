"""What members of a group hear of its meetings, and owners of what was decided on theirs. Links only (0047)."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import Actor, Tier
from sightline.meetings.models import Decision, Item, Meeting, Series
from sightline.messages.services import tell_news
from sightline.plans.models import ActionOwner
from sightline.plans.rules.tiers import highest
from sightline.plans.services.work_items import scopes_of
from sightline.screens.words import count

OWNERS = ("action", "action__plan", "agency", "group", "person__agency")


def tell_group(meeting: Meeting, kind: str, *, on: date | None = None, by: Actor, now: datetime) -> None:
    """Let the group hear of something about a meeting of it that happened on a day."""
    url = reverse("meetings:meeting", args=[meeting.pk])
    heard = [f"group:{meeting.group.key}"]
    tell_news(heard, kind, str(meeting), url, tier=Tier.T1, on=on, by=by, now=now)


def tell_public(meeting: Meeting, *, by: Actor, now: datetime) -> None:
    """Let the group hear that a public version of the minutes was issued: it can be passed on as it is."""
    url = reverse("meetings:public", args=[meeting.pk])
    heard = [f"group:{meeting.group.key}"]
    tell_news(heard, "minutes_public", str(meeting), url, tier=Tier.T1, by=by, now=now)


def tell_ahead(meeting: Meeting, kind: str, *, by: Actor, now: datetime) -> None:
    """The same of a meeting that lies ahead; what is entered of one that is over is no news."""
    if meeting.held_on >= timezone.localdate(now):
        tell_group(meeting, kind, by=by, now=now)


def tell_planned(series: Series, made: int, *, by: Actor, now: datetime) -> None:
    """Let the group hear once, however many meetings of a series were planned."""
    title = f"{series.group}, {series}: {count(made, 'meeting')}"
    heard = [f"group:{series.group.key}"]
    tell_news(heard, "meetings_planned", title, reverse("meetings:list"), tier=Tier.T1, by=by, now=now)


def tell_decided(made: Decision, item: Item | None, *, by: Actor, now: datetime) -> None:
    """Between two meetings the group hears of it; at one those do who own the action that the item is about.

    Whoever reads the minutes reads what else a meeting decided. A confidential decision (T2) is told of to nobody.
    """
    if made.tier != Tier.T1:
        return
    if item is None:
        heard, url = [f"group:{made.group.key}"], reverse("meetings:decisions")
        tell_news(heard, "decision_taken", "", url, tier=Tier.T1, on=made.decided_on, by=by, now=now)
    elif (item.about_app, item.about_model) == ("plans", "action"):
        owners = list(ActionOwner.objects.filter(action__pk=item.about_id).select_related(*OWNERS))
        tier = highest([each.action.tier for each in owners] + [each.action.plan.tier for each in owners])
        heard = [scope for scope in scopes_of(owners) if scope != "unit"]
        tell_news(
            heard,
            "decision_on_yours",
            item.about_label,
            item.about_url,
            tier=tier,
            on=made.decided_on,
            by=by,
            now=now,
        )
