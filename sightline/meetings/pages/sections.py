"""The pages that stand beside each other."""

from __future__ import annotations

from sightline.screens.sections import Section, section_links

__all__ = ["Section", "sections"]
ALL = (
    ("Meetings", "meetings:list"),
    ("Decisions", "meetings:decisions"),
    ("Actions of meetings", "meetings:actions"),
    ("Attendance", "meetings:attendance"),
    ("Published attendance", "meetings:published"),
    ("Groups and their rules", "meetings:series"),
)


def sections(current: str) -> tuple[Section, ...]:
    """Each of them; `current` is the name of the page's own address. Who may open one may open all."""
    return section_links(ALL, current)
