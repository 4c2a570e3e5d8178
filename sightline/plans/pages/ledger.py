"""The ledger as a list: of one source, or of every recommendation of the partnership."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse

from sightline.plans import permissions
from sightline.plans.choices import ACCEPTANCE_LABELS, STEP_LABELS, Acceptance, Step
from sightline.plans.forms.ledger import LedgerRowsFilter
from sightline.plans.models import Addressee, Source
from sightline.plans.pages.likes import STEP_COLOURS, named
from sightline.plans.pages.recommendation import ACCEPTANCE_COLOURS, note_of
from sightline.plans.rules import addresses
from sightline.plans.rules.ledger import is_impact, is_progress_overdue
from sightline.plans.selectors.ledger import addressees_visible_to, ledger_rows
from sightline.rendering.document import Column as PrintedColumn
from sightline.rendering.document import Document, Table, TableCell, TableRow
from sightline.screens.lists import Column, Listing, ListPage, order_by

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

_COLUMNS = (
    Column("number", "Recommendation", sort=("recommendation__order", "recommendation_id", "order")),
    Column("to", "Addressed to", sort=("agency__name", "group__name", "raw")),
    Column("acceptance", "Accepted", sort=("current_acceptance",)),
    Column("progress", "Progress", sort=("current_due_on",), empty_last=True),
    Column("step", "Ladder", sort=("current_step",)),
    Column("answers", "Actions", numeric=True),
)
_NOUN = ("row", "rows")
OF_SOURCE = ListPage(noun=_NOUN, columns=_COLUMNS, filter_form=LedgerRowsFilter, order="number")
OF_ALL = ListPage(
    noun=_NOUN,
    columns=(
        Column(
            "source",
            "Source",
            sort=(
                "-recommendation__source__published_on",
                "recommendation__source_id",
                "recommendation__order",
            ),
        ),
        *_COLUMNS,
    ),
    filter_form=LedgerRowsFilter,
    order="source",
)


@dataclass(frozen=True)
class LedgerRowShown:
    """One recommendation and one of those it is addressed to."""

    href: str
    number: str
    text: str
    source: str
    source_href: str
    published: date | None
    to: str
    note: str
    acceptance: str
    acceptance_colour: str
    progress_on: date | None
    due_on: date | None
    due: str
    is_late: bool
    step: str
    step_colour: str
    is_impact: bool
    has_fallen: bool
    answers: int


@dataclass(frozen=True)
class LedgerPage:
    """A ledger. `source` is None for that of the whole partnership."""

    listing: Listing[LedgerRowShown]
    source: Source | None
    may_export: bool


def source_ledger(user: Reader, source: Source, query: QueryDict, on: date) -> LedgerPage:
    """The ledger of one source."""
    rows = ledger_rows(user, source)
    form = LedgerRowsFilter(query, parties=_parties(rows), one_source=True)
    export = {"CSV": reverse("plans:source_ledger_csv", args=[source.key])}
    may_export = permissions.can_export_source(user, source)
    found = OF_SOURCE.read(query, rows, form=form, exports=export if may_export else None)
    return LedgerPage(found.with_rows(_row(row, on) for row in found.rows), source, may_export)


def whole_ledger(user: Reader, query: QueryDict, on: date, *, may_export: bool) -> LedgerPage:
    """Every recommendation of the partnership that a person may read."""
    rows = ledger_rows(user)
    form = LedgerRowsFilter(query, parties=_parties(addressees_visible_to(user).filter(gone_on=None)))
    export = {"CSV": reverse("plans:recommendations_csv")} if may_export else None
    found = OF_ALL.read(query, rows, form=form, exports=export)
    return LedgerPage(found.with_rows(_row(row, on) for row in found.rows), None, may_export)


def _parties(rows: QuerySet[Addressee]) -> list[tuple[str, str]]:
    """The agencies and groups that the rows are addressed to, by name."""
    named_ = (
        rows.order_by().values_list("agency__key", "agency__name", "group__key", "group__name").distinct()
    )
    found = {
        (f"agency:{agency}", agency_name) if agency else (f"group:{group}", group_name)
        for agency, agency_name, group, group_name in named_
        if agency or group
    }
    return sorted(found, key=lambda each: each[1].casefold())


def _row(row: Addressee, on: date) -> LedgerRowShown:
    recommendation = row.recommendation
    source = recommendation.source
    value = Acceptance(row.current_acceptance) if row.current_acceptance else None
    step = Step(row.current_step)
    return LedgerRowShown(
        href=addresses.of_recommendation(source.key, recommendation.pk),
        number=named(recommendation.number),
        text=recommendation.title or recommendation.text,
        source=source.title,
        source_href=addresses.of_source(source.key),
        published=source.published_on,
        to=str(row),
        note=note_of(row),
        acceptance=ACCEPTANCE_LABELS[value] if value else "Not recorded",
        acceptance_colour=ACCEPTANCE_COLOURS[value] if value else "grey",
        progress_on=row.current_progress_on,
        due_on=row.current_due_on,
        due=f"At {row.current_due_months} months" if row.current_due_months else "",
        is_late=is_progress_overdue(row.current_due_on, on),
        step=STEP_LABELS[step],
        step_colour=STEP_COLOURS[step],
        is_impact=is_impact(step),
        has_fallen=row.current_highest_step > row.current_step,
        answers=getattr(row, "answers", 0),
    )


def ledger_table(user: Reader, source: Source | None, query: QueryDict, on: date) -> Document:
    """The ledger as it is narrowed and ordered, whole, as a table to take away."""
    page, rows = (OF_SOURCE, ledger_rows(user, source)) if source else (OF_ALL, ledger_rows(user))
    form = LedgerRowsFilter(query, parties=_parties(rows), one_source=source is not None)
    column = page.by_key[page.order_asked_for(query.get("sort", "")).removeprefix("-")]
    backwards = page.order_asked_for(query.get("sort", "")).startswith("-")
    ordered = form.narrow(rows).order_by(*order_by(column, backwards), "pk")
    columns = tuple(PrintedColumn(name) for name in _PRINTED)
    return Document(
        "Recommendations", (Table("Recommendations", columns, tuple(_printed(_row(r, on)) for r in ordered)),)
    )


_PRINTED = (
    "Source", "Published", "Recommendation", "Text", "Addressed to", "Accepted", "Last progress", "Progress due",
    "Overdue", "Ladder", "Counts as impact", "Fallen back", "Actions",
)  # fmt: skip


def _printed(row: LedgerRowShown) -> TableRow:
    cells: Iterable[Any] = (
        row.source, row.published or "", row.number, row.text, row.to, row.acceptance, row.progress_on or "",
        row.due_on or "", _yes(row.is_late), row.step, _yes(row.is_impact), _yes(row.has_fallen), row.answers,
    )  # fmt: skip
    return TableRow(tuple(TableCell(str(cell)) for cell in cells))


def _yes(value: bool) -> str:
    return "Yes" if value else "No"
