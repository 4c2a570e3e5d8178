"""Handing a role to a deputy for a time, and ending that."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access import services as access
from sightline.access.choices import CannotBeLent
from sightline.access.guard import SIGNED_IN, actor_of, needs
from sightline.access.models import Membership
from sightline.access.permissions import Refused
from sightline.access.selectors import lendings_concerning, memberships_of
from sightline.events.choices import StaleRecord
from sightline.partners.forms.deputies import DeputyForm
from sightline.partners.models import Person
from sightline.partners.pages.deputies import deputies_page, deputy_page
from sightline.screens.forms import version_sent

REFUSED = 422


@needs(SIGNED_IN)
@require_safe
def deputies(request: HttpRequest) -> HttpResponse:
    """One's own roles, what one handed on, and what was handed to one."""
    page = deputies_page(_who(request), timezone.localdate())
    return render(request, "partners/deputies.html", {"page": page})


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def deputy_new(request: HttpRequest, membership: int) -> HttpResponse:
    """Hand one of one's own roles to somebody else for a time."""
    own, today = get_object_or_404(memberships_of(_who(request).pk), pk=membership), timezone.localdate()
    form = DeputyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        days = given["starts_on"], given["ends_on"]
        try:
            lent = access.lend(own, given["to"], *days, today=today, by=actor_of(request))
        except CannotBeLent as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            messages.success(
                request, f"{lent.user.name} holds it for you on these days, and was told by e-mail."
            )
            return redirect("partners:deputies")
    page = deputy_page(own, today)
    status = REFUSED if form.is_bound else 200
    return render(request, "partners/deputy.html", {"page": page, "form": form}, status=status)


@needs(SIGNED_IN)
@require_POST
def deputy_end(request: HttpRequest, membership: int) -> HttpResponse:
    """End at once what was handed to a deputy: by either of the two, and by whoever may give the role."""
    lent = get_object_or_404(lendings_concerning(_who(request)), pk=membership)
    version, today = version_sent(request.POST.get("version", "")), timezone.localdate()
    try:
        access.end_lending(lent, version=version, today=today, by=actor_of(request))
    except (StaleRecord, Refused) as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, "It has ended.")
    return _back(request, lent)


def _back(request: HttpRequest, lent: Membership) -> HttpResponse:
    """To one's own page of deputies; somebody else to the account that it was handed to."""
    lender = lent.lent_from.user_id if lent.lent_from else None
    if _who(request).pk in (lent.user_id, lender):
        return redirect("partners:deputies")
    person = Person.objects.filter(user=lent.user_id).first()
    return redirect("partners:account", person.pk) if person else redirect("partners:accounts")


def _who(request: HttpRequest) -> Any:
    return request.user
