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

    `also`: how the addresses of pages begin that belong to it and do not lie under its own. `hint`: what it is for;
    an entry with one is gathered on a page of its own, so that the bar stays short. `gathers`: the entry of that page.
    `is_own`: it holds what is the person's own, and stands beside their name.
    """

    label: str
    url_name: str
    permission: Any = None
    order: int = 50
    also: tuple[str, ...] = ()
    hint: str = ""
    gathers: bool = False
    is_own: bool = False

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
    hint: str = ""


_offered: dict[str, tuple[NavItem, ...]] = {}


def offer(app_label: str, items: Iterable[NavItem]) -> None:
    """Put an app's entries into the navigation. A second call for the same app replaces the first."""
    _offered[app_label] = tuple(items)


def items() -> list[NavItem]:
    """All entries, in their order."""
    return sorted((item for group in _offered.values() for item in group), key=lambda i: (i.order, i.label))


def links(scope: HasScope, path: str) -> list[NavLink]:
    """The bar: the entries this scope may open; the one of whose beginnings the longest begins `path` is current.

    Where the scope opens two or more that are gathered, the entry of their page stands for them.
    """
    open_to_them = _open_to(scope)
    current = _current(open_to_them, path)
    gathered = [item for item, _ in open_to_them if item.hint]
    few = len(gathered) < 2
    return [
        NavLink(item.label, href, item == current or (item.gathers and current in gathered), href == path)
        for item, href in open_to_them
        if not item.is_own and not (item.gathers if few else item.hint)
    ]


def own_links(scope: HasScope, path: str) -> list[NavLink]:
    """What stands beside the person's name."""
    return [
        NavLink(item.label, href, path.startswith(href), href == path)
        for item, href in _open_to(scope)
        if item.is_own
    ]


def gathered(scope: HasScope) -> list[NavLink]:
    """The gathered entries this scope may open, each with what it is for."""
    return [NavLink(item.label, href, False, hint=item.hint) for item, href in _open_to(scope) if item.hint]


def _open_to(scope: HasScope) -> list[tuple[NavItem, str]]:
    return [(item, reverse(item.url_name)) for item in items() if item.may_be_opened(scope)]


def _current(open_to_them: list[tuple[NavItem, str]], path: str) -> NavItem | None:
    under = [
        (len(start), item)
        for item, href in open_to_them
        for start in (href, *item.also)
        if path == start or (start != "/" and path.startswith(start))
    ]
    return max(under, key=lambda each: each[0])[1] if under else None
