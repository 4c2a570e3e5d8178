"""Days that other records name and that somebody may know of: reviews, answers, ends, rounds; in one query.

Of what every member reads (T1) alone, whoever asks: calendars leave the house. A declaration is told to its own person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse

from sightline.access.permissions import scope_of
from sightline.challenges.choices import ChallengeState, RiskState, ScrutinyState
from sightline.challenges.models import ScrutinyAsked
from sightline.challenges.selectors.challenges import challenges_visible_to
from sightline.challenges.selectors.risks import risks_visible_to
from sightline.challenges.selectors.scrutiny import scrutiny_visible_to
from sightline.events.choices import Tier
from sightline.governance.selectors.terms import newest_terms, terms_visible_to
from sightline.partners.models import Declaration, Group
from sightline.partners.selectors.declarations import declarations_visible_to
from sightline.plans.choices import OPEN_STATES, PlanState
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to
from sightline.requests.ahead import Ahead
from sightline.requests.selectors import rounds_visible_to

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader

Rows = QuerySet[Any, Any]
NOTHING = Value("")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What such a day is called, and the name of the page of its record; `is_own`: it is of the reader alone."""

    label: str
    words: str
    address: str
    is_own: bool = False


KINDS: dict[str, _Kind] = {
    "terms": _Kind("Terms of reference", "Review of the terms of reference", "governance:terms"),
    "challenge": _Kind("Challenge", "Answer to a challenge", "challenges:challenge"),
    "risk": _Kind("Risk", "Review of a risk", "challenges:risk"),
    "scrutiny": _Kind("Scrutiny", "Answer to the scrutineer", "challenges:scrutiny"),
    "plan": _Kind("Plan", "Last day of a plan", "plans:plan"),
    "review": _Kind("Plan", "Review of actions", "plans:plan"),
    "round-opens": _Kind("Update round", "Round opens", "requests:round"),
    "round-closes": _Kind("Update round", "Last day to answer", "requests:round"),
    "declaration": _Kind("Declaration", "Your yearly declaration runs out", "partners:declare", True),
}


def days(user: Reader, first: date, last: date) -> Iterator[Ahead]:
    """All of them between two days, both counted; one query, however many records there are."""
    found, *others = (
        *_governance(user, first, last), *_logs(user, first, last), *_plans(user, first, last),
        *_rounds(user, first, last),
    )  # fmt: skip
    for key, number, on, title, group, group_key in found.union(*others):
        kind = KINDS[key]
        yield Ahead(
            key=f"{key}-{number}-{on:%Y%m%d}",
            on=on,
            kind=kind.label,
            title=f"{kind.words}: {title}" if title else kind.words,
            group=group,
            group_key=group_key,
            href=reverse(kind.address, args=[number]),
            is_own=kind.is_own,
        )


def _governance(user: Reader, first: date, last: date) -> Iterator[Rows]:
    newest = newest_terms().order_by().values("pk")
    terms = terms_visible_to(user).filter(pk__in=newest, review_due_on__range=(first, last))
    yield _six(terms, "terms", "review_due_on", NOTHING, ["group__name"], ["group__key"], "group_id")
    reader = scope_of(user).user_id
    if reader is not None:
        signed = Declaration.objects.filter(person=OuterRef("person")).order_by("-signed_on", "-pk")
        own = declarations_visible_to(user).filter(
            pk=Subquery(signed.values("pk")[:1]), person__user_id=reader, expires_on__range=(first, last)
        )
        yield _six(own, "declaration", "expires_on", NOTHING, [], [], "person_id")


def _logs(user: Reader, first: date, last: date) -> Iterator[Rows]:
    asked = challenges_visible_to(user).filter(
        tier=Tier.T1, state=ChallengeState.RAISED, current_due_on__range=(first, last)
    )
    names = ["to_group__name", "from_group__name", "to_agency__name"]
    yield _six(asked, "challenge", "current_due_on", F("title"), names, ["to_group__key", "from_group__key"])
    risks = risks_visible_to(user).filter(
        tier=Tier.T1, state=RiskState.OPEN, current_review_on__range=(first, last)
    )
    owners = ["owner_group__name", "owner_agency__name"]
    yield _six(risks, "risk", "current_review_on", F("title"), owners, ["owner_group__key"])
    entries = scrutiny_visible_to(user).filter(tier=Tier.T1, state=ScrutinyState.WAITING)
    waiting = ScrutinyAsked.objects.filter(
        scrutiny__in=entries.order_by().values("pk"), current_answered_on=None,
        scrutiny__current_due_on__range=(first, last),
    )  # fmt: skip
    yield _six(
        waiting, "scrutiny", "scrutiny__current_due_on", F("scrutiny__title"), ["group__name", "agency__name"],
        ["group__key"], "scrutiny_id",
    )  # fmt: skip


def _plans(user: Reader, first: date, last: date) -> Iterator[Rows]:
    plans = plans_visible_to(user).filter(
        tier__in=EVERY_MEMBER, state=PlanState.IN_FORCE, ends_on__range=(first, last)
    )
    yield _six(plans, "plan", "ends_on", F("name"), ["group__name"], ["group__key"], "key")
    # Of many actions of a plan that are reviewed on a day the union leaves one row.
    reviewed = actions_visible_to(user).filter(
        tier__in=EVERY_MEMBER, plan__tier__in=EVERY_MEMBER, state__in=OPEN_STATES,
        current_review_on__range=(first, last),
    )  # fmt: skip
    of_plan = ["plan__group__name"], ["plan__group__key"], "plan__key"
    yield _six(reviewed, "review", "current_review_on", F("plan__name"), *of_plan)


def _rounds(user: Reader, first: date, last: date) -> Iterator[Rows]:
    named = Group.objects.filter(key=OuterRef("group_key")).values("name")[:1]
    rounds = rounds_visible_to(user).annotate(of_group=Subquery(named))
    for key, on in (("round-opens", "opens_on"), ("round-closes", "closes_on")):
        within = rounds.filter(**{f"{on}__range": (first, last)})
        yield _six(within, key, on, F("title"), ["of_group"], ["group_key"])


def _six(
    rows: Rows, key: str, on: str, title: Any, names: list[str], keys: list[str], number: str = "pk"
) -> Rows:
    """The same six columns of every table; `names` and `keys` of its group, the first that is there."""
    told: Rows = (
        rows.order_by()
        .annotate(
            ahead_key=Value(key, CharField(max_length=20)),
            ahead_number=Cast(number, TextField()),
            ahead_on=Cast(on, DateField()),
            ahead_title=Cast(title, TextField()),
            ahead_group=_first_of(names),
            ahead_group_key=_first_of(keys),
        )
        .values_list("ahead_key", "ahead_number", "ahead_on", "ahead_title", "ahead_group", "ahead_group_key")
    )
    return told


def _first_of(names: list[str]) -> Any:
    there = [Cast(name, TextField()) for name in names]
    return Coalesce(*there, Value("", TextField())) if there else Value("", TextField())
