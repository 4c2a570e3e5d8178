"""All that one owner answers for and has not ended: what somebody who takes over must know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from sightline.events.services import subject_of
from sightline.messages.selectors import work_items
from sightline.partners.models import Group, Party, Person
from sightline.plans.choices import OPEN_STATES, WORK_STATES, DeliveryState, Embedding, ExceptionKind
from sightline.plans.models import Action, ActionOwner
from sightline.plans.rules.owners import as_listed
from sightline.plans.selectors.bulk import owned_by_mark
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_OPEN = Q(state__in=OPEN_STATES)
_NOT_EMBEDDED = Q(state=DeliveryState.COMPLETE) & ~Q(current_embedding=Embedding.PASSED)


@dataclass(frozen=True, slots=True)
class Owned:
    """How much there is to hand over."""

    open: int
    overdue: int
    silent: int
    not_embedded: int


def to_hand_over(user: Reader, party: Party) -> QuerySet[Action]:
    """What the party owns in plans at work, as far as a person may read it: open actions by date, then those done.

    Done are those that are complete and have not been shown to last.
    """
    own = ActionOwner.objects.filter(owned_by_mark(mark(party))).order_by().values("action")
    found = actions_visible_to(user).filter(pk__in=own, plan__state__in=WORK_STATES)
    first = Case(When(_OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
    wanted = found.filter(_OPEN | _NOT_EMBEDDED).annotate(place=first)
    return wanted.order_by("place", F("current_due_on").asc(nulls_last=True), "plan__name", "order", "pk")


def owned(user: Reader, party: Party) -> Owned:
    """The counts of it; one query."""
    listed = {
        "overdue": Q(current_exceptions__contains=as_listed(ExceptionKind.OVERDUE)),
        "silent": Q(current_exceptions__contains=as_listed(ExceptionKind.SILENT)),
        "open": _OPEN,
        "not_embedded": _NOT_EMBEDDED,
    }
    counted = {f"number_{name}": Count("pk", filter=q) for name, q in listed.items()}
    found = to_hand_over(user, party).select_related(None).order_by().aggregate(**counted)
    return Owned(**{name: found[f"number_{name}"] for name in listed})


def roles_in(party: Party, actions: Sequence[Action]) -> dict[int, str]:
    """Whether the party leads or supports each action, by primary key."""
    rows = ActionOwner.objects.filter(
        owned_by_mark(mark(party)), action__in=[action.pk for action in actions]
    )
    return dict(rows.order_by().values_list("action_id", "role"))


def waiting_for_them(party: Party, actions: Sequence[Action]) -> dict[int, list[str]]:
    """What each action asks of the party now, in sentences: an update, an answer, a look."""
    keys = {subject_of(action).id: action.pk for action in actions}
    about = subject_of(Action())
    items = work_items(work_keys(party)).filter(
        subject_app=about.app, subject_model=about.model, subject_id__in=list(keys)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for item in items:
        found[keys[item.subject_id]].append(item.sentence)
    return found


def work_keys(party: Party) -> list[str]:
    """Under which keys the work of a party stands."""
    if isinstance(party, Person):
        own = [f"user:{party.user_id}"] if party.user_id else []
        return own or ([f"agency:{party.agency.key}"] if party.agency else [])
    return [f"group:{party.key}" if isinstance(party, Group) else f"agency:{party.key}"]


def mark(party: Party) -> str:
    """The party in one word: "person:12"."""
    return f"{party.party_kind}:{party.pk}"
