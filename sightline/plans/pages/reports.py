"""The list of exception reports, and one report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe

from sightline.plans import permissions
from sightline.plans.choices import REPORT_LABELS, ReportState
from sightline.plans.forms.reports import DraftForm, ReportFilter
from sightline.plans.models import ExceptionReport
from sightline.plans.reports.exceptions import about, exception_report_document
from sightline.plans.reports.paper import REPORT_FORMATS
from sightline.plans.rules import addresses
from sightline.plans.rules.words import count
from sightline.plans.selectors import plans_visible_to, reports_visible_to
from sightline.rendering.html import to_html
from sightline.screens.lists import Column, Listing, ListPage

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

REPORTS = ListPage(
    noun=("report", "reports"),
    columns=(
        Column("as_at", "As at", sort=("-as_at", "-id")),
        Column("about", "For", sort=("group__name", "-as_at")),
        Column("state", "State", sort=("state", "-as_at")),
        Column("exceptions", "Exceptions", numeric=True),
        Column("new", "New", numeric=True),
    ),
    filter_form=ReportFilter,
    order="as_at",
)


@dataclass(frozen=True)
class ReportRow:
    """One report of the list."""

    href: str
    as_at: date
    about: str
    state: str
    colour: str
    exceptions: int
    new: str


@dataclass(frozen=True)
class ReportListPage:
    """The list of reports, and the form that drafts one."""

    listing: Listing[ReportRow]
    form: DraftForm


@dataclass(frozen=True)
class Download:
    """A format the report can be taken away in."""

    label: str
    format: str


@dataclass(frozen=True)
class ReportPage:
    """One report as it will be printed. `words` is HTML that the writer has escaped."""

    report: ExceptionReport
    about: str
    state: str
    colour: str
    is_draft: bool
    may_issue: bool
    words: SafeString
    downloads: tuple[Download, ...]
    summary: str


def list_page(user: Reader, query: QueryDict, *, on: date, form: DraftForm | None = None) -> ReportListPage:
    """The reports the address asks for. `?plan=KEY` chooses that plan in the form."""
    found = REPORTS.read(query, reports_visible_to(user).defer("rows", "resolved"))
    chosen = plans_visible_to(user).filter(key=query.get("plan", "")).first()
    return ReportListPage(
        found.with_rows(_row(report) for report in found.rows),
        form or DraftForm(user=user, on=on, initial={"plan": chosen} if chosen else {}),
    )


def _row(report: ExceptionReport) -> ReportRow:
    state = ReportState(report.state)
    return ReportRow(
        href=addresses.of_report(report.pk),
        as_at=report.as_at,
        about=about(report),
        state=REPORT_LABELS[state],
        colour="yellow" if state == ReportState.DRAFT else "green",
        exceptions=report.counts["exceptions"],
        new=f"{report.counts['new']:,}" if report.previous_id else "–",
    )


def report_page(user: Reader, report: ExceptionReport) -> ReportPage:
    """The report on screen: the same document that is printed."""
    row = _row(report)
    return ReportPage(
        report=report,
        about=row.about,
        state=row.state,
        colour=row.colour,
        is_draft=report.state == ReportState.DRAFT,
        may_issue=report.state == ReportState.DRAFT and permissions.can_issue_report(user),
        words=mark_safe(to_html(exception_report_document(report), standalone=False)),  # noqa: S308 escaped there
        downloads=tuple(Download(label, name) for name, label in REPORT_FORMATS.items()),
        summary=count(row.exceptions, "action"),
    )
