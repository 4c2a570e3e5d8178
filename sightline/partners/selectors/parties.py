"""Reading partners: scoped lists for people, and names for reading documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import DEFAULT_DB_ALIAS
from django.db.models import (
    Case,
    CharField,
    Exists,
    Expression,
    F,
    Max,
    Min,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from sightline.access.choices import Permission
from sightline.access.models import Membership, User
from sightline.access.permissions import can_manage_access, scope_of
from sightline.access.selectors import memberships_of
from sightline.partners import rules
from sightline.partners.choices import AccountState, PartyKind
from sightline.partners.models import Agency, Alias, Group, Notice, Partnership, Party, Person
from sightline.partners.rules import PartyName, Suggestion
from sightline.reading.names import KnownNames

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.scope import Scope

    Who = User | AnonymousUser | Scope

M = TypeVar("M", bound=Model)
OWN, ALIAS = "0 own", "4"
WHOLE = "The whole partnership"
# How many words of a filter are looked for.
MOST_WORDS = 12
MODELS: dict[PartyKind, type[Agency] | type[Group] | type[Person]] = {
    PartyKind.AGENCY: Agency,
    PartyKind.GROUP: Group,
    PartyKind.PERSON: Person,
}


def partnership(**beside: Expression) -> Partnership | None:
    """The one partnership, with what else is asked `beside` it in the same query; None before it is set up."""
    return Partnership.objects.filter(pk=1).annotate(**beside).first()


def notice() -> Notice:
    """What the partnership says of itself; an empty one, not saved yet, before anybody wrote it."""
    return Notice.objects.filter(pk=1).first() or Notice(pk=1)


def agencies(user: Who) -> QuerySet[Agency]:
    """Agencies this person may see."""
    return _visible(user, Agency.objects.select_related("predecessor").order_by("name"))


def groups(user: Who) -> QuerySet[Group]:
    """Groups this person may see."""
    return _visible(user, Group.objects.select_related("parent", "merged_into").order_by("name"))


def people(user: Who) -> QuerySet[Person]:
    """People this person may see."""
    return _visible(user, Person.objects.select_related("agency").order_by("name", "id"))


def agencies_and_groups() -> tuple[dict[str, Agency], dict[str, Group]]:
    """All of both by key, as far as their names tell of them, in the order of their names; one query."""
    parts = [rows.order_by().values_list(*columns) for rows, columns in name_parts()[1:3]]
    names = sorted(names_of(parts[0].union(parts[1], all=True)).parties, key=lambda each: each.title)
    found: dict[PartyKind, dict[str, Any]] = {PartyKind.AGENCY: {}, PartyKind.GROUP: {}}
    for each in names:
        found[each.kind].setdefault(each.key, party_named(each))
    return found[PartyKind.AGENCY], found[PartyKind.GROUP]


def aliases_of(user: Who, party: Party) -> QuerySet[Alias]:
    """The other names a party is written by."""
    found = Alias.objects.filter(**{PartyKind(party.party_kind).value: party}).order_by("text")
    return _visible(user, found)


def party(kind: PartyKind, pk: int) -> Party:
    """One party. Raises the model's DoesNotExist."""
    if kind == PartyKind.AGENCY:
        return Agency.objects.get(pk=pk)
    if kind == PartyKind.GROUP:
        return Group.objects.get(pk=pk)
    return Person.objects.get(pk=pk)


@dataclass(frozen=True)
class HeldRole:
    """A role somebody holds or has held, with what it is over in words."""

    membership: Membership
    over: str


def roles_of(person: Person) -> list[HeldRole]:
    """The roles of a person's account, current ones first; empty without an account. For ACCESS_MANAGE alone."""
    if person.user_id is None:
        return []
    told = with_overs(memberships_of(person.user_id))
    return sorted(told, key=lambda item: item.membership.ends_on is not None)


def with_overs(memberships: Iterable[Membership]) -> list[HeldRole]:
    """Each with what it is over in words; one query besides the memberships' own."""
    held = list(memberships)
    return [HeldRole(item, over) for item, over in zip(held, overs(held), strict=True)]


class HasScope(Protocol):
    """What names what something is over: a membership, or a grant of a review of access."""

    @property
    def scope_kind(self) -> str:
        """The partnership, a group, an agency."""

    @property
    def scope_key(self) -> str:
        """Which of them; empty for the partnership."""


def overs(held: Sequence[HasScope]) -> list[str]:
    """What each membership is over, in words; one query, none where all are over the whole partnership."""
    keys = {item.scope_key for item in held} - {""}
    if not keys:
        return [WHOLE] * len(held)
    groups, agencies = (
        model._default_manager.filter(key__in=keys)
        .order_by()
        .values_list(Value(kind.value, CharField()), "key", "name")
        for kind, model in ((PartyKind.GROUP, Group), (PartyKind.AGENCY, Agency))
    )
    titles = {(kind, key): name for kind, key, name in groups.union(agencies, all=True)}
    return [titles.get((item.scope_kind, item.scope_key), item.scope_key or WHOLE) for item in held]


def accounts(user: Who) -> QuerySet[User]:
    """Every account with its person, agency and roles, for whoever looks after accounts; none for others.

    `first_on` and `last_on`: the days its roles begin and end; no `last_on` where one has no end in sight.
    """
    if not can_manage_access(user):
        return User.objects.none()
    endless = Membership.objects.filter(user=OuterRef("pk"), ends_on=None)
    rows = Membership.objects.select_related("lent_from__user").order_by("starts_on", "id")
    held = Prefetch("memberships", rows)
    return (
        User.objects.select_related("person__agency")
        .prefetch_related(held)
        .annotate(
            first_on=Min("memberships__starts_on"),
            last_on=Case(When(~Exists(endless), then=Max("memberships__ends_on"))),
        )
        .order_by("name", "pk")
    )


def account_state(state: AccountState, on: date) -> Q:
    """The accounts of one state on a day; an account may be in several."""
    role = Membership.objects.filter(user=OuterRef("pk"))
    recent = (on - rules.RECENT, on + rules.RECENT)
    is_open, held = Q(is_active=True), Exists(role.filter(Q(ends_on=None) | Q(ends_on__gte=on)))
    chosen = ~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX) | Q(last_login__isnull=False)
    states: dict[AccountState, Q] = {
        AccountState.COMING: is_open & Q(first_on__range=recent),
        AccountState.MOVING: is_open
        & Q(first_on__lt=on - rules.RECENT)
        & Exists(role.filter(starts_on__range=recent))
        & Exists(role.filter(ends_on__range=recent)),
        AccountState.GOING: is_open & Q(last_on__range=(on, on + rules.RECENT)),
        AccountState.INVITED: is_open & ~chosen,
        AccountState.QUIET: is_open
        & chosen
        & (Q(last_login=None) | Q(last_login__date__lt=on - rules.QUIET_FOR)),
        AccountState.ROLELESS: Q(is_open, ~held),
        AccountState.CLOSED: ~is_open,
    }
    return states[state]


@dataclass(frozen=True, slots=True)
class Names:
    """Every name of every party, and those of the partnership itself."""

    parties: Sequence[PartyName] = ()
    own: frozenset[str] = frozenset()


def party_names(*, with_hints: bool = False) -> list[PartyName]:
    """Every name, short name and alias of every party, with one query.

    `with_hints` adds initials and posts: good enough to suggest somebody, never to match them.
    """
    return list(names_now(with_hints=with_hints).parties)


def names_now(*, with_hints: bool = False) -> Names:
    """The same with the names of the partnership, which are no party's; still one query."""
    parts = [rows.order_by().values_list(*columns) for rows, columns in name_parts()]
    return names_of(parts[0].union(*parts[1:], all=True), with_hints=with_hints)


def names_of(rows: Iterable[Sequence[Any]], *, with_hints: bool = False) -> Names:
    """The names in rows read as `name_parts` gives them."""
    found: list[PartyName] = []
    own: set[str] = set()
    known: dict[tuple[PartyKind, int], tuple[str, str]] = {}
    for word, pk, name, more, hint, key in sorted(map(tuple, rows)):
        if word == OWN:
            own |= {rules.normalise(text) for text in (name, more) if text}
            continue
        order, kind = word[0], PartyKind(word[2:])
        if order == ALIAS:
            found.append(PartyName(name, kind, pk, *known[kind, pk]))
            continue
        known[kind, pk] = name, key
        hints = (more, hint) if with_hints else ()
        texts = (name, *(hints if kind == PartyKind.PERSON else (more,)))
        found += [PartyName(text, kind, pk, name, key) for text in dict.fromkeys(texts) if text]
    return Names(found, frozenset(own))


def name_parts() -> Sequence[tuple[QuerySet[Any], Sequence[Any]]]:
    """Rows of all parties, and of their aliases after them, each with the columns that tell of their names:
    order and kind, number, name, short name or initials, post, key (of a person: the number of their agency).
    """
    nothing = Value("", CharField())
    employer = Coalesce(Cast("agency_id", CharField()), nothing)
    whose = Case(
        When(agency__isnull=False, then=_word(ALIAS, PartyKind.AGENCY)),
        When(group__isnull=False, then=_word(ALIAS, PartyKind.GROUP)),
        default=_word(ALIAS, PartyKind.PERSON),
    )
    own, name, short, key = Value(OWN, CharField()), F("name"), F("short_name"), F("key")
    of_alias = Coalesce("agency_id", "group_id", "person_id")
    return (
        (Partnership.objects.filter(pk=1), (own, F("pk"), name, short, nothing, nothing)),
        (Agency.objects.all(), (_word("1", PartyKind.AGENCY), F("pk"), name, short, nothing, key)),
        (Group.objects.all(), (_word("2", PartyKind.GROUP), F("pk"), name, short, nothing, key)),
        (
            Person.objects.all(),
            (_word("3", PartyKind.PERSON), F("pk"), name, F("initials"), F("post"), employer),
        ),
        (Alias.objects.all(), (whose, of_alias, F("text"), nothing, nothing, nothing)),
    )


def _word(order: str, kind: PartyKind) -> Value:
    return Value(f"{order} {kind.value}", CharField())


def match_owner(text: str, names: Sequence[PartyName] | None = None) -> Party | None:
    """The one party of this name, short name or alias; None where there is none or it could be two.

    Give `names` (`party_names()`) when asking more than once. Of the party its number, key and name are read (of a
    person the number of their agency); the rest when somebody asks for it.
    """
    found = rules.matching(text, party_names() if names is None else names)
    return None if found is None else party_named(found)


def party_named(found: PartyName) -> Party:
    """The party of a name, as far as its names tell of it; the rest is read when somebody asks."""
    if found.kind == PartyKind.PERSON:
        columns = {"id": found.id, "name": found.title, "agency_id": found.agency_id}
    else:
        columns = {"id": found.id, "key": found.key, "name": found.title}
    made: Party = MODELS[found.kind].from_db(DEFAULT_DB_ALIAS, list(columns), list(columns.values()))
    return made


def suggest_owners(text: str, names: Sequence[PartyName] | None = None, limit: int = 5) -> list[Suggestion]:
    """Parties a person might mean by the text, best first; `names` with hints when asking more than once."""
    return rules.suggestions(text, party_names(with_hints=True) if names is None else names, limit)


def known_names() -> KnownNames:
    """The partnership's own names, as the reading of documents wants them."""
    sorted_out: dict[PartyKind, list[str]] = defaultdict(list)
    for name in party_names():
        sorted_out[name.kind].append(name.text)
    posts = Person.objects.exclude(post="").order_by("post").values_list("post", flat=True).distinct()
    return KnownNames(
        groups=tuple(dict.fromkeys(sorted_out[PartyKind.GROUP])),
        agencies=tuple(dict.fromkeys(sorted_out[PartyKind.AGENCY])),
        people=tuple(dict.fromkeys(sorted_out[PartyKind.PERSON])),
        posts=tuple(posts),
    )


def matching_text(found: QuerySet[M], text: str, fields: Sequence[str]) -> QuerySet[M]:
    """Rows in which every word of the text stands in one of the fields, in any case.

    Each word asks the tables anew, and no database joins without end: of a text that is pasted whole, the first count.
    """
    for word in list(dict.fromkeys(text.split()))[:MOST_WORDS]:
        condition = Q()
        for field in fields:
            condition |= Q(**{f"{field}__icontains": word})
        found = found.filter(condition)
    return found


def _visible(user: Who, found: QuerySet[M]) -> QuerySet[M]:
    return found if scope_of(user).holds(Permission.PARTNERS_VIEW) else found.none()


def groups_among(rows: QuerySet[Any]) -> QuerySet[Any, tuple[str, str]]:
    """Key and name of every group to which some of these rows belong, in the order of their names; one query."""
    found = rows.select_related(None).order_by("group__name")
    return found.values_list("group__key", "group__name").distinct()
