"""Yearly declarations: who signed, and signing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import scope_of
from sightline.access.taking import taken
from sightline.events.choices import MARKINGS, Tier, Unacceptable
from sightline.partners import permissions, selectors, services
from sightline.partners.forms.declarations import DeclarationForm
from sightline.partners.pages import declarations as pages
from sightline.partners.rules.declarations import wording_on, wordings
from sightline.rendering.document import Document


@needs(Permission.PARTNERS_WRITE)
@require_safe
def declarations(request: HttpRequest) -> HttpResponse:
    """Everybody in a seat, and whether they have signed."""
    user: Any = request.user
    permissions.check_write(user)
    may = scope_of(user).holds(Permission.EXPORT)
    page = pages.declarations_page(user, request.GET, timezone.localdate(), may_export=may)
    return render(request, "partners/declarations.html", {"page": page, "marking": MARKINGS[Tier.T2]})


@needs(Permission.PARTNERS_WRITE)
@require_safe
def declarations_export(request: HttpRequest, format: str) -> HttpResponse:
    """The list as a file, narrowed and ordered as it was shown."""

    def make(user: Any, query: QueryDict, marking: str) -> Document:
        return pages.declarations_table(user, query, timezone.localdate(), marking)

    check, note = permissions.check_take_declarations, services.note_declarations_taken
    return taken(request, format, "declarations", make, check=check, note=note, marking=MARKINGS[Tier.T2])


@needs(Permission.PARTNERS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign one's own declaration; or enter, for the business unit, what a member signed on paper."""
    user, today = _who(request), timezone.localdate()
    person = get_object_or_404(selectors.people(user), pk=pk)
    permissions.check_declare(user, person)
    words = wording_on(today, wordings())
    form = DeclarationForm(
        request.POST if request.method == "POST" else None,
        is_paper=person.user_id != user.pk,
        initial={"wording": words.version if words else ""},
    )
    if form.is_valid():
        try:
            sign = knowingly(services.sign, form, request)
            made = sign(person, form.given(), by=actor_of(request), now=timezone.now())
        except Unacceptable as refused:
            for name, sentence in refused.problems.items():
                form.add_error(name if name in form.fields else None, sentence)
        else:
            until = f"{made.expires_on.day} {made.expires_on:%B %Y}"
            messages.success(request, f"Signed. It holds until {until}; if anything changes, sign anew.")
            return redirect("partners:declare", pk)
    context = {"page": pages.declare_page(user, person, form, today), "marking": MARKINGS[Tier.T2]}
    return render(request, "partners/declare.html", context, status=422 if form.is_bound else 200)


def _who(request: HttpRequest) -> Any:
    return request.user
