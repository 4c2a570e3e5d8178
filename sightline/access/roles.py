"""The roles of the definitions, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from sightline import definitions
from sightline.access.choices import Permission, ScopeKind, UnknownPermission, UnknownRole
from sightline.events.choices import Tier


@dataclass(frozen=True)
class Role:
    """A role: what it allows over the membership's scope, and what it allows everywhere.

    `reads` is the most sensitive tier it opens of records that are neither its holder's own nor their agency's.
    `granted_by` are the roles whose holders may give it, `apart_from` those that nobody may hold beside it.
    `may_be_lent`: to a deputy, for a time. `unit_work`: what waits for the business unit waits for its holder too.
    """

    key: str
    name: str
    sentence: str
    may_be_held_by: str
    reads: Tier
    scopes: frozenset[ScopeKind]
    permissions: frozenset[Permission]
    everywhere: frozenset[Permission]
    granted_by: frozenset[str]
    may_be_lent: bool
    apart_from: frozenset[str]
    unit_work: bool

    @property
    def allows(self) -> frozenset[Permission]:
        """Everything it allows, over what its membership names or everywhere."""
        return self.permissions | self.everywhere

    @property
    def keeps_access(self) -> bool:
        """Whether with one holder left there is somebody who can give every role again: it manages access, and is
        given by holders of itself.
        """
        return Permission.ACCESS_MANAGE in self.permissions and self.key in self.granted_by


@cache
def roles() -> Mapping[str, Role]:
    """Every role by key, in the order of the definitions."""
    return MappingProxyType(read_roles(definitions.load("roles")))


def role(key: str) -> Role:
    """The role with this key. Raises UnknownRole."""
    try:
        return roles()[key]
    except KeyError:
        raise UnknownRole(f"There is no role {key!r}. Roles: {', '.join(roles())}.") from None


def read_roles(data: Any) -> dict[str, Role]:
    """Roles from data that keeps to the schema.

    Raises UnknownPermission; ValueError for a key used twice, and where roles do not fit together.
    """
    found: dict[str, Role] = {}
    for item in data["roles"]:
        if item["key"] in found:
            raise ValueError(f"The role {item['key']!r} stands twice in the definitions.")
        found[item["key"]] = Role(
            key=item["key"],
            name=item["name"],
            sentence=item["sentence"],
            may_be_held_by=item["may_be_held_by"],
            reads=Tier(item["reads"]),
            scopes=frozenset(ScopeKind(kind) for kind in item["scopes"]),
            permissions=_permissions(item["key"], item["permissions"]),
            everywhere=_permissions(item["key"], item["everywhere"]),
            granted_by=frozenset(item["granted_by"]),
            may_be_lent=item["may_be_lent"],
            apart_from=frozenset(item["apart_from"]),
            unit_work=item["unit_work"],
        )
    for each in found.values():
        _check_fits(each, found)
    return found


def _check_fits(checked: Role, all_roles: Mapping[str, Role]) -> None:
    """Raises ValueError where the role names one that is not there, or allows what would undo another rule."""
    if unknown := (checked.granted_by | checked.apart_from) - set(all_roles):
        raise ValueError(f"Role {checked.key}: there is no role {', '.join(sorted(unknown))}.")
    for key in sorted(checked.granted_by):
        if Permission.ACCESS_MANAGE not in all_roles[key].permissions:
            raise ValueError(f"Role {checked.key}: {key} gives no roles, for it does not manage access.")
    if checked.may_be_lent and (Permission.ACCESS_MANAGE in checked.allows or checked.reads > Tier.T2):
        raise ValueError(f"Role {checked.key}: what manages access or opens T3 and T4 cannot be lent.")
    if Permission.JOURNAL_VIEW in checked.allows and checked.reads < Tier.T2:
        raise ValueError(f"Role {checked.key}: the journal tells of T2 records, so its readers must read T2.")


def apart_from(key: str) -> frozenset[str]:
    """The roles that nobody may hold beside this one, whichever of the two says so. Raises UnknownRole."""
    return role(key).apart_from | {other.key for other in roles().values() if key in other.apart_from}


def permission(name: str) -> Permission:
    """The permission of this name. Raises UnknownPermission."""
    try:
        return Permission(name)
    except ValueError:
        raise UnknownPermission(f"There is no permission {name!r}.") from None


def _permissions(role_key: str, names: list[str]) -> frozenset[Permission]:
    try:
        return frozenset(permission(name) for name in names)
    except UnknownPermission as error:
        raise UnknownPermission(f"Role {role_key}: {error}") from None
