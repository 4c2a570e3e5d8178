"""What meetings ask of people: the open actions of the groups' own logs stand among what needs their owners.

Kept by the services, and looked over once a day. An action that became one of a plan is asked for by the plan.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.urls import reverse

from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import Membership, is_current
from sightline.access.roles import roles
from sightline.events.choices import Tier
from sightline.events.services.keeping import today
from sightline.meetings.models import GroupAction
from sightline.messages.models import WorkItem
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items
from sightline.messages.services import replace_work_items
from sightline.screens.words import day

APP, MODEL, UNIT = "meetings", "groupaction", "unit"
DO, WHOSE = "meeting_action", "meeting_action_owner"
WITH = ("meeting", "group", "owner_group", "owner_agency", "owner_person__user", "owner_person__agency")
CHUNK = 200


def refresh_work(*, now: datetime) -> int:
    """Ask anew for every open action of the logs: roles end and people leave. Returns how many were looked at."""
    found = GroupAction.objects.filter(done_on=None, plan_action=None).select_related(*WITH).order_by("pk")
    rows = list(found)
    for start in range(0, len(rows), CHUNK):
        keep_work(rows[start : start + CHUNK], now)
    return len(rows)


def keep_work(actions: Sequence[GroupAction], now: datetime) -> None:
    """Make what these actions ask of people exactly what is wanted; two queries and a statement, however many."""
    stood = standing_items(APP, MODEL, [each.pk for each in actions])
    standing = [StandingItem(place_of(item), says_of(item), item.created_at) for item in stood]
    replace_work_items(standing, _wanted(actions, today(now)), now)


def ask_of_new(made: GroupAction, now: datetime) -> None:
    """The same of an action that was only now made: nothing stands of it yet that would have to be read."""
    replace_work_items((), _wanted([made], today(now)), now)


def _wanted(actions: Sequence[GroupAction], on: date) -> list[WorkItem]:
    asking = [each for each in actions if each.done_on is None and each.plan_action_id is None]
    reached = _reached(on) if any(each.party for each in asking) else frozenset()
    return [_asked(each, reached) for each in asking]


def _reached(on: date) -> frozenset[str]:
    """The work keys of the groups and agencies for which somebody updates actions; one query."""
    acting = [name for name, role in roles().items() if Permission.ACTION_UPDATE in role.allows]
    held = Membership.objects.filter(is_current(on), user__is_active=True, role__in=acting)
    held = held.filter(scope_kind__in=[ScopeKind.GROUP, ScopeKind.AGENCY])
    return frozenset(f"{kind}:{key}" for kind, key in held.values_list("scope_kind", "scope_key").distinct())


def _asked(found: GroupAction, reached: Collection[str]) -> WorkItem:
    keys = [key for key in found.owner_keys if key.startswith("user:") or key in reached]
    scope = keys[0] if keys else UNIT
    if found.tier != Tier.T1 and scope not in (UNIT, f"group:{found.group.key}"):
        title = f"A confidential action of {found.group}"
        sentence = f"It was asked of you on {day(found.meeting.held_on)}. The chair of the group tells you what it is."
        return _item(found, scope, DO, title, sentence, reverse("meetings:meeting", args=[found.meeting_id]))
    said = f"{found.group} asked for it on {day(found.meeting.held_on)}."
    if found.party is None:
        named = f"“{found.owner}”, and nobody is known by this name" if found.owner else "nobody for it"
        url = reverse("meetings:action_owner", args=[found.pk])
        return _item(
            found, scope, WHOSE, found.text, f"{said} The minutes name {named}. Say whose it is.", url
        )
    nobody = f" Nobody here acts for {found.party}: ask them, and type it for them." if not keys else ""
    url = reverse("meetings:action_done", args=[found.pk])
    return _item(found, scope, DO, found.text, f"{said} Say when it is done.{nobody}", url)


def _item(found: GroupAction, scope: str, kind: str, title: str, sentence: str, url: str) -> WorkItem:
    return WorkItem(
        for_scope=scope,
        kind=kind,
        subject_app=APP,
        subject_model=MODEL,
        subject_id=str(found.pk),
        title=f"From a meeting: {title}"[:200],
        sentence=sentence[:500],
        url=url,
        due_on=found.due_on,
        tier=found.tier,
    )
