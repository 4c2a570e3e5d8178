"""Papers of agendas and the packs made of them, as far as a person may read them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from sightline.events.choices import Tier
from sightline.meetings.models import Interest, Item, Meeting, Pack, Paper, PaperFile
from sightline.meetings.rules.agenda import placed
from sightline.meetings.selectors.interests import interests_within
from sightline.meetings.selectors.items import items_on, readable

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


def papers_visible_to(user: Reader) -> QuerySet[Paper]:
    """The papers a person may read, with the meetings of their items."""
    found = Paper.objects.select_related("item__meeting__group")
    return found.filter(readable(user, "item__meeting__group__key", "tier", "item__tier"))


def paper_files_visible_to(user: Reader) -> QuerySet[PaperFile]:
    """Every version of the papers a person may read, with what is stored."""
    found = PaperFile.objects.select_related("document", "paper__item__meeting__group")
    return found.filter(
        readable(user, "paper__item__meeting__group__key", "paper__tier", "paper__item__tier")
    )


def packs_visible_to(user: Reader) -> QuerySet[Pack]:
    """The packs a person may read, with their meetings and files."""
    found = Pack.objects.select_related("meeting__group", "document")
    return found.filter(readable(user, "meeting__group__key", "tier"))


@dataclass(frozen=True)
class PaperThen:
    """A paper with its versions, the oldest first."""

    paper: Paper
    files: list[PaperFile] = field(default_factory=list)

    @property
    def newest(self) -> PaperFile:
        """The version that counts."""
        return self.files[-1]


def papers_of(files: QuerySet[PaperFile], meeting: Meeting) -> dict[int, list[PaperThen]]:
    """Papers that stand on a meeting's agenda by the numbers of their items; one query."""
    rows = files.filter(paper__item__meeting=meeting, paper__withdrawn_at=None)
    found: dict[int, PaperThen] = {}
    by_item: dict[int, list[PaperThen]] = {}
    for row in rows.order_by("paper", "number"):
        if row.paper_id not in found:
            then = found[row.paper_id] = PaperThen(row.paper)
            by_item.setdefault(row.paper.item_id, []).append(then)
        found[row.paper_id].files.append(row)
    return by_item


@dataclass(frozen=True)
class PackItem:
    """An item as a pack holds it, at its place on the agenda. `gap`: the places before it that the pack leaves out."""

    item: Item
    papers: tuple[PaperThen, ...]
    place: int
    gap: str = ""


@dataclass(frozen=True)
class PackAgenda:
    """The agenda as a pack holds it. `gap`: the last places, where the pack leaves them out."""

    items: tuple[PackItem, ...]
    interests: tuple[Interest, ...]
    gap: str = ""

    @property
    def gaps(self) -> list[str]:
        """Everything that is left out, in words."""
        return [told for told in (*(each.gap for each in self.items), self.gap) if told]


def pack_agenda(meeting: Meeting, tier: Tier) -> PackAgenda:
    """What a pack for readers of a tier is made of: nothing that stands above it; three queries."""
    rows, gap = placed(items_on(meeting), lambda item: item.tier <= tier.value)
    within = PaperFile.objects.select_related("document", "paper")
    within = within.filter(paper__tier__lte=tier.value, paper__item__tier__lte=tier.value)
    papers = papers_of(within, meeting)
    items = (PackItem(row.what, tuple(papers.get(row.what.pk, ())), row.place, row.gap) for row in rows)
    return PackAgenda(tuple(items), tuple(interests_within(meeting, tier)), gap)


def fingerprint(meeting: Meeting, agenda: PackAgenda) -> str:
    """What a pack is made of, in short: another one where the meeting, the agenda or a paper changed."""
    told = [
        [str(meeting), meeting.hours, meeting.place, meeting.kind, meeting.state],
        *(
            [
                each.item.pk,
                each.item.title,
                each.item.text,
                each.item.about_label,
                each.item.lead,
                each.item.lasts,
            ]
            + [[of.paper.title, of.paper.brought_by, of.newest.document.sha256] for of in each.papers]
            for each in agenda.items
        ),
        *([agenda.gaps] if agenda.gaps else []),
        *([each.who, each.text, each.part, each.item_id] for each in agenda.interests),
    ]
    return hashlib.sha256(json.dumps(told, default=str).encode()).hexdigest()


def has_confidential(meeting: Meeting) -> bool:
    """Whether anything on the agenda is not read by every member."""
    papers = Q(papers__tier=Tier.T2, papers__withdrawn_at=None)
    return items_on(meeting).filter(Q(tier=Tier.T2) | papers).exists()


def newest_packs(user: Reader, meeting: Meeting) -> list[Pack]:
    """Of the packs of a meeting that a person may read, the newest of each tier, and the newest that was made."""
    found: list[Pack] = []
    seen: set[tuple[str, bool]] = set()
    for pack in packs_visible_to(user).filter(meeting=meeting).order_by("tier", "-number")[:40]:
        if (pack.tier, True) in seen:
            continue
        made = pack.document_id is not None
        if made or (pack.tier, False) not in seen:
            found.append(pack)
        seen |= {(pack.tier, made), (pack.tier, False)}
    return found
