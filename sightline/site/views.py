"""Pages that belong to no app: administration, health, the partnership's colour, the components."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.guard import PUBLIC, SIGNED_IN, needs
from sightline.access.permissions import scope_of
from sightline.partners.selectors import partnership
from sightline.screens import navigation
from sightline.site import brand, showcase
from sightline.site.readiness import NO_DATABASE, reasons_not_ready, waits

A_DAY = 24 * 60 * 60


@needs(SIGNED_IN)
@require_safe
def administration(request: HttpRequest) -> HttpResponse:
    """What looks after Sightline itself, as far as it is this person's."""
    return render(request, "site/administration.html", {"links": navigation.gathered(scope_of(request.user))})


@needs(PUBLIC)
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Whether the site can answer: 200 "ok", or 503 when the database does not. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse(f"{NO_DATABASE}\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@needs(PUBLIC)
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Whether people can be served: 200 "ready", or 503 with a line for each reason why not."""
    try:
        reasons = reasons_not_ready()
        lines = reasons or ["ready", *waits(timezone.now())]
    except DatabaseError:
        lines = reasons = [NO_DATABASE]
    told = "".join(f"{line}\n" for line in lines)
    return HttpResponse(told, status=503 if reasons else 200, content_type="text/plain; charset=utf-8")


@needs(PUBLIC)
@require_safe
def brand_style(request: HttpRequest) -> HttpResponse:
    """The partnership's colour. The address carries the colour, so a browser may keep it."""
    shown = partnership()
    answer = HttpResponse(
        brand.style_sheet(shown.brand_colour if shown else ""), content_type="text/css; charset=utf-8"
    )
    answer["Cache-Control"] = f"public, max-age={A_DAY}"
    return answer


@needs(PUBLIC)
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Not served in production."""
    return render(request, "site/components.html", showcase.context(request))
