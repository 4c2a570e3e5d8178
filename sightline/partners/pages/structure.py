"""The structure chart: which group reports to which on a day, as a picture and as a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from sightline.partners import selectors
from sightline.partners.choices import GROUP_KIND_LABELS, GroupKind
from sightline.partners.models import Group
from sightline.partners.selectors import SeatThen
from sightline.rendering.charts.threads import Node, thread_picture
from sightline.screens.elements import drawing
from sightline.screens.looking_back import LookingBack

if TYPE_CHECKING:
    from sightline.partners.selectors import Who

LEVELS = ("First", "Reports to it", "Third", "Fourth", "Fifth")
AS_KNOWN_TODAY = (
    "Which groups stood, and who chaired them, is shown as it is known today, whenever it was entered. Names, "
    "kinds and whom a group reports to are those of today."
)


@dataclass(frozen=True)
class Branch:
    """A group with those that report to it. `detail`: its kind, its chair, its vacancies."""

    name: str
    href: str
    detail: str
    key: str
    below: tuple[Branch, ...] = ()


@dataclass(frozen=True)
class StructurePage:
    """The groups of a day. `picture` is drawn of the same branches that the list tells."""

    branches: tuple[Branch, ...]
    picture: SafeString
    number: int


def structure_page(user: Who, looking: LookingBack) -> StructurePage:
    """The groups that stood on the day looked at, today where none is asked for; three queries, however many."""
    on = looking.day or timezone.localdate()
    groups = [group for group in selectors.groups(user) if group.is_current(on)]
    held: defaultdict[int, list[SeatThen]] = defaultdict(list)
    standing = selectors.seats(user).filter(selectors.standing(on), group__in=[group.pk for group in groups])
    for each in selectors.seats_then(standing, on):
        held[each.seat.group_id].append(each)
    branches = _branches(groups, held)
    return StructurePage(branches, _picture(branches, on), len(groups))


def _branches(groups: list[Group], held: dict[int, list[SeatThen]]) -> tuple[Branch, ...]:
    """Each group under the one it reports to; on its own where that did not stand on the day."""
    there = {group.pk for group in groups}
    below: defaultdict[int | None, list[Group]] = defaultdict(list)
    for group in groups:
        below[group.parent_id if group.parent_id in there else None].append(group)

    def branch(group: Group) -> Branch:
        return Branch(
            group.name,
            reverse("partners:party", args=["groups", group.pk]),
            _detail(group, held.get(group.pk, [])),
            str(group.pk),
            tuple(branch(each) for each in below[group.pk]),
        )

    return tuple(branch(group) for group in below[None])


def _detail(group: Group, seats: list[SeatThen]) -> str:
    chairs = [held.person.name for each in seats if each.seat.position == "chair" for held in each.holders]
    vacant = sum(each.is_vacant for each in seats)
    parts = [GROUP_KIND_LABELS[GroupKind(group.kind)]]
    parts += [f"chair: {', '.join(chairs)}"] if chairs else []
    parts += [f"{vacant} vacant seat{'s' * (vacant != 1)}"] if vacant else []
    return ", ".join(parts)


def _picture(branches: tuple[Branch, ...], on: date) -> SafeString:
    nodes, links = [], []
    for level, branch, above in _walk(branches):
        nodes.append(Node(branch.key, level, branch.name, branch.detail, branch.href, is_start=not level))
        links += [(above, branch.key)] if above else []
    if not nodes:
        return SafeString("")
    deepest = max(node.column for node in nodes)
    columns = [LEVELS[level] if level < len(LEVELS) else f"Level {level + 1}" for level in range(deepest + 1)]
    alt = f"{len(nodes)} groups, each joined to the one it reports to. The list below says the same."
    caption = f"Groups on {on.day} {on:%B %Y}"
    figure = thread_picture(caption, columns, nodes, links, linked=True, table=None, alt=alt)
    return drawing(figure.svg)


def _walk(branches: tuple[Branch, ...], level: int = 0, above: str = "") -> Iterator[tuple[int, Branch, str]]:
    for branch in branches:
        yield level, branch, above
        yield from _walk(branch.below, level + 1, branch.key)
