"""Exception reports: their list, drafting, one report, taking it away, issuing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.plans import permissions, services
from sightline.plans.forms.reports import DraftForm
from sightline.plans.models import ExceptionReport
from sightline.plans.pages import reports as pages
from sightline.plans.reports.paper import REPORT_FORMATS, print_report, report_name
from sightline.plans.selectors import get_report
from sightline.plans.services.reports import DraftIsOld
from sightline.rendering import MEDIA_TYPES

REFUSED = 422


@needs(Permission.REPORT_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def report_list(request: HttpRequest) -> HttpResponse:
    """The reports made so far; a POST drafts one, or makes its standing draft anew."""
    user, today = _who(request), timezone.localdate()
    permissions.check_run_report(user)
    form = DraftForm(request.POST, user=user, on=today) if request.method == "POST" else None
    if form is not None and form.is_valid():
        try:
            report = services.draft_exception_report(
                **form.cleaned_data, by=actor_of(request), now=timezone.now()
            )
        except Unacceptable as refused:
            form.add_error("as_at", str(refused))
        else:
            return redirect("plans:report", report.pk)
    page = pages.list_page(user, request.GET, on=today, form=form)
    context = {"page": page, "form": page.form}
    return render(request, "plans/reports.html", context, status=REFUSED if form else 200)


@needs(Permission.REPORT_RUN)
@require_safe
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One report: what will be printed, with every line leading to its action and its source."""
    found = _report(request, number)
    page = pages.report_page(_who(request), found)
    return render(request, "plans/report.html", {"page": page, "marking": page.marking})


@needs(Permission.REPORT_RUN)
@require_safe
def report_download(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """The report as a file."""
    if format not in REPORT_FORMATS:
        raise Http404
    found = _report(request, number)
    permissions.check_run_report(_who(request))
    content = print_report(
        found,
        format,
        site_address=request.build_absolute_uri("/")[:-1],
        user=_who(request),
        by=actor_of(request),
    )
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{report_name(found, format)}"'
    return answer


@needs(Permission.REPORT_ISSUE)
@require_POST
def report_issue(request: HttpRequest, number: int) -> HttpResponse:
    """Issue a draft: its rows, its day and who issued it are frozen. Where the plan has moved on, they are asked."""
    found, answers = _report(request, number), request.POST
    permissions.check_issue_report(_who(request))
    try:
        services.issue_exception_report(
            found,
            seen=answers.get("seen", ""),
            as_drafted="as_drafted" in answers,
            by=actor_of(request),
            now=timezone.now(),
        )
    except DraftIsOld as old:
        page = pages.report_page(_who(request), found, old)
        return render(request, "plans/report.html", {"page": page, "marking": page.marking}, status=REFUSED)
    except StaleRecord as stale:
        messages.error(request, stale.sentence)
    else:
        messages.success(request, "The report was issued. Its rows will not change.")
    return redirect("plans:report", number)


def _who(request: HttpRequest) -> Any:
    return request.user


def _report(request: HttpRequest, number: int) -> ExceptionReport:
    try:
        return get_report(_who(request), number)
    except ExceptionReport.DoesNotExist:
        raise Http404 from None
