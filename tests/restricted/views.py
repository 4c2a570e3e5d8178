"""Pages, exports and files of a restricted record, as an app of child-level records will write its own."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import include, path

from sightline.access.guard import SIGNED_IN, gathers_closed, needs, opens
from sightline.access.permissions import Refused
from sightline.documents.serving import download
from sightline.knowing.choices import NOT_ON_LIST
from sightline.screens.taking import csv_response
from tests.restricted.models import CaseNote, cases_visible_to


def find_case(reader: Any, number: int) -> CaseNote:
    return get_object_or_404(cases_visible_to(reader), pk=number)


@needs(SIGNED_IN)
@gathers_closed
def cases(request: HttpRequest) -> HttpResponse:
    """References alone; each name behind a click."""
    return render(request, "restricted/cases.html", {"cases": cases_visible_to(request.user).order_by("pk")})


@needs(SIGNED_IN)
@opens(find_case)
def case(request: HttpRequest, found: CaseNote) -> HttpResponse:
    """One case, as it stood on the day that the address asks for."""
    on = date.fromisoformat(request.GET.get("as_at") or "9999-12-31")
    states = found.states.filter(as_at__lte=on).order_by("as_at")
    return render(request, "restricted/case.html", {"case": found, "states": states})


@needs(SIGNED_IN)
@gathers_closed
def export(request: HttpRequest) -> HttpResponseBase:
    """Every case that opens to the reader."""
    rows = ((str(found.reference), found.title) for found in cases_visible_to(request.user))
    return csv_response("cases", ["Reference", "Title"], rows)


@needs(SIGNED_IN)
@opens(find_case)
def file(request: HttpRequest, found: CaseNote) -> HttpResponseBase:
    """The file that is kept with a case."""
    if found.document is None:
        raise Http404
    return download(found.document)


@needs(SIGNED_IN)
@opens(find_case)
def broken(request: HttpRequest, found: CaseNote) -> HttpResponse:
    """What fails with the words of a case in its mouth."""
    raise ValueError(f"{found.title}: {found.words}")


@needs(SIGNED_IN)
def refused(request: HttpRequest, number: int) -> HttpResponse:
    """What is refused rather than not found."""
    raise Refused(NOT_ON_LIST)


urlpatterns = [
    path("cases/", cases, name="cases"),
    path("cases/csv/", export, name="cases_csv"),
    path("cases/<int:number>/", case, name="case"),
    path("cases/<int:number>/file/", file, name="case_file"),
    path("cases/<int:number>/broken/", broken, name="case_broken"),
    path("cases/<int:number>/refused/", refused, name="case_refused"),
    path("", include("sightline.site.urls")),
]
handler400 = "sightline.site.errors.bad_request"
handler403 = "sightline.site.errors.forbidden"
handler404 = "sightline.site.errors.not_found"
handler500 = "sightline.site.errors.server_error"
