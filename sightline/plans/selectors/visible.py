"""What a person may see, as queries.

`can_view_…` in permissions says the same of one record; a test holds them equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.plans.models import (
    Action,
    ActionOwner,
    CountedDay,
    ExceptionReport,
    Placement,
    Plan,
    Reference,
    Source,
    Update,
)
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.gathering import Gathered, gathering
from sightline.plans.selectors.parties import with_parties
from sightline.screens.counting import MOST_COUNTED

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader


def plans_visible_to(user: Reader) -> QuerySet[Plan]:
    """The plans a person may read, with their group."""
    plans = Plan.objects.select_related("group")
    scope = scope_of(user)
    if not scope.holds(Permission.PLANS_VIEW):
        return plans.none()
    if reads_all_tiers(user):
        return plans
    return plans.filter(Q(tier__in=EVERY_MEMBER) | Q(group__key__in=scope.group_keys))


def actions_visible_to(user: Reader) -> QuerySet[Action]:
    """The actions a person may read, with plan, group and priority; `with_parties` adds owners and numbers."""
    scope = scope_of(user)
    if not scope.holds(Permission.PLANS_VIEW):
        return Action.objects.none()
    actions = Action.objects.select_related("plan__group", "priority")
    if reads_all_tiers(user):
        return actions
    open_to_all = Q(tier__in=EVERY_MEMBER, plan__tier__in=EVERY_MEMBER)
    own = Exists(ActionOwner.objects.filter(owned_by(user), action=OuterRef("pk")))
    return actions.filter(open_to_all | Q(plan__group__key__in=scope.group_keys) | own)


def updates_visible_to(user: Reader) -> QuerySet[Update]:
    """The updates of the actions a person may read, with their action."""
    readable = actions_visible_to(user).select_related(None).order_by()
    return Update.objects.filter(action__in=readable.values("pk")).select_related("action")


def owned_by(user: Reader) -> Q:
    """Owners that are this person, one of their groups or agencies, or one of their agencies' people."""
    scope = scope_of(user)
    parties = Q(group__key__in=scope.group_keys) | Q(agency__key__in=scope.agency_keys)
    people = Q(person__agency__key__in=scope.agency_keys)
    return (
        parties | people | (Q(person__user_id=scope.user_id) if scope.user_id is not None else Q(pk__in=[]))
    )


def sources_visible_to(user: Reader) -> QuerySet[Source]:
    """The sources a person may read."""
    sources = Source.objects.all()
    if not scope_of(user).holds(Permission.PLANS_VIEW):
        return sources.none()
    return sources if reads_all_tiers(user) else sources.filter(tier__in=EVERY_MEMBER)


def reports_visible_to(user: Reader) -> QuerySet[ExceptionReport]:
    """The exception reports a person may open, newest first; which rows they read in one is for `reports` to say.

    A report of a plan that not everybody reads is there for those alone who read the plan.
    """
    reports = ExceptionReport.objects.select_related("group", "plan__group", "previous")
    scope = scope_of(user)
    if not scope.holds(Permission.REPORT_RUN):
        return reports.none()
    if reads_all_tiers(user):
        return reports
    return reports.filter(
        Q(plan=None) | Q(plan__tier__in=EVERY_MEMBER) | Q(plan__group__key__in=scope.group_keys)
    )


# Whether there are words anywhere that point at something and wait for what they mean.
POINTED_AT = "may_be_pointed_at"
_POINTING = Exists(Reference.objects.filter(target=None, by_hand=False))


def get_plan(user: Reader, key: str, *more: Gathered) -> Plan:
    """One plan, told whether actions of others stand in it (`has_placed`), whether it is too long to be counted for a
    page (`is_long`), and which day was counted last (`counted_on`); `more` is gathered for it.

    Raises Plan.DoesNotExist also where it may not be known to exist.
    """
    own = Action.objects.filter(plan=OuterRef("pk")).order_by()
    told = {
        "has_placed": Exists(Placement.objects.filter(plan=OuterRef("pk"), ended_on=None)),
        "is_long": Exists(own[MOST_COUNTED : MOST_COUNTED + 1]),
        POINTED_AT: _POINTING,
        "counted_on": Subquery(CountedDay.objects.order_by("-on").values("on")[:1]),
    }
    found = plans_visible_to(user).select_related("follows__group").annotate(**told)
    return gathering(found, *more).get(key=key)


NEWEST = "newest"


def get_action(
    user: Reader,
    reference: str,
    newest: QuerySet[Any] | None = None,
    *more: Gathered,
    to_hold: bool = False,
) -> Action:
    """One action with all its page needs. Raises Action.DoesNotExist also where it may not be known to exist.

    `newest`: rows of its history; the number of the newest that is its own comes with it, under this name. `more` is
    gathered as well. `to_hold`: it is held until the transaction ends.
    """
    actions = actions_visible_to(user).select_related("outcome", "strand", "parent", "import_of")
    if newest is not None:
        own = newest.filter(action=OuterRef("pk")).order_by("-pk").values("pk")
        actions = actions.annotate(**{NEWEST: Subquery(own[:1])})
    actions = actions.annotate(**{POINTED_AT: _POINTING})
    if to_hold:
        actions = actions.select_for_update(of=("self",))
    return with_parties(actions, *more).get(reference=reference)


def get_source(user: Reader, key: str) -> Source:
    """One source. Raises Source.DoesNotExist also where it may not be known to exist."""
    return sources_visible_to(user).get(key=key)


def get_report(user: Reader, number: int) -> ExceptionReport:
    """One report with its rows. Raises ExceptionReport.DoesNotExist also where it may not be known to exist."""
    return reports_visible_to(user).get(pk=number)
