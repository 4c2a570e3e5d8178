"""The lists that stand beside each other, as links above each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.access.choices import Permission
from sightline.access.permissions import scope_of

if TYPE_CHECKING:
    from sightline.challenges.permissions import Reader

ALL = (
    ("Challenges", "challenges:list", Permission.PARTNERS_VIEW),
    ("Figures of challenges", "challenges:figures", Permission.PLANS_VIEW),
    ("Risks", "challenges:risks", Permission.PLANS_VIEW),
    ("Heat map", "challenges:heat", Permission.PLANS_VIEW),
    ("Scrutiny", "challenges:scrutinies", Permission.PLANS_VIEW),
)


@dataclass(frozen=True)
class Section:
    """One of them, as a link."""

    title: str
    href: str
    current: bool


def sections(user: Reader, current: str) -> tuple[Section, ...]:
    """Those that a person may open; `current` is the name of the page's own address."""
    scope = scope_of(user)
    return tuple(
        Section(title, reverse(name), name == current) for title, name, needed in ALL if scope.holds(needed)
    )
