"""Two papers of one plan: which rows are the same action, and what the later one says differently."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sightline.plans.choices import IN_THE_PLAN, ImportState
from sightline.plans.models import Import, ImportedRow
from sightline.plans.permissions import can_run_import, reads_all_tiers
from sightline.plans.rules import importing
from sightline.plans.rules.comparing import Change
from sightline.plans.rules.importing import CELL_LABELS, OTHER
from sightline.plans.rules.matching import LiveRow, PaperRow
from sightline.plans.rules.merging import merge
from sightline.plans.selectors.imports import imports_visible_to, rows_of
from sightline.plans.selectors.visible import actions_visible_to

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

MOST_PAPERS = 50


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A row of the later paper that says something else, that is new, gone, or that could be several rows."""

    words: str
    changes: tuple[Change, ...]
    is_new: bool = False


def papers_of(user: Reader, upload: Import) -> list[Import]:
    """The other papers read for the same plan, the latest first."""
    if upload.plan_id is None:
        return []
    others = (
        imports_visible_to(user).filter(plan=upload.plan_id, state__in=readable(user)).exclude(pk=upload.pk)
    )
    return list(others.defer("reading", "undo").order_by("-as_at", "-pk")[:MOST_PAPERS])


def readable(user: Reader) -> frozenset[ImportState]:
    """Papers nobody has confirmed yet are compared by those who may import: whose actions they are is not known."""
    return (
        IN_THE_PLAN | {ImportState.PREVIEW, ImportState.CONFIRMING} if can_run_import(user) else IN_THE_PLAN
    )


def paper_changes(user: Reader, former: Import, later: Import) -> list[PaperChange]:
    """Everything the later paper says differently, in its order, then what it holds no more.

    Rows of actions that the person may not read are left out of both.
    """
    before, after = _rows(user, former), _rows(user, later)
    keys = _keys(before)
    found = merge([_as_live(keys[index], row) for index, row in before.items()], list(after.values()))
    told: dict[int, PaperChange] = {}
    for pair in found.pairs:
        changes = tuple(Change(_label(c.cell), c.live, c.paper) for c in pair.changes)
        if changes:
            told[pair.index] = PaperChange(_words(after[pair.index]), changes)
    for index in found.added:
        new = Change("New", "", "Not in the former paper")
        told[index] = PaperChange(_words(after[index]), (new,), is_new=True)
    by_key = {keys[index]: row for index, row in before.items()}
    for asked in found.asked:
        names = " · ".join(_words(by_key[key]) for key in asked.candidates)
        told[asked.index] = PaperChange(
            _words(after[asked.index]), (Change("Could be several rows", names, ""),)
        )
    gone = [
        PaperChange(_words(by_key[key]), (Change("Gone", "In the former paper", ""),)) for key in found.gone
    ]
    return [told[index] for index in sorted(told)] + gone


def _rows(user: Reader, upload: Import) -> dict[int, PaperRow]:
    """The rows of a paper without those of actions the person may not read; one query, none for who reads all."""
    rows = {row.index: row for row in importing.paper_rows(rows_of(upload).kept)}
    if reads_all_tiers(user):
        return rows
    actions = actions_visible_to(user).select_related(None).order_by()
    known = ImportedRow.objects.filter(import_of=upload, action__isnull=False)
    hidden = set(known.exclude(action__in=actions).values_list("index", flat=True))
    return {index: row for index, row in rows.items() if index not in hidden}


def _keys(rows: dict[int, PaperRow]) -> dict[int, str]:
    """A key for each row: our own reference where it is printed once, else its place."""
    printed = [row.reference for row in rows.values()]
    return {
        index: row.reference if row.reference and printed.count(row.reference) == 1 else f"row {index}"
        for index, row in rows.items()
    }


def _as_live(key: str, row: PaperRow) -> LiveRow:
    return LiveRow(
        key=key,
        cells=row.cells,
        numbers=row.numbers,
        words=row.words,
        base=row.cells,
        base_numbers=row.numbers,
        base_words=row.words,
    )


def _label(cell: str) -> str:
    return CELL_LABELS.get(cell, cell.removeprefix(OTHER))


def _words(row: PaperRow) -> str:
    return f"{', '.join(sorted(row.numbers))} {row.words}".strip()
