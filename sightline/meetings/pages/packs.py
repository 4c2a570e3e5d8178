"""The pack of a meeting as a page: its agenda with the papers, and the file of each kind of reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.events.choices import Tier
from sightline.jobs.pages import progress_of
from sightline.meetings import permissions
from sightline.meetings.choices import MeetingState, PackState
from sightline.meetings.models import Meeting, Pack
from sightline.meetings.pages.meetings import facts
from sightline.meetings.pages.papers import PaperShown, papers_shown
from sightline.meetings.selectors.items import placed_items
from sightline.meetings.selectors.meetings import minutes_it
from sightline.meetings.selectors.papers import (
    fingerprint,
    newest_packs,
    pack_agenda,
    paper_files_visible_to,
    papers_of,
)
from sightline.meetings.services.packs import READERS, job_key
from sightline.screens.elements import SummaryRow
from sightline.screens.progress import Progress
from sightline.screens.words import count

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader


@dataclass(frozen=True)
class ItemPapers:
    """An item with its papers."""

    place: int
    gap: str
    title: str
    text: str
    is_confidential: bool
    papers: tuple[PaperShown, ...]
    add: str


@dataclass(frozen=True)
class PackShown:
    """A pack for one kind of reader. `is_old`: the agenda or a paper changed since; `apart`: papers, and why."""

    readers: str
    number: int
    href: str
    pages: str
    made_at: datetime | None
    is_confidential: bool
    is_old: bool
    trouble: str
    untagged: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class PackPage:
    """The pack of a meeting. `progress` is there while one is being made."""

    meeting: Meeting
    facts: tuple[SummaryRow, ...]
    due_on: date
    items: tuple[ItemPapers, ...]
    gap: str
    papers: str
    packs: tuple[PackShown, ...]
    progress: Progress | None
    may_make: bool
    invited: str
    may_invite: bool


def pack_page(user: Reader, found: Meeting, on: date) -> PackPage:
    """The page of one meeting's papers; a fixed number of queries, however many there are."""
    keeps = permissions.can_keep(user, found.group)
    writes = minutes_it(user, found.group, on)
    hands_in = writes and found.state not in (MeetingState.CANCELLED, MeetingState.APPROVED)
    due_on = found.papers_due_on
    papers = papers_of(paper_files_visible_to(user), found)
    rows, gap = placed_items(user, found)
    items = tuple(
        ItemPapers(
            place=row.place,
            gap=row.gap,
            title=row.what.title,
            text=row.what.text,
            is_confidential=row.what.tier != Tier.T1,
            papers=papers_shown(papers.get(row.what.pk, ()), due_on, keeps=hands_in),
            add=reverse("meetings:paper_new", args=[row.what.pk]) if hands_in else "",
        )
        for row in rows
    )
    packs = newest_packs(user, found)
    waiting = next((each for each in packs if each.state == PackState.WAITING), None)
    number = sum(len(each.papers) for each in items)
    return PackPage(
        meeting=found,
        facts=facts(found),
        due_on=due_on,
        items=items,
        gap=gap,
        papers=count(number, "paper") if number else "No paper",
        packs=tuple(_packs(found, packs)),
        progress=progress_of(job_key(waiting), "The pack waits to be made.") if waiting else None,
        may_make=writes and waiting is None,
        invited=_invited(found) if keeps else "",
        may_invite=keeps and found.state == MeetingState.PLANNED,
    )


def _invited(found: Meeting) -> str:
    """How many members have an invitation that stands; the meeting is of `meetings_invited`."""
    number = vars(found)["invited"] or 0
    if not number:
        return "Nobody was invited yet."
    return f"{count(number, 'member')} {'was' if number == 1 else 'were'} invited."


def _packs(meeting: Meeting, packs: Iterable[Pack]) -> Iterable[PackShown]:
    now: dict[str, str] = {}
    for pack in packs:
        if pack.state == PackState.WAITING:
            continue
        if pack.tier not in now:
            now[pack.tier] = fingerprint(meeting, pack_agenda(meeting, Tier(pack.tier)))
        yield PackShown(
            readers=READERS[Tier(pack.tier)],
            number=pack.number,
            href=reverse("meetings:pack_file", args=[pack.pk]) if pack.document_id else "",
            pages=count(pack.pages or 0, "page"),
            made_at=pack.made_at,
            is_confidential=pack.tier != Tier.T1,
            is_old=bool(pack.document_id) and pack.of != now[pack.tier],
            trouble=pack.trouble,
            untagged=tuple(
                (each["title"], each["href"])
                for each in pack.contents
                if each["pages"] and not each["is_tagged"]
            ),
            apart=tuple(
                (each["title"], each["href"], each["why"]) for each in pack.contents if not each["pages"]
            ),
        )
