"""Actions across plans: the rows of every figure, now and as they stood on a counted day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet

from sightline.partners.models import Group
from sightline.plans.choices import OPEN_STATES, Figure, ReportState
from sightline.plans.models import Action, ActionOwner, ExceptionReport, Priority, ReportedAction, Standing
from sightline.plans.rules.owners import as_listed
from sightline.plans.selectors.owned import owned_by_agency, owned_by_group, without_holder
from sightline.plans.selectors.standings import (
    COUNTS_NOW,
    NOW,
    THEN,
    Columns,
    condition,
    of_group,
    standings_of,
)
from sightline.plans.selectors.visible import (
    actions_visible_to,
    owned_by,
    plans_visible_to,
    reports_visible_to,
)
from sightline.plans.selectors.worded import holding
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

# What stands for these in an address.
OPEN, ANY, NONE, VACANT = "open", "any", "none", "vacant"
MOST_REPORTS = 10


def actions_across(user: Reader, chosen: Mapping[str, Any]) -> QuerySet[Action]:
    """The actions a person may read that these answers let through (`forms.lists`)."""
    figure = chosen.get("figure")
    counting = COUNTS_NOW & condition(Figure(figure), NOW) if figure else Q()
    rows = actions_visible_to(user).filter(counting, _values(chosen, NOW), *_places(user, chosen))
    return rows.exclude(pk__in=_reported(user, chosen["since"])) if chosen.get("since") else rows


def standings_across(user: Reader, chosen: Mapping[str, Any], on: date) -> QuerySet[Standing]:
    """How those actions stood on a counted day: ratings, state and exceptions are the day's, words are today's."""
    figure = chosen.get("figure")
    counting = condition(Figure(figure), THEN) if figure else Q()
    return standings_of(user, on).filter(counting, _values(chosen, THEN), *_places(user, chosen, "action__"))


def plans_to_choose(user: Reader) -> list[tuple[str, str]]:
    """Key and name of the plans a person may read."""
    return list(plans_visible_to(user).order_by("name", "pk").values_list("key", "name"))


def priorities_to_choose(user: Reader, plan_key: str) -> Iterable[Priority]:
    """The priorities of one plan in printed order; none where no plan is named."""
    if not plan_key:
        return ()
    plans = plans_visible_to(user).filter(key=plan_key)
    return Priority.objects.filter(plan__in=plans.values("pk")).order_by("order", "pk")


def _values(chosen: Mapping[str, Any], at: Columns) -> Q:
    columns = {"state": at.state, "delivery": at.delivery, "impact": at.impact}
    found = Q()
    for name, column in columns.items():
        value = chosen.get(name)
        if value == OPEN:
            found &= Q(**{f"{column}__in": OPEN_STATES})
        elif value:
            found &= Q(**{column: value})
    kind = chosen.get("exception")
    if kind == ANY:
        return found & ~Q(**{at.exceptions: ""})
    return found & Q(**{f"{at.exceptions}__contains": as_listed(kind)}) if kind else found


def _places(user: Reader, chosen: Mapping[str, Any], prefix: str = "") -> list[Q]:
    asked = [holding(str(chosen.get("words", "")), f"{prefix}pk")]
    if plan := chosen.get("plan"):
        asked.append(Q(**{f"{prefix}plan__key": plan}))
    if priority := chosen.get("priority"):
        asked.append(Q(**{f"{prefix}priority": None if priority == NONE else int(priority)}))
    if key := chosen.get("group"):
        group = Group.objects.filter(key=key).first()
        asked.append(of_group(group, prefix) if group else Q(pk__in=()))
    if owner := str(chosen.get("owner", "")):
        kind, _, key = owner.partition(":")
        asked.append(Q(**{f"{prefix}pk__in": _owned(kind, key)}))
    if theme := chosen.get("theme"):
        asked.append(Q(**{f"{prefix}theme_marks__theme": theme}))
    if chosen.get("mine"):
        own = ActionOwner.objects.filter(owned_by(user)).order_by().values("action")
        asked.append(Q(**{f"{prefix}pk__in": own}))
    return asked


def _reported(user: Reader, number: str) -> QuerySet[ReportedAction, Any]:
    """The actions that an issued report named; none where the person may not open it."""
    reports = issued_reports(user).select_related(None).order_by().filter(pk=number)
    return ReportedAction.objects.filter(report__in=reports.values("pk")).order_by().values("action")


def issued_reports(user: Reader) -> QuerySet[ExceptionReport]:
    """The reports a person may open that were issued: what is new since one of them can be asked."""
    return reports_visible_to(user).filter(state=ReportState.ISSUED)


def reports_to_choose(user: Reader) -> list[tuple[str, str]]:
    """The reports issued last, by number: "The whole partnership, as at 30 September 2026"."""
    issued = issued_reports(user).defer("rows", "resolved", "counts")
    recent = (
        issued.select_related(None)
        .select_related("group", "plan")
        .order_by("-issued_at", "-pk")[:MOST_REPORTS]
    )
    return [
        (str(r.pk), f"{r.group or r.plan or 'The whole partnership'}, as at {day(r.as_at)}") for r in recent
    ]


def _owned(kind: str, key: str) -> QuerySet[ActionOwner, Any]:
    if kind == VACANT:
        return without_holder()
    return owned_by_group(key) if kind == "group" else owned_by_agency(key)
