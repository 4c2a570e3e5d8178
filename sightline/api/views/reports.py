"""Exception reports."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Path, Query, Router

from sightline.access.choices import Permission, TokenScope
from sightline.access.models import User
from sightline.api import schemas, shapes
from sightline.api.asking import USUAL, After, Limit, page_address, page_of, slice_of
from sightline.api.problems import gone
from sightline.api.serving import answers, caller
from sightline.api.values import BIGGEST
from sightline.plans.choices import ReportState
from sightline.plans.models import ExceptionReport
from sightline.plans.reports.paper import REPORT_FORMATS
from sightline.plans.selectors import ReportRead, get_report, read_report, reports_visible_to

router = Router(tags=["Reports"])
Id = Annotated[int, Path(ge=1, le=BIGGEST)]


@router.get(
    "reports",
    response=answers(schemas.ReportList),
    url_name="reports",
    summary="List reports",
    operation_id="reports",
)
def reports(
    request: HttpRequest,
    response: HttpResponse,
    state: Annotated[ReportState | None, Query()] = None,
    after: After = 0,
    limit: Limit = USUAL,
) -> schemas.ReportList:
    """The exception reports that the person may open, the newest first."""
    user = caller(request, TokenScope.REPORTS_READ, Permission.REPORT_RUN).user
    found = reports_visible_to(user).defer(
        "rows", "resolved", "counts", "previous__rows", "previous__resolved"
    )
    rows, more = page_of(
        request, response, found.filter(state=state) if state else found, after, limit, newest=True
    )
    return schemas.ReportList(items=[schemas.ReportOut(**shapes.report(each)) for each in rows], next=more)


@router.get(
    "reports/{number}",
    response=answers(schemas.ReportWhole),
    url_name="report",
    summary="One report",
    operation_id="report",
)
def report(request: HttpRequest, number: Id) -> schemas.ReportWhole:
    """A report: how many of its rows the person may read, and where its files are."""
    read = report_read(caller(request, TokenScope.REPORTS_READ, Permission.REPORT_RUN).user, number)
    files = [
        schemas.FileOut(
            format=name, address=page_address(reverse("plans:report_download", args=[number, name]))
        )
        for name in REPORT_FORMATS
    ]
    return schemas.ReportWhole(
        **shapes.report(read.report), rows=len(read.rows), left_out=read.left_out, files=files
    )


@router.get(
    "reports/{number}/rows",
    response=answers(schemas.ReportRows),
    url_name="report_rows",
    summary="Rows of a report",
    operation_id="report_rows",
)
def report_rows(
    request: HttpRequest, response: HttpResponse, number: Id, after: After = 0, limit: Limit = USUAL
) -> schemas.ReportRows:
    """The rows of a report that the person may read, in printed order."""
    read = report_read(caller(request, TokenScope.REPORTS_READ, Permission.REPORT_RUN).user, number)
    rows, more = slice_of(request, response, read.rows, after, limit)
    return schemas.ReportRows(items=[shapes.report_row(each) for each in rows], next=more)


def report_read(user: User, number: int) -> ReportRead:
    """The report as this person reads it. Raises Problem also where it may not be known to exist."""
    try:
        return read_report(user, get_report(user, number))
    except ExceptionReport.DoesNotExist:
        raise gone() from None
