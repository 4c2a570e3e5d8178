"""What the pages of published tables of attendance show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from sightline.jobs.pages import progress_of
from sightline.meetings import permissions
from sightline.meetings.choices import PUBLISHED_COLOURS, PUBLISHED_LABELS, PublishedState
from sightline.meetings.forms.published import ConfirmForm, PublishedForm
from sightline.meetings.models import PublishedTable
from sightline.meetings.pages.sections import Section, sections
from sightline.meetings.selectors.published import PrintedRate, printed_rates, published_visible_to
from sightline.meetings.services.published import READ_JOB
from sightline.screens.progress import Progress

if TYPE_CHECKING:
    from sightline.meetings.permissions import Reader

MOST = 50


@dataclass(frozen=True)
class PublishedLine:
    """A table as a line."""

    title: str
    href: str
    group: str
    state: str
    colour: str


@dataclass(frozen=True)
class PublishedPage:
    """The tables read in so far, and a form for another, for those who keep meetings."""

    sections: tuple[Section, ...]
    lines: tuple[PublishedLine, ...]
    form: PublishedForm | None


@dataclass(frozen=True)
class TablePage:
    """One table: how far it is, and its rows as they were printed. `meetings`: by how many they are judged."""

    table: PublishedTable
    state: str
    colour: str
    progress: Progress | None
    rows: tuple[PrintedRate, ...]
    meetings: int | None
    impossible: int
    form: ConfirmForm | None
    may_give_up: bool


def published_page(user: Reader, form: PublishedForm | None) -> PublishedPage:
    """The newest tables."""
    found = published_visible_to(user)[:MOST]
    return PublishedPage(sections("meetings:published"), tuple(map(_line, found)), form)


def _line(found: PublishedTable) -> PublishedLine:
    return PublishedLine(
        f"{found.period}: {found.document.name}" if found.period else found.document.name,
        reverse("meetings:published_table", args=[found.pk]),
        found.group.name,
        PUBLISHED_LABELS[found.state_now],
        PUBLISHED_COLOURS.get(found.state_now, "blue"),
    )


def table_page(user: Reader, found: PublishedTable, form: ConfirmForm) -> TablePage:
    """One table in the state it is in."""
    keeps, state = permissions.can_keep(user, found.group), found.state_now
    meetings = found.meetings or found.read.get("meetings")
    rows = tuple(printed_rates(found, meetings))
    is_preview = state == PublishedState.PREVIEW
    waits = state == PublishedState.WAITING
    return TablePage(
        table=found,
        state=PUBLISHED_LABELS[state],
        colour=PUBLISHED_COLOURS.get(state, "blue"),
        progress=progress_of(f"{READ_JOB}:{found.pk}", "The table waits to be read.") if waits else None,
        rows=rows,
        meetings=meetings,
        impossible=sum(row.is_impossible for row in rows),
        form=form if keeps and is_preview else None,
        may_give_up=keeps and state in (PublishedState.PREVIEW, PublishedState.REFUSED),
    )


def first_of(found: PublishedTable) -> dict[str, object]:
    """What the form of a table starts with: what the paper itself says."""
    return {
        "seen": str(found.version),
        "meetings": found.read.get("meetings"),
        "period": found.read.get("period", ""),
    }
