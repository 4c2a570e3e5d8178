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
    """

    key: str
    name: str
    sentence: str
    may_be_held_by: str
    reads: Tier
    scopes: frozenset[ScopeKind]
    permissions: frozenset[Permission]
    everywhere: frozenset[Permission]


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
    """Roles from data that keeps to the schema. Raises UnknownPermission, and ValueError for a key used twice."""
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
        )
    return found


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
