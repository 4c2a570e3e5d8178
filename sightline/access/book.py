"""The page of roles and permissions (docs/generated/roles.md), made from the definitions."""

from __future__ import annotations

from collections.abc import Iterator

from sightline.access.choices import REFUSALS, SCOPE_LABELS, Permission, ScopeKind
from sightline.access.roles import Role, apart_from, roles

HEAD = """# Roles and permissions

Made from `sightline/definitions/roles.yaml`; a test keeps it current. To make it anew:

    python -c "from sightline.access import book; print(book.page(), end='')"

A membership gives a role over the partnership, a group or an agency, from one day to another. Nobody is a superuser,
and nobody gives a role to themselves.
"""


def page() -> str:
    """The page as Markdown."""
    return "\n".join([HEAD, *_roles(), *_permissions()]) + "\n"


def _roles() -> Iterator[str]:
    for role in roles().values():
        over = ", ".join(SCOPE_LABELS[kind].lower() for kind in ScopeKind if kind in role.scopes)
        yield f"## {role.name}\n\n{role.sentence}\n"
        yield f"May be held by: {role.may_be_held_by}. Over: {over}. Reads up to {role.reads}.\n"
        apart = f" Not held beside: {_names(apart_from(role.key))}." if apart_from(role.key) else ""
        lent = " May be handed to a deputy for a time." if role.may_be_lent else ""
        yield f"Given by: {_names(role.granted_by)}.{apart}{lent}\n"


def _names(keys: frozenset[str]) -> str:
    return ", ".join(role.name for key, role in roles().items() if key in keys)


def _permissions() -> Iterator[str]:
    yield "## What each role may do\n"
    yield "● over what the membership names; ○ over the whole partnership, whatever it names.\n"
    yield "| Permission | " + " | ".join(role.name for role in roles().values()) + " |"
    yield "|---|" + "---|" * len(roles())
    for permission in Permission:
        marks = " | ".join(_mark(role, permission) for role in roles().values())
        yield f"| {permission.value.replace('_', ' ')} | {marks} |"
    yield "\n## What a refusal says\n"
    for permission in Permission:
        yield f"- {permission.value.replace('_', ' ')}: {REFUSALS[permission]}"


def _mark(role: Role, permission: Permission) -> str:
    if permission in role.everywhere:
        return "○"
    return "●" if permission in role.permissions else ""
