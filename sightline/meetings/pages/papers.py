"""Papers of an item, as the page of its meeting and that of the pack show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from sightline.events.choices import Tier
from sightline.meetings.rules.papers import is_late
from sightline.meetings.selectors.papers import PaperThen


@dataclass(frozen=True)
class PaperShown:
    """A paper of an item. `earlier`: the addresses of the versions before it, by number."""

    title: str
    brought_by: str
    kind: str
    handed_in: date
    is_late: bool
    is_confidential: bool
    href: str
    version: int
    earlier: tuple[tuple[int, str], ...]
    change: str


def papers_shown(found: Iterable[PaperThen], due_on: date, *, keeps: bool) -> tuple[PaperShown, ...]:
    """Papers of an item, the newest version of each."""
    return tuple(_paper(each, due_on, keeps=keeps) for each in found)


def _paper(found: PaperThen, due_on: date, *, keeps: bool) -> PaperShown:
    newest = found.newest
    handed_in = timezone.localtime(newest.recorded_at).date()
    return PaperShown(
        title=found.paper.title,
        brought_by=found.paper.brought_by,
        kind=newest.document.kind_label,
        handed_in=handed_in,
        is_late=is_late(handed_in, due_on),
        is_confidential=found.paper.tier != Tier.T1,
        href=reverse("meetings:paper_file", args=[newest.pk]),
        version=newest.number,
        earlier=tuple(
            (each.number, reverse("meetings:paper_file", args=[each.pk])) for each in found.files[:-1]
        ),
        change=reverse("meetings:paper_change", args=[found.paper.pk]) if keeps else "",
    )
