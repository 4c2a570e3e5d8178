"""What the pages of whole exports show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from sightline.carrying.choices import FAILED, STATE_COLOURS, STATE_LABELS, ExportState
from sightline.carrying.models import WholeExport
from sightline.carrying.rules import can_be_fetched, kept_for, left_out
from sightline.carrying.selectors import exports, tables_for
from sightline.carrying.services.asking import job_key
from sightline.jobs.pages import progress_of
from sightline.screens.elements import SummaryRow
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.progress import Progress

if TYPE_CHECKING:
    from sightline.carrying.permissions import Who

LIST = ListPage(
    noun=("export", "exports"),
    columns=(
        Column("asked", "Asked for", sort=("asked_at",)),
        Column("by", "By", sort=("asked_by_label",)),
        Column("reason", "Why"),
        Column("state", "Where it stands", sort=("state",)),
    ),
    order="-asked",
)


@dataclass(frozen=True)
class ExportRow:
    """One export in the list."""

    export: WholeExport
    state: str
    colour: str


@dataclass(frozen=True)
class ExportsPage:
    """The list, and what an export holds."""

    listing: Listing[ExportRow]
    tables: int
    left_out: int
    hours: int


@dataclass(frozen=True)
class ExportPage:
    """One export. `may_take`: whether its file can be fetched now, by whoever asked for it."""

    export: WholeExport
    state: str
    colour: str
    facts: tuple[SummaryRow, ...]
    progress: Progress | None
    may_take: bool
    is_own: bool
    file_name: str


def exports_page(user: Who, query: QueryDict) -> ExportsPage:
    """The list."""
    listing = LIST.read(query, exports(user))
    rows = [ExportRow(each, *state_of(each)) for each in listing.rows]
    hours = int(kept_for().total_seconds() // 3600)
    here = len(tables_for(on_server=False))
    elsewhere = len(tables_for(on_server=True)) - here + len(left_out())
    return ExportsPage(listing.with_rows(rows), here, elsewhere, hours)


def state_of(export: WholeExport) -> tuple[str, str]:
    """Where it stands in words, and its colour."""
    state = ExportState(export.state)
    return STATE_LABELS[state], STATE_COLOURS[state]


def file_name(export: WholeExport) -> str:
    """What the file is called when it is taken away: with its marking, for nothing inside can be marked."""
    day = timezone.localtime(export.made_at or export.asked_at)
    return f"sightline-export-{day:%Y-%m-%d} (OFFICIAL-SENSITIVE).zip"


def export_page(user_id: int | None, export: WholeExport, now: datetime) -> ExportPage:
    """One export."""
    label, colour = state_of(export)
    is_own = export.asked_by_id == user_id
    waits = export.state == ExportState.ASKED
    waiting = "Waiting to begin"
    return ExportPage(
        export=export,
        state=label,
        colour=colour,
        facts=tuple(SummaryRow(key, value) for key, value in _facts(export)),
        progress=progress_of(job_key(export), waiting, FAILED) if waits else None,
        may_take=is_own and can_be_fetched(export.state, export.expires_at, now),
        is_own=is_own,
        file_name=file_name(export),
    )


def _facts(export: WholeExport) -> list[tuple[str, str]]:
    found = [("Asked for", f"{_moment(export.asked_at)} by {export.asked_by_label}"), ("Why", export.reason)]
    if export.made_at and export.expires_at:
        held = f"{export.rows:,} rows, {export.files:,} files, {filesizeformat(export.size)}"
        found += [("What is in it", held), ("SHA-256", export.sha256)]
        if export.faults:
            found.append(("Files that could not be put in", f"{export.faults:,}: manifest.json names each"))
        over = "Cleared away after" if export.state == ExportState.MADE else "Could be fetched until"
        found.append((over, _moment(export.expires_at)))
    return found


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{local.day} {local:%B %Y, %H:%M}"
