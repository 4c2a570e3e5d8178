"""The exception report for somebody's hand: drafted or issued, and written in the format they ask for."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.text import slugify

from sightline.events.choices import Actor, Unacceptable
from sightline.partners.models import Group
from sightline.plans.models import ExceptionReport, Plan
from sightline.plans.permissions import check_issue_report, check_run_report, check_view_report
from sightline.plans.reports.exceptions import about, exception_report_document
from sightline.plans.selectors.reports import read_report
from sightline.plans.selectors.visible import plans_visible_to
from sightline.plans.services.reports import draft_exception_report, issue_exception_report, note_report
from sightline.rendering import write

if TYPE_CHECKING:
    from sightline.plans.permissions import Reader

REPORT_FORMATS = {"docx": "Word", "pdf": "PDF", "xlsx": "Excel", "html": "web page"}


def print_exception_report(
    group_key: str | None,
    *,
    as_at: date,
    format: str,
    issue: bool = False,
    plan_key: str | None = None,
    site_address: str = "",
    user: Reader,
    by: Actor,
    now: datetime,
) -> bytes:
    """Draft the report of a group (the partnership where no key is given) or of one plan, issue it, and write it.

    It is issued where asked; what is written holds what `user` may read.

    Links lead to `site_address`, or to the site that the settings name where nobody asks through a browser.
    Raises Refused, UnknownFormat, and Unacceptable for a group or plan nobody knows and for a day ahead.
    """
    (check_issue_report if issue else check_run_report)(user)
    plan = _plan(plan_key, user) if plan_key else None
    report = draft_exception_report(_group(group_key), as_at=as_at, plan=plan, by=by, now=now)
    check_view_report(user, report)
    if issue:
        report = issue_exception_report(report, by=by, now=now)
    return print_report(report, format, site_address=site_address or site_of_settings(), user=user, by=by)


def site_of_settings() -> str:
    """The first address the site is served under, this computer's own where it is served to nobody else."""
    return next(iter(settings.CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000")


def print_report(
    report: ExceptionReport, format: str, *, site_address: str, user: Reader, by: Actor
) -> bytes:
    """The report, as this person reads it, as a file in one of `REPORT_FORMATS`, journalled. Raises UnknownFormat."""
    content = write(exception_report_document(read_report(user, report), site_address=site_address), format)
    note_report(report, format, by=by)
    return content


def report_name(report: ExceptionReport, format: str) -> str:
    """The name of the printed file: "exception-report-business-group-2026-06-15.docx"."""
    name = slugify(about(report))[:60]
    return f"exception-report-{name}-{report.as_at.isoformat()}.{format}"


def _group(key: str | None) -> Group | None:
    if key is None:
        return None
    found = Group.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Group.objects.order_by("key").values_list("key", flat=True)) or "none yet"
        raise Unacceptable({"group": f"There is no group “{key}”. Groups: {known}."})
    return found


def _plan(key: str, user: Reader) -> Plan:
    found = plans_visible_to(user).filter(key=key).first()
    if found is None:
        raise Unacceptable({"plan": f"There is no plan “{key}”. The address of a plan ends in its key."})
    return found
