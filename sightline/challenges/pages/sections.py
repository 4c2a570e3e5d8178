"""The lists that stand beside each other, as links above each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of
from sightline.screens.sections import Section, section_links

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

__all__ = ["Section", "sections"]
ALL = (
    ("Challenges", "challenges:list", Permission.PARTNERS_VIEW),
    ("Figures of challenges", "challenges:figures", Permission.PLANS_VIEW),
    ("Risks", "challenges:risks", Permission.PLANS_VIEW),
    ("Heat map", "challenges:heat", Permission.PLANS_VIEW),
    ("Scrutiny", "challenges:scrutinies", Permission.PLANS_VIEW),
)


def sections(user: Reader, current: str) -> tuple[Section, ...]:
    """Those that a person may open; `current` is the name of the page's own address."""
    scope = scope_of(user)
    return section_links(((title, name) for title, name, needed in ALL if scope.holds(needed)), current)
