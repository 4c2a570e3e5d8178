"""Who can confirm that an action is done: chairs of its groups, and the business unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import User
from sightline.access.selectors import memberships_with
from sightline.plans.models import Action
from sightline.plans.permissions import group_keys_of, plan_keys_of


def confirmers_of(action: Action, on: date) -> list[User]:
    """The people who may confirm it on the day, in the order of their names; one query."""
    return confirmers([action], on)[action.pk]


def confirmers(actions: Iterable[Action], on: date) -> Mapping[int, list[User]]:
    """The same for several actions whose plan and owners are loaded, by primary key; one query."""
    everywhere: list[User] = []
    by_group: dict[str, list[User]] = {}
    for held in memberships_with(Permission.ACTION_CONFIRM, on):
        if held.scope_kind == ScopeKind.PARTNERSHIP:
            everywhere.append(held.user)
        elif held.scope_kind == ScopeKind.GROUP:
            by_group.setdefault(held.scope_key, []).append(held.user)
    found: dict[int, list[User]] = {}
    for action in actions:
        own = [user for key in group_keys(action) for user in by_group.get(key, ())]
        found[action.pk] = sorted({*own, *everywhere}, key=lambda user: (user.name, user.pk))
    return found


def group_keys(action: Action) -> set[str]:
    """Keys of the groups whose chairs may confirm: those that own the action, and its plan's."""
    return group_keys_of(action) | plan_keys_of(action.plan)


def group_names_of(action: Action) -> list[str]:
    """Names of those groups, each once."""
    own = {owner.group.name for owner in action.owners.all() if owner.group}
    return sorted(own | ({action.plan.group.name} if action.plan.group else set()))
