"""Addresses of the API, each behind the guard's own wrapping."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, path

from sightline.access.pace import PROGRAMS
from sightline.api.serving import api, serve
from sightline.api.views import actions, partners, plans, recommendations, reference, reports

app_name = "api"
for router in (plans.router, actions.router, recommendations.router, partners.router, reports.router):
    api.add_router("", router)


def operations() -> Iterator[URLPattern]:
    """Every address of the document; ninja's own pages are left out."""
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            yield path(f"{PROGRAMS[1:]}{pattern.pattern}", serve(pattern.callback), name=pattern.name)


urlpatterns = [
    path("api/", reference.reference, name="reference"),
    path("api/v1/openapi.json", serve(reference.openapi), name="openapi"),
    *operations(),
    path("api/v1/<path:rest>", serve(reference.nothing_here), name="nothing_here"),
]
