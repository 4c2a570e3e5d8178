"""The list of imports, and one import: waiting, previewed, confirmed, withdrawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.urls import reverse

from sightline.jobs.pages import progress_of
from sightline.plans import permissions
from sightline.plans.choices import IMPORT_LABELS, ImportState, RowFate
from sightline.plans.forms.imports import ImportFilter, RowFilter, has_doubt
from sightline.plans.models import Import, ImportedRow
from sightline.plans.rules import addresses
from sightline.plans.rules.importing import CELL_LABELS, OTHER
from sightline.plans.rules.merging import CellChange, Side, Verdict
from sightline.plans.selectors.imports import ANSWER, imports_visible_to, rows_of
from sightline.plans.selectors.preview import Preview, RowShown, preview
from sightline.plans.selectors.visible import actions_visible_to
from sightline.plans.services.imports import dependents, job_key
from sightline.plans.services.imports.uploading import READ_JOB
from sightline.screens.lists import Column, Listing, ListPage
from sightline.screens.progress import Progress

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

STATE_COLOURS = {
    ImportState.PREVIEW: "yellow",
    ImportState.REFUSED: "red",
    ImportState.CONFIRMED: "green",
    ImportState.WITHDRAWN: "grey",
    ImportState.DISCARDED: "grey",
}
# What an import waits for, as its page says it before the job begins.
READ_STATES = frozenset({ImportState.WAITING, ImportState.READING})
WAITING_FOR = {
    **dict.fromkeys(READ_STATES, "The document is waiting to be read."),
    ImportState.CONFIRMING: "The import is waiting to be confirmed. Nothing has changed yet.",
    ImportState.WITHDRAWING: "The import is waiting to be withdrawn. Nothing has changed yet.",
}
READING_FAILED = (
    "Reading failed. The document is kept; the business unit can start it again under Background work."
)
IMPORTS = ListPage(
    noun=("import", "imports"),
    columns=(
        Column("file", "Document", sort=("file_name",)),
        Column("plan", "Goes into", sort=("plan__name",), empty_last=True),
        Column("state", "State", sort=("state", "-uploaded_at")),
        Column("as_at", "Speaks of", sort=("as_at",), empty_last=True),
        Column("uploaded", "Uploaded", sort=("-uploaded_at",)),
    ),
    filter_form=ImportFilter,
    order="uploaded",
)
ROWS = ListPage(
    noun=("row", "rows"),
    columns=(
        Column("row", "Row"),
        Column("words", "What was understood"),
        Column("correct", "Correct", hidden_label=True),
    ),
    filter_form=RowFilter,
    size=25,
)


@dataclass(frozen=True)
class ImportLine:
    """One import of the list."""

    href: str
    file: str
    plan: str
    state: str
    colour: str
    as_at: date | None
    uploaded_at: datetime
    uploaded_by: str


@dataclass(frozen=True)
class ImportListPage:
    """The list of imports."""

    listing: Listing[ImportLine]
    may_import: bool


@dataclass(frozen=True)
class CountShown:
    """One part of the counts that add up."""

    number: int
    words: str


@dataclass(frozen=True)
class ImportPage:
    """One import, whatever its state. `preview` is None until it has been read."""

    upload: Import
    state: str
    colour: str
    goes_into: str
    plan_href: str
    progress: Progress | None
    preview: Preview | None
    listing: Listing[RowShown] | None
    counts: tuple[CountShown, ...]
    changes: Changes | None
    doubtful_rows: int
    undecided_owners: int
    gone_to: tuple[tuple[str, str], ...]
    depends: tuple[str, ...]
    may_import: bool


@dataclass(frozen=True)
class ChangeShown:
    """One cell that differs between the last document, the plan and the new document. `key` names it in the form."""

    key: str
    label: str
    base: str
    live: str
    paper: str
    both: bool
    kept: bool
    added: str
    chosen: Side


@dataclass(frozen=True)
class PairShown:
    """One action with what a new version of its document says differently."""

    reference: str
    href: str
    number: str
    text: str
    returned: bool
    changes: tuple[ChangeShown, ...]


@dataclass(frozen=True)
class AskedShown:
    """A row that could be more than one action."""

    key: str
    row: int
    text: str
    candidates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Changes:
    """What a new version of a document would do to its plan."""

    pairs: tuple[PairShown, ...]
    added: tuple[RowShown, ...]
    gone: tuple[PairShown, ...]
    asked: tuple[AskedShown, ...]
    unchanged: int
    stays: int
    changes_nothing: bool

    @property
    def both(self) -> int:
        """How many cells changed on both sides."""
        return sum(change.both for pair in self.pairs for change in pair.changes)

    @property
    def proposed(self) -> int:
        """How many cells only the document changed."""
        return sum(not change.both and not change.kept for pair in self.pairs for change in pair.changes)


def list_page(user: Reader, query: QueryDict) -> ImportListPage:
    """The imports the address asks for."""
    found = IMPORTS.read(query, imports_visible_to(user).defer("reading", "undo"))
    return ImportListPage(
        found.with_rows(_line(each) for each in found.rows), permissions.can_run_import(user)
    )


def _line(upload: Import) -> ImportLine:
    state = ImportState(upload.state)
    return ImportLine(
        href=reverse("plans:import", args=[upload.pk]),
        file=upload.file_name,
        plan=_goes_into(upload),
        state=IMPORT_LABELS[state],
        colour=STATE_COLOURS.get(state, "blue"),
        as_at=upload.as_at,
        uploaded_at=upload.uploaded_at,
        uploaded_by=upload.uploaded_by_label,
    )


def _goes_into(upload: Import) -> str:
    return str(upload.plan or upload.source or upload.plan_name or "")


def import_page(user: Reader, upload: Import, query: QueryDict) -> ImportPage:
    """Everything about one import that its state allows to be said."""
    state = ImportState(upload.state)
    may_import = permissions.can_run_import(user)
    # Whose actions its rows will be is not known yet: a paper is looked at by those who confirm it.
    shown = preview(upload) if may_import and state == ImportState.PREVIEW else None
    line = _line(upload)
    return ImportPage(
        upload=upload,
        state=line.state,
        colour=line.colour,
        goes_into=line.plan,
        plan_href=addresses.of_plan(upload.plan.key) if upload.plan else "",
        progress=_progress(upload) if state in WAITING_FOR else None,
        preview=shown,
        listing=ROWS.read(query, shown.rows) if shown else None,
        counts=_counts(shown) if shown else (),
        changes=changes_of(shown) if shown and shown.merge else None,
        doubtful_rows=sum(has_doubt(row) for row in shown.rows) if shown else 0,
        undecided_owners=sum(o.decision is None for o in shown.unknown_owners) if shown else 0,
        gone_to=_fates(user, upload) if state == ImportState.CONFIRMED else (),
        depends=tuple(dependents(upload)) if may_import and state == ImportState.CONFIRMED else (),
        may_import=may_import,
    )


def _progress(upload: Import) -> Progress:
    """How far its job is; reading that failed for good is told as such, other work gives the import back."""
    state = ImportState(upload.state)
    key = f"{READ_JOB}:{upload.pk}" if state in READ_STATES else job_key(upload)
    return progress_of(key, WAITING_FOR[state], READING_FAILED if state in READ_STATES else "")


def _counts(shown: Preview) -> tuple[CountShown, ...]:
    counts = shown.counts
    return (
        CountShown(counts.rows_seen, "rows on the paper"),
        CountShown(counts.imported, "become actions or records"),
        CountShown(counts.joined, "joined to the row above"),
        CountShown(counts.furniture, "headings, titles and page furniture"),
        CountShown(counts.set_aside, "set aside, their words kept"),
    )


def _fates(user: Reader, upload: Import) -> tuple[tuple[str, str], ...]:
    """Where each row of a confirmed import went, of those actions the person may read: words, and the address."""
    readable = actions_visible_to(user).select_related(None).order_by()
    rows = ImportedRow.objects.filter(import_of=upload, fate=RowFate.IMPORTED, action__in=readable)
    return tuple(
        (f"{row.action.reference} {row.action.text[:90]}", addresses.of_action(row.action.reference))
        for row in rows.select_related("action").order_by("index")
        if row.action
    )


def changes_of(shown: Preview) -> Changes:
    """The three-way merge in words: who changed what since the last version of the document."""
    merge = shown.merge
    if merge is None or shown.plan is None:
        raise ValueError("There is no plan to compare with.")
    rows = {row.index: row for row in shown.rows}
    actions = {a.reference: a for a in shown.plan.actions.prefetch_related("numbers")}
    said = [pair for pair in merge.pairs if pair.changes or pair.returned]
    return Changes(
        pairs=tuple(_pair(pair.key, actions, pair.changes, pair.returned) for pair in said),
        added=tuple(rows[index] for index in merge.added),
        gone=tuple(_pair(key, actions) for key in merge.gone),
        asked=tuple(
            AskedShown(
                f"{ANSWER}{each.index}",
                each.index + 1,
                _words(rows[each.index]),
                tuple((key, f"{key} {actions[key].text[:80]}") for key in each.candidates),
            )
            for each in merge.asked
        ),
        unchanged=len(merge.pairs) - len(said),
        stays=len(merge.stays),
        changes_nothing=merge.changes_nothing,
    )


def _words(row: RowShown) -> str:
    return next((cell.text for cell in row.cells if cell.name == "action"), "")


def _pair(
    key: str, actions: dict[str, Any], changes: Sequence[CellChange] = (), returned: bool = False
) -> PairShown:
    action = actions[key]
    return PairShown(
        reference=key,
        href=addresses.of_action(key),
        number=", ".join(number.text for number in action.numbers.all()),
        text=action.text,
        returned=returned,
        changes=tuple(_change(key, change) for change in changes),
    )


def _change(key: str, change: CellChange) -> ChangeShown:
    return ChangeShown(
        key=f"{key}/{change.cell}",
        label=CELL_LABELS.get(change.cell, change.cell.removeprefix(OTHER)),
        base=change.base or "",
        live=change.live,
        paper=change.paper,
        both=change.verdict == Verdict.BOTH,
        kept=change.verdict == Verdict.KEPT,
        added=change.added,
        chosen=change.chosen,
    )


def row_shown(upload: Import, index: int) -> RowShown | None:
    """One row of a preview; None where the document has no such row."""
    if index not in rows_of(upload).read:
        return None
    return preview(upload).rows[index]
