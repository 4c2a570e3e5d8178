"""The challenges a person may read, and who is still there to judge."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import CharField, Q, QuerySet, Value

from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import Membership, is_current
from sightline.access.permissions import scope_of
from sightline.access.roles import roles
from sightline.challenges.choices import OPEN_STATES, From
from sightline.challenges.models import Challenge, ChallengeStep
from sightline.events.choices import Tier
from sightline.partners.models import Agency, Group

if TYPE_CHECKING:
    from sightline.access.scope import Scope
    from sightline.challenges.permissions import Reader

KINDS: dict[str, type[Any]] = {"group": Group, "agency": Agency}
PARTIES = ("from_agency", "from_group", "to_agency", "to_group")


def challenges_visible_to(user: Reader) -> QuerySet[Challenge]:
    """The challenges a person may read, with those on either side."""
    found = Challenge.objects.select_related(*PARTIES)
    scope = scope_of(user)
    if not scope.holds(Permission.PARTNERS_VIEW):
        return found.none()
    own = _raised_by(scope)
    if not scope.holds(Permission.PLANS_VIEW):
        return found.filter(own)
    if scope.reads_all_tiers:
        return found
    groups = Q(from_group__key__in=scope.group_keys) | Q(to_group__key__in=scope.group_keys)
    agencies = Q(from_agency__key__in=scope.agency_keys) | Q(to_agency__key__in=scope.agency_keys)
    return found.filter(Q(tier=Tier.T1) | own | groups | agencies)


def _raised_by(scope: Scope) -> Q:
    """Those that this account raised, for itself or for whom it still has a role in."""
    if scope.user_id is None:
        return Q(pk__in=[])
    agencies = scope.agencies_with(Permission.PARTNERS_VIEW)
    groups = scope.groups_with(Permission.PARTNERS_VIEW)
    spoken_for = Q(from_agency__key__in=agencies) | Q(from_group__key__in=groups)
    return Q(from_user_id=scope.user_id) & (Q(from_kind=From.PERSON) | spoken_for)


def get_challenge(user: Reader, number: int) -> Challenge:
    """One challenge. Raises Challenge.DoesNotExist also where it may not be known to exist."""
    return challenges_visible_to(user).get(pk=number)


def steps_of(challenge: Challenge) -> QuerySet[ChallengeStep]:
    """All that was done about it, the newest last."""
    return ChallengeStep.objects.filter(challenge=challenge).order_by("as_at", "pk")


def open_challenges() -> QuerySet[Challenge]:
    """Every challenge that is not closed: for the daily look at whose turn it is."""
    return Challenge.objects.filter(state__in=OPEN_STATES).select_related(*PARTIES).order_by("pk")


def judges(challenge: Challenge, on: date) -> list[str]:
    """Whose work it is to judge an answer: those who speak for the challenger, or nobody where all have left."""
    if scope := reached(challenge.from_kind, _key(challenge), on):
        return [scope]
    return [f"user:{challenge.from_user_id}"] if _is_raiser_there(challenge, on) else []


def answerers(challenge: Challenge, on: date) -> list[str]:
    """Whose work it is to answer: those who update actions for the one challenged, or nobody where there is none."""
    kind = From.GROUP if challenge.to_group_id else From.AGENCY
    scope = reached(kind, challenge.challenged.key, on)
    return [scope] if scope else []


def challenger_has_left(challenge: Challenge, on: date) -> bool:
    """Whether nobody is left who speaks for the challenger, or could say here that an answer is enough."""
    if challenge.from_kind == From.SCRUTINEER:
        return not reached(challenge.from_kind, "", on)
    if challenge.from_kind == From.PERSON:
        return not _is_raiser_there(challenge, on)
    held = Membership.objects.filter(is_current(on), user__is_active=True)
    return not held.filter(scope_kind=challenge.from_kind, scope_key=_key(challenge)).exists()


def _key(challenge: Challenge) -> str:
    party = challenge.from_agency or challenge.from_group
    return party.key if party else ""


def reached(kind: str, key: str, on: date) -> str:
    """The work key by which those who act for a party are reached; empty where it would reach nobody."""
    if kind == From.PERSON:
        return ""
    wanted = Permission.SCRUTINY_WRITE if kind == From.SCRUTINEER else Permission.ACTION_UPDATE
    over = ScopeKind.PARTNERSHIP if kind == From.SCRUTINEER else kind
    acting = [name for name, role in roles().items() if wanted in role.allows]
    held = Membership.objects.filter(is_current(on), user__is_active=True, role__in=acting)
    if not held.filter(scope_kind=over, scope_key=key).exists():
        return ""
    return f"may:{wanted.value}" if kind == From.SCRUTINEER else f"{kind}:{key}"


def _is_raiser_there(challenge: Challenge, on: date) -> bool:
    """Whether whoever raised it may still sign in, with a role in whom they spoke for."""
    if challenge.from_user_id is None or challenge.from_kind == From.SCRUTINEER:
        return False
    held = Membership.objects.filter(is_current(on), user_id=challenge.from_user_id, user__is_active=True)
    if challenge.from_kind != From.PERSON:
        held = held.filter(scope_kind=challenge.from_kind, scope_key=_key(challenge))
    return held.exists()


def parties_now(on: date) -> dict[str, Agency | Group]:
    """Groups and agencies that stand on the day, by "group:KEY", with their names; one query, the rest when asked."""
    standing = Q(ends_on=None) | Q(ends_on__gte=on)
    parts = [
        model._default_manager.filter(standing)
        .order_by()
        .annotate(kind_of_party=Value(kind, CharField()))
        .values_list("kind_of_party", "name", "key", "pk")
        for kind, model in KINDS.items()
    ]
    rows = parts[0].union(parts[1], all=True).order_by("kind_of_party", "name")
    return {f"{kind}:{key}": _party(KINDS[kind], pk, key, name) for kind, name, key, pk in rows}


def _party(model: type[Any], pk: int, key: str, name: str) -> Agency | Group:
    made: Agency | Group = model.from_db(DEFAULT_DB_ALIAS, ["id", "key", "name"], [pk, key, name])
    return made


def sides_named(user: Reader, side: str) -> list[tuple[str, str]]:
    """The agencies and groups that stand on one side ("from", "to") of the challenges a person may read; one query."""
    names = (f"{side}_agency__key", f"{side}_agency__name", f"{side}_group__key", f"{side}_group__name")
    rows = challenges_visible_to(user).select_related(None).order_by().values_list(*names).distinct()
    found = {
        (f"agency:{agency}", agency_name) if agency else (f"group:{group}", group_name)
        for agency, agency_name, group, group_name in rows
        if agency or group
    }
    return sorted(found, key=lambda each: each[1].casefold())
