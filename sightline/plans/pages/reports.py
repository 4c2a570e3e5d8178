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
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors import plans_visible_to, reports_visible_to
from sightline.plans.selectors.reports import read_report
from sightline.plans.services.reports import DraftIsOld, LineChanged, fingerprint
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
        Column("new", "With a new reason", numeric=True),
    ),
    filter_form=ReportFilter,
    order="as_at",
)

# How many lines that differ are named one by one.
MOST_LINES = 20


@dataclass(frozen=True)
class ReportRow:
    """One report of the list."""

    href: str
    as_at: date
    about: str
    state: str
    colour: str
    exceptions: str
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
    """One report as it will be printed. `words` is HTML that the writer has escaped.

    `seen` is the mark of the draft as it is shown; `why_not` and `lines` say why a draft was not issued.
    """

    report: ExceptionReport
    about: str
    state: str
    colour: str
    is_draft: bool
    may_issue: bool
    words: SafeString
    downloads: tuple[Download, ...]
    marking: str
    seen: str
    why_not: str
    lines: tuple[LineChanged, ...]
    more_lines: int


def list_page(user: Reader, query: QueryDict, *, on: date, form: DraftForm | None = None) -> ReportListPage:
    """The reports the address asks for. `?plan=KEY` chooses that plan in the form."""
    found = REPORTS.read(query, reports_visible_to(user).defer("rows", "resolved"))
    chosen = plans_visible_to(user).filter(key=query.get("plan", "")).first()
    return ReportListPage(
        found.with_rows(_row(user, report) for report in found.rows),
        form or DraftForm(user=user, on=on, initial={"plan": chosen} if chosen else {}),
    )


def _row(user: Reader, report: ExceptionReport) -> ReportRow:
    state = ReportState(report.state)
    # The counts of a report hold every row; whoever may not read all of them sees those they may on its page.
    whole = report.tier in EVERY_MEMBER or permissions.reads_all_tiers(user)
    return ReportRow(
        href=addresses.of_report(report.pk),
        as_at=report.as_at,
        about=about(report),
        state=REPORT_LABELS[state],
        colour="yellow" if state == ReportState.DRAFT else "green",
        exceptions=f"{report.counts['exceptions']:,}" if whole else "Shown in part",
        new=f"{report.counts['new']:,}" if whole and report.previous_id else "–",
    )


def report_page(user: Reader, report: ExceptionReport, old: DraftIsOld | None = None) -> ReportPage:
    """The report on screen: the same document that is printed. `old`: why it was not issued."""
    row = _row(user, report)
    read = read_report(user, report)
    lines = old.lines if old else []
    return ReportPage(
        report=report,
        about=row.about,
        state=row.state,
        colour=row.colour,
        is_draft=report.state == ReportState.DRAFT,
        may_issue=report.state == ReportState.DRAFT and permissions.can_issue_report(user),
        words=mark_safe(to_html(exception_report_document(read), standalone=False)),  # noqa: S308 escaped there
        downloads=tuple(Download(label, name) for name, label in REPORT_FORMATS.items()),
        marking=read.tier.marking,
        seen=fingerprint(report),
        why_not=old.sentence if old else "",
        lines=tuple(lines[:MOST_LINES]),
        more_lines=max(0, len(lines) - MOST_LINES),
    )
