"""A page of a restricted record, as an app of child-level records will write its own."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import include, path

from sightline.access.guard import SIGNED_IN, needs, opens
from tests.restricted.models import CaseNote, cases_visible_to


def find_case(reader: Any, number: int) -> CaseNote:
    return get_object_or_404(cases_visible_to(reader), pk=number)


@needs(SIGNED_IN)
@opens(find_case)
def case(request: HttpRequest, found: CaseNote) -> HttpResponse:
    return HttpResponse(found.title)


urlpatterns = [path("cases/<int:number>/", case, name="case"), path("", include("sightline.site.urls"))]
