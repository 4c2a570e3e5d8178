"""Changes of many actions: who sees them, what they would do to each action, and what there is to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.partners import selectors as partners
from sightline.partners.choices import PartyKind
from sightline.partners.models import Party
from sightline.plans.models import Action, ActionOwner, BulkChange, BulkRow
from sightline.plans.permissions import reads_all_tiers
from sightline.plans.selectors.parties import with_parties
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

RAW = "raw"


def changes_visible_to(user: Reader) -> QuerySet[BulkChange]:
    """Changes of many actions: one's own, and all of them for those who serve the whole partnership."""
    scope = scope_of(user)
    if not scope.holds(Permission.PLAN_WRITE):
        return BulkChange.objects.none()
    found = BulkChange.objects.all()
    return found if reads_all_tiers(user) else found.filter(entered_by_id=scope.user_id)


def rows_of_change(user: Reader, change: BulkChange) -> QuerySet[Action]:
    """Its actions that a person may read, by plan and printed order, each with the version looked at (`seen`)."""
    own = BulkRow.objects.filter(change=change, action=OuterRef("pk"))
    found = actions_visible_to(user).filter(pk__in=change.rows.order_by().values("action"))
    whole = (
        with_parties(found)
        .select_related("strand", "outcome")
        .annotate(seen=Subquery(own.values("seen")[:1]))
    )
    return whole.order_by("plan__name", "plan_id", "order", "pk")


def mark_of(owner: ActionOwner) -> str:
    """Who an owner is in one word: "person:12", or "raw:Vacant" where the words were never matched."""
    for kind in PartyKind:
        number = getattr(owner, f"{kind.value}_id")
        if number:
            return f"{kind.value}:{number}"
    return f"{RAW}:{owner.raw}"


def owned_by_mark(mark: str) -> Q:
    """Owners of this mark; nobody for a mark of no known shape."""
    kind, _, key = mark.partition(":")
    if kind == RAW:
        return Q(raw=key, agency=None, group=None, person=None)
    if kind in set(PartyKind) and key.isascii() and key.isdecimal() and len(key) < 10:
        return Q(**{f"{kind}_id": int(key)})
    return Q(pk__in=[])


def party_of_mark(mark: str) -> Party | None:
    """The party of a mark; None for words, for nobody, and for one that is not there any more."""
    kind, _, key = mark.partition(":")
    if kind not in set(PartyKind) or not (key.isascii() and key.isdecimal() and len(key) < 10):
        return None
    try:
        return partners.party(PartyKind(kind), int(key))
    except ObjectDoesNotExist:
        return None


def parties_to_choose(user: Reader) -> list[tuple[str, str]]:
    """Everybody who can answer for an action, by mark and name: people first; one query."""
    parts = [
        rows.order_by().annotate(
            mark=Concat(Value(f"{kind.value}:"), Cast(F("pk"), CharField()), output_field=CharField()),
            place=Value(place),
        ).values_list("place", "mark", "name")
        for place, (kind, rows) in enumerate(
            (
                (PartyKind.PERSON, partners.people(user).select_related(None)),
                (PartyKind.GROUP, partners.groups(user)),
                (PartyKind.AGENCY, partners.agencies(user)),
            )
        )
    ]  # fmt: skip
    found = parts[0].union(*parts[1:], all=True)
    return [(mark, name) for _, mark, name in sorted(found, key=lambda row: (row[0], row[2].lower()))]


def owners_within(change: BulkChange) -> list[tuple[str, str]]:
    """Whoever answers for any of the chosen actions, by mark and name, most often named first."""
    owners = ActionOwner.objects.filter(action__in=change.rows.order_by().values("action"))
    found: dict[str, tuple[int, str]] = {}
    for owner in owners.select_related("agency", "group", "person"):
        number, _ = found.get(mark_of(owner), (0, ""))
        found[mark_of(owner)] = (number + 1, str(owner))
    return [
        (mark, name) for mark, (_, name) in sorted(found.items(), key=lambda item: (-item[1][0], item[1][1]))
    ]
