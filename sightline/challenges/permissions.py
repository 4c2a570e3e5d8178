"""Who may read a challenge or a risk, and on whose side somebody acts.

Everybody who reads plans reads T1 records; T2 ones are read by those they concern and by who serves the whole
partnership. Source: `design.md` 5.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import Refused, check_holds, pair, scope_of
from sightline.challenges.choices import SIDE_LABELS, Deed, From, Side
from sightline.challenges.rules.states import sides_for
from sightline.events.choices import Tier

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sightline.access.models import User
    from sightline.access.scope import Scope
    from sightline.challenges.models import Challenge, Risk, Scrutiny, ScrutinyAsked
    from sightline.partners.models import Agency, Group, Person

    Reader = User | AnonymousUser | Scope

NOT_YOURS = "This record is read by those it concerns and by people who serve the whole partnership."


def keeps_logs(user: Reader) -> bool:
    """Whether somebody keeps the logs of the whole partnership, and so types for others."""
    return scope_of(user).holds(Permission.LOGS_KEEP)


def _concerns(user: Reader, groups: Collection[str], agencies: Collection[str]) -> bool:
    scope = scope_of(user)
    return bool(scope.group_keys.intersection(groups) or scope.agency_keys.intersection(agencies))


def parties_of(challenge: Challenge) -> tuple[set[str], set[str]]:
    """Keys of the groups and of the agencies on either side."""
    groups = {each.key for each in (challenge.from_group, challenge.to_group) if each}
    return groups, {each.key for each in (challenge.from_agency, challenge.to_agency) if each}


def is_raiser(user: Reader, challenge: Challenge) -> bool:
    """Whether this very account raised it, and still has a role in the agency or group it spoke for."""
    scope = scope_of(user)
    if scope.user_id is None or challenge.from_user_id != scope.user_id:
        return False
    if challenge.from_agency:
        return challenge.from_agency.key in scope.agencies_with(Permission.PARTNERS_VIEW)
    if challenge.from_group:
        return challenge.from_group.key in scope.groups_with(Permission.PARTNERS_VIEW)
    return challenge.from_kind == From.PERSON


def check_view_challenge(user: Reader, challenge: Challenge) -> None:
    """Refuse whoever may not read it: whoever raised it may, with a current membership."""
    scope = scope_of(user)
    check_holds(user, Permission.PARTNERS_VIEW)
    if is_raiser(user, challenge):
        return
    check_holds(user, Permission.PLANS_VIEW)
    if challenge.tier == Tier.T1 or scope.reads_all_tiers or _concerns(user, *parties_of(challenge)):
        return
    raise Refused(NOT_YOURS)


def _speaks_for_challenger(user: Reader, challenge: Challenge) -> bool:
    scope = scope_of(user)
    if challenge.from_kind == From.SCRUTINEER:
        return scope.holds(Permission.SCRUTINY_WRITE)
    if is_raiser(user, challenge):
        return True
    groups = {challenge.from_group.key} if challenge.from_group else set()
    agencies = {challenge.from_agency.key} if challenge.from_agency else set()
    return _concerns(user, groups, agencies)


def _speaks_for_challenged(user: Reader, challenge: Challenge) -> bool:
    """Whoever updates actions for the agency or group answers for it, as they do elsewhere."""
    scope = scope_of(user)
    if challenge.to_group:
        return challenge.to_group.key in scope.groups_with(Permission.ACTION_UPDATE)
    return bool(
        challenge.to_agency and challenge.to_agency.key in scope.agencies_with(Permission.ACTION_UPDATE)
    )


def sides_of(user: Reader, challenge: Challenge) -> frozenset[Side]:
    """On whose sides somebody acts in their own right."""
    found = {
        Side.CHALLENGER: _speaks_for_challenger(user, challenge),
        Side.CHALLENGED: _speaks_for_challenged(user, challenge),
        Side.UNIT: keeps_logs(user),
    }
    return frozenset(side for side, holds in found.items() if holds)


def check_do(user: Reader, challenge: Challenge, deed: Deed) -> None:
    """Refuse whoever is not on a side that does it; the unit types for either side."""
    check_view_challenge(user, challenge)
    sides = sides_for(deed)
    if not (sides & sides_of(user, challenge) or keeps_logs(user)):
        told = " or ".join(SIDE_LABELS[side] for side in Side if side in sides)
        raise Refused(f"This is done by {told}.")


def speaks_for_others(user: Reader, challenge: Challenge, deed: Deed) -> bool:
    """Whether somebody who may do it types for others, and so has to say whose words they are."""
    return not sides_for(deed) & sides_of(user, challenge)


def check_edit_challenge(user: Reader, challenge: Challenge) -> None:
    """The words of a challenge are the challenger's; the unit may put them right."""
    check_view_challenge(user, challenge)
    if not sides_of(user, challenge) & {Side.CHALLENGER, Side.UNIT}:
        raise Refused("The words of a challenge are changed by the challenger or the business unit.")


def check_raise(user: Reader, kind: From, key: str = "") -> None:
    """Anyone with a current membership raises for themselves, their agency or their group; the unit for all."""
    check_holds(user, Permission.PARTNERS_VIEW)
    scope = scope_of(user)
    may = {
        From.PERSON: True,
        From.SCRUTINEER: scope.holds(Permission.SCRUTINY_WRITE),
        From.GROUP: key in scope.groups_with(Permission.PARTNERS_VIEW),
        From.AGENCY: key in scope.agencies_with(Permission.PARTNERS_VIEW),
    }
    if not (may[kind] or keeps_logs(user)):
        raise Refused("A challenge is raised for oneself, or for an agency or group that one has a role in.")


def check_export(user: Reader) -> None:
    """Lists are taken away by whoever reads them, if exports are allowed to them at all."""
    check_holds(user, Permission.PLANS_VIEW)
    check_holds(user, Permission.EXPORT)


def is_risk_owner(user: Reader, risk: Risk) -> bool:
    """Whether somebody is the owner, or updates actions for the agency or group that is."""
    return _acts_for(user, risk.owner)


def _acts_for(user: Reader, party: Agency | Group | Person) -> bool:
    scope = scope_of(user)
    if party._meta.model_name == "person":
        account = vars(party).get("user_id")
        return account is not None and account == scope.user_id
    acting = scope.groups_with if party._meta.model_name == "group" else scope.agencies_with
    return vars(party)["key"] in acting(Permission.ACTION_UPDATE)


def check_view_risk(user: Reader, risk: Risk) -> None:
    """Refuse whoever may not read it: a confidential risk is read by its owner and by who serves the whole."""
    check_holds(user, Permission.PLANS_VIEW)
    groups = {risk.owner_group.key} if risk.owner_group else set()
    agencies = {risk.owner_agency.key} if risk.owner_agency else set()
    is_ours = _concerns(user, groups, agencies) or is_risk_owner(user, risk)
    if not (risk.tier == Tier.T1 or scope_of(user).reads_all_tiers or is_ours):
        raise Refused(NOT_YOURS)


def check_keep_risk(user: Reader, risk: Risk) -> None:
    """A risk is scored, treated, changed and closed by its owner and by who keeps the logs."""
    check_view_risk(user, risk)
    if not (keeps_logs(user) or is_risk_owner(user, risk)):
        raise Refused("This is done by the owner of the risk or by the business unit.")


def check_raise_risk(user: Reader, owner: Agency | Group | Person | None = None) -> None:
    """The unit raises a risk for anybody, others for whom they update actions, or for themselves."""
    check_holds(user, Permission.PLANS_VIEW)
    scope, needed = scope_of(user), Permission.ACTION_UPDATE
    somewhere = bool(scope.groups_with(needed) or scope.agencies_with(needed))
    acts = somewhere if owner is None else _acts_for(user, owner)
    if not (keeps_logs(user) or acts):
        raise Refused("A risk is raised by the business unit, or by those who update actions for its owner.")


def scrutinises(user: Reader) -> bool:
    """Whether somebody is the independent scrutineer."""
    return scope_of(user).holds(Permission.SCRUTINY_WRITE)


def answers_scrutiny(user: Reader, asked: ScrutinyAsked) -> bool:
    """Whether somebody updates actions for the agency or group that is asked."""
    return _acts_for(user, asked.partner)


def check_view_scrutiny(user: Reader, entry: Scrutiny) -> None:
    """Refuse whoever may not read it: a confidential entry is read by those asked and by who serves the whole."""
    check_holds(user, Permission.PLANS_VIEW)
    partners = [] if entry.tier == Tier.T1 or scope_of(user).reads_all_tiers else list(entry.partners.all())
    groups = {each.group.key for each in partners if each.group}
    agencies = {each.agency.key for each in partners if each.agency}
    if entry.tier == Tier.T1 or scope_of(user).reads_all_tiers or _concerns(user, groups, agencies):
        return
    raise Refused(NOT_YOURS)


def check_write_scrutiny(user: Reader) -> None:
    """The log is the scrutineer's own: nobody else writes, changes or judges an entry, the unit neither."""
    check_holds(user, Permission.SCRUTINY_WRITE)


def check_answer_scrutiny(user: Reader, entry: Scrutiny) -> None:
    """Partners who are asked answer; the unit types for them."""
    check_view_scrutiny(user, entry)
    if not (keeps_logs(user) or any(answers_scrutiny(user, each) for each in entry.partners.all())):
        raise Refused("This is answered by the partners who were asked.")


def check_name_answer(user: Reader, logged: Challenge | Risk | Scrutiny) -> None:
    """What answers a record is named by those it concerns, by the scrutineer, and by who keeps the logs."""
    if keeps_logs(user) or scrutinises(user):
        return
    kind = logged._meta.model_name
    may = {
        "challenge": lambda: bool(sides_of(user, logged)),  # type: ignore[arg-type]  # by its kind
        "risk": lambda: is_risk_owner(user, logged),  # type: ignore[arg-type]  # by its kind
        "scrutiny": lambda: any(answers_scrutiny(user, each) for each in logged.partners.all()),  # type: ignore[union-attr]  # by its kind
    }
    if not may[str(kind)]():
        raise Refused("What answers this is named by those it concerns or by the business unit.")


can_name_answer = pair(check_name_answer)
can_view_scrutiny = pair(check_view_scrutiny)
can_write_scrutiny = pair(check_write_scrutiny)
can_answer_scrutiny = pair(check_answer_scrutiny)
can_view_risk = pair(check_view_risk)
can_keep_risk = pair(check_keep_risk)
can_raise_risk = pair(check_raise_risk)
can_view_challenge = pair(check_view_challenge)
can_do = pair(check_do)
can_edit_challenge = pair(check_edit_challenge)
can_raise = pair(check_raise)
can_export = pair(check_export)
