"""Rounds of plans: whom to ask, which actions a personal link shows, and which new dates are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from sightline.access.choices import Permission, ScopeKind
from sightline.access.selectors import memberships_with
from sightline.events.choices import Tier
from sightline.partners.models import Group, Holding, Person
from sightline.plans.choices import OPEN_STATES, WORK_STATES
from sightline.plans.models import Action, ActionOwner, DateAnswer, Plan, Timescale, Update
from sightline.plans.rules import addresses
from sightline.plans.selectors.visible import actions_visible_to
from sightline.requests.models import Asked, Round
from sightline.requests.parts import MOST_SHOWN, Answers, asks_anything, parts

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

KIND, GROUP_KIND = "plans.plan", "plans.group"
PARTIES = ("agency", "group", "person")
MOST_PEOPLE, MOST_DATES = 1_000, 50


@dataclass(frozen=True, slots=True)
class Owner:
    """A party that answers for open actions. `people`: who could be asked for it; `usual`: who is, unless chosen."""

    kind: str
    number: int
    name: str
    people: tuple[Person, ...]
    usual: Person | None

    @property
    def party(self) -> tuple[str, int]:
        """The party as a round keeps it."""
        return self.kind, self.number


@dataclass(frozen=True, slots=True)
class About:
    """What a round is about: one plan, or every running plan of a group that every member reads."""

    kind: str
    number: int
    name: str
    group_key: str

    @property
    def actions(self) -> Q:
        """Its actions, of those that anybody may be asked about by e-mail."""
        return actions_about(self.kind, self.number)


def about_plan(plan: Plan) -> About:
    """A round about one plan, whose group is loaded with it."""
    return About(KIND, plan.pk, plan.name, plan.group.key if plan.group else "")


def about_group(group: Group) -> About:
    """A round about every plan of a group."""
    return About(GROUP_KIND, group.pk, group.name, group.key)


def actions_about(kind: str, number: int) -> Q:
    """The T1 actions of the plan, or of the group's plans, that run and are T1 themselves."""
    return all_about(kind, number) & Q(tier=Tier.T1)


def all_about(kind: str, number: int) -> Q:
    """Every action of these plans, of whatever tier: only T1 actions are asked about by e-mail."""
    where = Q(plan__group=number) if kind == GROUP_KIND else Q(plan=number)
    return where & Q(plan__tier=Tier.T1, plan__state__in=WORK_STATES)


def home_of_plan(number: int) -> str:
    """The address from which rounds about this plan are opened."""
    return reverse("plans:rounds", args=[Plan.objects.values_list("key", flat=True).get(pk=number)])


def home_of_group(number: int) -> str:
    """The address from which rounds about this group's plans are opened."""
    return reverse("plans:group_rounds", args=[Group.objects.values_list("key", flat=True).get(pk=number)])


def exceptions_after_plan(number: int) -> str:
    """Where the exceptions of the plan are printed."""
    return addresses.of_exceptions(Plan.objects.values_list("key", flat=True).get(pk=number))


def exceptions_after_group(number: int) -> str:
    """Where exceptions of the group's plans are printed."""
    return addresses.of_exceptions()


def has_plan(number: int) -> bool:
    """Whether the plan runs and is read by every member: about no other is anybody written to."""
    return Plan.objects.filter(pk=number, tier=Tier.T1, state__in=WORK_STATES).exists()


def has_plan_of_group(number: int) -> bool:
    """Whether the group has such a plan, or anything else that rounds about it ask about."""
    has = Plan.objects.filter(group=number, tier=Tier.T1, state__in=WORK_STATES).exists()
    return has or asks_anything(GROUP_KIND, number)


def owners_of_actions(kind: str, number: int) -> dict[Answers, tuple[str, str]]:
    """Every owner of an open T1 action that rounds about this ask about, with its name and key; one query."""
    open_ones = Action.objects.filter(actions_about(kind, number), state__in=OPEN_STATES).order_by()
    mine = ActionOwner.objects.filter(action__in=open_ones.values("pk"), vacant_since=None)
    columns = [
        f"{party}_{part}" if part == "id" else f"{party}__{part}"
        for party in PARTIES
        for part in ("id", "name")
    ]
    found: dict[Answers, tuple[str, str]] = {}
    for row in mine.order_by().values(*columns, "agency__key", "group__key").distinct():
        for party in PARTIES:
            if row[f"{party}_id"]:
                found[party, row[f"{party}_id"]] = row[f"{party}__name"], row.get(f"{party}__key") or ""
    return found


def owners_to_ask(about: About, on: date) -> list[Owner]:
    """Every owner of something open that the round is about, with who could be asked for it; five queries and one for
    each further app that is asked about."""
    found: dict[Answers, tuple[str, str]] = {}
    for part in parts():
        found |= part.owners(about.kind, about.number)
    by_role = _by_role(found, on)
    people, asked_before = _people(by_role, on), _asked_before(about)
    made = []
    for (kind, number), (name, _) in sorted(
        found.items(), key=lambda each: (PARTIES.index(each[0][0]), each[1])
    ):
        party, own = (kind, number), tuple(people[kind, number])
        usual = asked_before.get(party) or by_role[party] or ({number} if kind == "person" else set())
        made.append(Owner(kind, number, name, own, next((each for each in own if each.pk in usual), None)))
    return made


Parties = dict[Answers, set[int]]


def _by_role(found: Mapping[tuple[str, int], tuple[str, str]], on: date) -> Parties:
    """Who updates the actions of each by a role over it, as numbers of people; one query."""
    made: Parties = {party: set() for party in found}
    keys = {(kind, key): (kind, number) for (kind, number), (_, key) in found.items() if key}
    held = memberships_with(Permission.ACTION_UPDATE, on).filter(
        scope_kind__in=[ScopeKind.AGENCY, ScopeKind.GROUP],
        scope_key__in=[key for _, key in keys],
        user__person__isnull=False,
    )
    for kind, key, person in held.values_list("scope_kind", "scope_key", "user__person"):
        if (kind, key) in keys:
            made[keys[kind, key]].add(person)
    return made


def _people(by_role: Parties, on: date) -> dict[tuple[str, int], list[Person]]:
    """Who could be asked for each: the person, people of the agency, who sits on the group, who answers by a role.

    Those with an e-mail address; two queries.
    """
    numbers = {kind: {number for each, number in by_role if each == kind} for kind in PARTIES}
    there = (Q(starts_on=None) | Q(starts_on__lte=on)) & (Q(ends_on=None) | Q(ends_on__gte=on))
    known = numbers["person"].union(*by_role.values())
    own = Person.objects.filter(there & (Q(pk__in=known) | Q(agency__in=numbers["agency"]))).exclude(email="")
    made: dict[tuple[str, int], list[Person]] = {party: [] for party in by_role}
    for each in own.order_by("name", "pk")[:MOST_PEOPLE]:
        mine = {("person", each.pk), ("agency", each.agency_id)}
        for party, answering in by_role.items():
            if party in mine or each.pk in answering:
                made[party].append(each)
    held = Holding.objects.filter(there, seat__group__in=numbers["group"]).exclude(person__email="")
    for holding in held.select_related("person", "seat").order_by("person__name", "pk")[:MOST_PEOPLE]:
        of_group = made["group", holding.seat.group_id]
        if holding.person not in of_group:
            of_group.append(holding.person)
    return made


def _asked_before(about: About) -> Parties:
    """Who was asked for each in the last round; one query."""
    made: Parties = {}
    last = Round.objects.filter(kind=about.kind, record=about.number).order_by("-pk").values("pk")[:1]
    for person, parties in Asked.objects.filter(round=last).values_list("person", "answers_for"):
        for kind, number in parties:
            made.setdefault((kind, number), set()).add(person)
    return made


def actions_asked(asked: Sequence[Asked]) -> QuerySet[Action]:
    """The actions for whose owners somebody is asked in these rounds, T1 alone, with plan and group.

    A plan that is no longer T1, or ended, has none.
    """
    any_of = Q(pk__in=[])
    for each in asked:
        numbers = {kind: [number for party, number in each.answers_for if party == kind] for kind in PARTIES}
        own = (
            Q(agency__in=numbers["agency"]) | Q(group__in=numbers["group"]) | Q(person__in=numbers["person"])
        )
        owned = Exists(ActionOwner.objects.filter(own, action=OuterRef("pk")))
        any_of |= actions_about(each.round.kind, each.round.record) & Q(owned)
    rows = Action.objects.filter(any_of).select_related("plan__group")
    return rows.order_by("plan", "order", "pk")


def owners_named(action: Action) -> list[tuple[Answers, str]]:
    """Who owns the action, as a round knows them, with their names."""
    parties = [(owner.agency or owner.group or owner.person) for owner in action.owners.all()]
    return [((str(each._meta.model_name), each.pk), str(each)) for each in parties if each]


def actions_shown(asked: Sequence[Asked], page: int) -> tuple[list[Action], bool]:
    """The open ones of them, so many on a page, and whether there are more behind it; one query."""
    start = (page - 1) * MOST_SHOWN
    rows = actions_asked(asked).filter(state__in=OPEN_STATES)
    found = list(rows[start : start + MOST_SHOWN + 1])
    return found[:MOST_SHOWN], len(found) > MOST_SHOWN


def rounds_about_action(action: Action) -> set[tuple[str, int]]:
    """Which rounds ask about an action, as what each is about is known."""
    return {(KIND, action.plan_id), *({(GROUP_KIND, action.plan.group_id)} if action.plan.group_id else ())}


def date_answers_of(actions: Sequence[Action]) -> dict[int, DateAnswer]:
    """The last answer to a new date that was asked for, by action, while nothing newer was asked; one query."""
    rows = DateAnswer.objects.filter(action__in=[each.pk for each in actions]).order_by("pk")
    return {each.action_id: each for each in rows}


def new_dates_asked(user: Reader, kind: str, number: int) -> list[Update]:
    """Updates that ask for a new date of an open action, none given since, the newest first; one query."""
    later = Timescale.objects.filter(action=OuterRef("action"), recorded_at__gt=OuterRef("recorded_at"))
    again = Update.objects.filter(
        action=OuterRef("action"), new_due_on__isnull=False, recorded_at__gt=OuterRef("recorded_at")
    )
    own = actions_visible_to(user).select_related(None).order_by()
    own = own.filter(actions_about(kind, number), state__in=OPEN_STATES)
    rows = Update.objects.filter(
        ~Exists(later),
        ~Exists(again),
        date_answer=None,
        new_due_on__isnull=False,
        action__in=own.values("pk"),
    )
    rows = rows.exclude(new_due_on=F("action__current_due_on")).select_related("action")
    return list(rows.order_by("-recorded_at", "-pk")[:MOST_DATES])
