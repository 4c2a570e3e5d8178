"""The hand-over page of an owner, on screen and on paper."""

from __future__ import annotations

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.partners.choices import PartyKind
from sightline.partners.models import Party
from sightline.partners.selectors import party
from sightline.plans.pages import handing_over as pages
from sightline.plans.reports.handing_over import HAND_OVER_FORMATS, hand_over_name, print_hand_over
from sightline.plans.views.finding import who
from sightline.rendering import MEDIA_TYPES


@needs(Permission.PLANS_VIEW)
@require_safe
def hand_over(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """All that somebody answers for: for whoever takes over."""
    page = pages.hand_over_page(who(request), _party(kind, number), request.GET)
    return render(request, "plans/hand_over.html", {"page": page, "marking": page.tier.marking})


@needs(Permission.EXPORT)
@require_safe
def hand_over_download(request: HttpRequest, kind: str, number: int, format: str) -> HttpResponse:
    """The same as a file."""
    if format not in HAND_OVER_FORMATS:
        raise Http404
    found, on = _party(kind, number), timezone.localdate()
    content = print_hand_over(found, format, user=who(request), by=actor_of(request), on=on)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{hand_over_name(found, format, on)}"'
    return answer


def _party(kind: str, number: int) -> Party:
    """The owner of the address. Raises Http404."""
    if kind not in set(PartyKind) or number >= 10**9:
        raise Http404("There is no such owner.")
    try:
        return party(PartyKind(kind), number)
    except ObjectDoesNotExist:
        raise Http404("There is no such owner.") from None
