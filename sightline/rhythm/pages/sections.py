"""The pages that stand beside each other, as links above each of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

ALL = (("Forward plan", "rhythm:ahead"), ("Returns of groups", "rhythm:returns"))


@dataclass(frozen=True)
class Section:
    """One of them, as a link."""

    title: str
    href: str
    current: bool


def sections(current: str) -> tuple[Section, ...]:
    """Each of them; `current` is the name of the page's own address. Who may open one may open all."""
    return tuple(Section(title, reverse(name), name == current) for title, name in ALL)
