"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.guard import SIGNED_IN, needs
from sightline.dashboards.pages import home_page


@needs(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs whoever is signed in."""
    page = home_page(request.user, timezone.localdate(), timezone.now())  # type: ignore[arg-type]
    return render(request, "dashboards/home.html", {"page": page})
