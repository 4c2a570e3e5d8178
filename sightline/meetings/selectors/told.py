"""The actions of a group's own log that a round asks about, and what was told of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet

from sightline.events.choices import Tier
from sightline.meetings.models import GroupAction, ToldOfAction
from sightline.meetings.selectors.items import actions_of_meetings
from sightline.plans.selectors.rounds import GROUP_KIND
from sightline.requests.models import Asked
from sightline.requests.parts import MOST_SHOWN, Answers

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

PARTIES = ("agency", "group", "person")
MOST_DATES = 50
# T1 alone: of what is confidential nobody is asked by e-mail. One that went into a plan is asked about there.
OPEN = Q(tier=Tier.T1, done_on=None, plan_action=None)


def owners_in_log(kind: str, number: int) -> Mapping[Answers, tuple[str, str]]:
    """Every owner of an open action of a group's log, with its name and key; one query, none about other records."""
    if kind != GROUP_KIND:
        return {}
    found: dict[Answers, tuple[str, str]] = {}
    columns = [f"owner_{party}__{part}" for party in PARTIES for part in ("pk", "name")]
    keys = ("owner_agency__key", "owner_group__key")
    for row in GroupAction.objects.filter(OPEN, group=number).order_by().values(*columns, *keys).distinct():
        for party in PARTIES:
            if row[f"owner_{party}__pk"]:
                key = row.get(f"owner_{party}__key") or ""
                found[party, row[f"owner_{party}__pk"]] = row[f"owner_{party}__name"], key
    return found


def log_asked(asked: Sequence[Asked]) -> QuerySet[GroupAction]:
    """The open actions of logs for whose owners somebody is asked in these rounds, with group and meeting."""
    any_of = Q(pk__in=[])
    for each in asked:
        if each.round.kind == GROUP_KIND:
            of = {
                f"owner_{party}__in": [n for kind, n in each.answers_for if kind == party]
                for party in PARTIES
            }
            own = Q(pk__in=[])
            for name, numbers in of.items():
                own |= Q(**{name: numbers})
            any_of |= Q(group=each.round.record) & own
    owners = ("owner_agency", "owner_group", "owner_person__user", "owner_person__agency")
    rows = GroupAction.objects.filter(OPEN, any_of).select_related("group", "meeting", *owners)
    return rows.order_by("due_on", "pk")


def log_shown(asked: Sequence[Asked], page: int) -> tuple[list[GroupAction], bool]:
    """So many of them on a page, and whether there are more behind it; one query at most."""
    if not any(each.round.kind == GROUP_KIND for each in asked):
        return [], False
    start = (page - 1) * MOST_SHOWN
    found = list(log_asked(asked)[start : start + MOST_SHOWN + 1])
    return found[:MOST_SHOWN], len(found) > MOST_SHOWN


def last_told(actions: Sequence[GroupAction]) -> dict[int, ToldOfAction]:
    """The last that was told of each of these, by its number; one query, or none."""
    if not actions:
        return {}
    rows = ToldOfAction.objects.filter(action__in=[each.pk for each in actions]).order_by("pk")
    return {each.action_id: each for each in rows}


def new_dates_of(user: Reader) -> QuerySet[ToldOfAction]:
    """Where an owner asks for a new date of an action that a person may read, with that action and its meeting."""
    mine = actions_of_meetings(user).order_by().values("pk")
    found = ToldOfAction.objects.filter(action__in=mine, new_due_on__isnull=False)
    return found.select_related("action__group", "action__meeting__group")


def dates_asked(user: Reader, kind: str, number: int) -> list[ToldOfAction]:
    """New dates that are asked for of open actions of the log and that nobody has answered, the newest first."""
    if kind != GROUP_KIND:
        return []
    later = ToldOfAction.objects.filter(action=OuterRef("action")).order_by("-pk").values("pk")[:1]
    own = actions_of_meetings(user).select_related(None).filter(OPEN, group=number).order_by()
    rows = ToldOfAction.objects.filter(action__in=own.values("pk"), is_agreed=None, pk=later)
    return list(rows.exclude(new_due_on=None).select_related("action").order_by("-pk")[:MOST_DATES])
