"""Pages that stand beside each other, as links above each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Section:
    """One of them, as a link."""

    title: str
    href: str
    current: bool


def section_links(places: Iterable[tuple[str, str]], current: str) -> tuple[Section, ...]:
    """Titles and names of addresses as links; `current` is the name of the page's own address."""
    return tuple(Section(title, reverse(name), name == current) for title, name in places)
