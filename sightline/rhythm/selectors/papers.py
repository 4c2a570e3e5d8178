"""Papers that returns are read from: who may read them, and what each section would become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from sightline.partners.models import Group
from sightline.partners.selectors import match_owner, party_names
from sightline.rhythm.models import Return, ReturnPaper
from sightline.rhythm.permissions import can_keep_all
from sightline.rhythm.rules.sections import Account, Section, account, doubts_of, sections_in
from sightline.rhythm.rules.telling import headings
from sightline.screens.words import day

if TYPE_CHECKING:
    from sightline.rhythm.permissions import Reader

LEFT_OUT = 0


@dataclass(frozen=True, slots=True)
class SectionRead:
    """A section with the group it would be of: none where nobody has said. `blocks` keep it from being read in."""

    index: int
    section: Section
    group: Group | None
    is_left_out: bool
    doubts: tuple[str, ...]
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperRead:
    """A paper with all that would become of it, and what becomes of each of its lines."""

    found: ReturnPaper
    sections: tuple[SectionRead, ...]
    account: Account

    @property
    def blocked(self) -> bool:
        """Whether anything keeps it from being read in."""
        return not self.taken or any(each.blocks for each in self.sections)

    @property
    def taken(self) -> list[SectionRead]:
        """Those that become returns."""
        return [each for each in self.sections if each.group]


def return_papers_visible_to(user: Reader) -> QuerySet[ReturnPaper]:
    """Papers that returns are read from, for whoever may read them in."""
    return ReturnPaper.objects.all() if can_keep_all(user) else ReturnPaper.objects.none()


def proposed(found: list[Section]) -> dict[str, int]:
    """The group of each section by its name or another of its names, as decisions; one query."""
    names = party_names()
    parties = enumerate(match_owner(section.name, names) for section in found)
    return {str(index): party.pk for index, party in parties if isinstance(party, Group)}


def read_paper(found: ReturnPaper) -> PaperRead:
    """What would become of a paper as it was decided; two queries."""
    sections = sections_in(found.text)
    said = {int(index): int(group) for index, group in found.decisions.items()}
    groups = Group.objects.in_bulk([pk for pk in said.values() if pk != LEFT_OUT])
    there = Return.objects.filter(group__in=groups, kind=found.kind, period_until=found.period_until)
    standing = set(there.exclude(paper=found.pk).values_list("group", flat=True))
    labels = {each.key: each.label for each in headings()}
    read = tuple(
        SectionRead(
            index,
            section,
            groups.get(said.get(index, LEFT_OUT)),
            said.get(index) == LEFT_OUT,
            (
                *doubts_of(section, labels, is_last=index == len(sections) - 1),
                *_ended(groups.get(said.get(index, LEFT_OUT)), found),
            ),
            tuple(_blocks(index, said, groups, standing)),
        )
        for index, section in enumerate(sections)
    )
    taken = [each.section for each in read if each.group]
    return PaperRead(found, read, account(found.text, taken))


def _ended(group: Group | None, found: ReturnPaper) -> list[str]:
    if group is None or not group.ends_on or group.ends_on >= found.period_from:
        return []
    return [f"{group} ended on {day(group.ends_on)}, before the time that the paper tells of."]


def _blocks(
    index: int, said: Mapping[int, int], groups: Mapping[int, Group], standing: set[int]
) -> list[str]:
    if index not in said:
        return ["No group is called so, or two could be. Say which it is, or leave it out."]
    group = groups.get(said[index])
    if group is None:
        return [] if said[index] == LEFT_OUT else ["The group is not there any more. Say which it is."]
    if list(said.values()).count(group.pk) > 1:
        return [f"{group} was chosen for more than one section. Leave one out, or say which group it is."]
    if group.pk in standing:
        return [f"{group} has a return of this kind to that day already. Leave this one out."]
    return []
