"""The entries of the service navigation: offered by each app, joined and shown by the site."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse


class HasScope(Protocol):
    """What navigation needs to know of a person's scope (access.scope.Scope fits)."""

    def holds_anywhere(self, permission: Any) -> bool: ...


@dataclass(frozen=True)
class NavItem:
    """One entry. `permission` None means: everybody signed in. Lower `order` stands further left.

    `also`: how the addresses of pages begin that belong to it and do not lie under its own.
    """

    label: str
    url_name: str
    permission: Any = None
    order: int = 50
    also: tuple[str, ...] = ()

    def may_be_opened(self, scope: HasScope) -> bool:
        """True if the scope holds the permission over anything: the partnership, a group or an agency."""
        return self.permission is None or scope.holds_anywhere(self.permission)


@dataclass(frozen=True)
class NavLink:
    """An entry as shown on one page. `current`: the page lies under it; `exact`: it is the page itself."""

    label: str
    href: str
    current: bool
    exact: bool = False


_offered: dict[str, tuple[NavItem, ...]] = {}


def offer(app_label: str, items: Iterable[NavItem]) -> None:
    """Put an app's entries into the navigation. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(items)


def items() -> list[NavItem]:
    """All entries, in their order."""
    return sorted((item for group in _offered.values() for item in group), key=lambda i: (i.order, i.label))


def links(scope: HasScope, path: str) -> list[NavLink]:
    """The entries this scope may open; the one of whose beginnings the longest begins `path` is current."""
    open_to_them = [(item, reverse(item.url_name)) for item in items() if item.may_be_opened(scope)]
    under = [
        (len(start), href)
        for item, href in open_to_them
        for start in (href, *item.also)
        if path == start or (start != "/" and path.startswith(start))
    ]
    _, current = max(under, default=(0, ""))
    return [NavLink(item.label, href, href == current, href == path) for item, href in open_to_them]
