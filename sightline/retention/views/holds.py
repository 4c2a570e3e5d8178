"""Legal holds: the list, a new one, one of them and its end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord
from sightline.retention import selectors, services
from sightline.retention.choices import NotPossible
from sightline.retention.forms import EndForm
from sightline.retention.pages import holds as pages
from sightline.retention.permissions import check_keep

REFUSED = 422


@needs(Permission.RETENTION_KEEP)
@require_safe
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold, those that stand first."""
    check_keep(request.user)
    page = pages.holds_page(request.user, request.GET)
    return render(request, "retention/holds.html", {"page": page})


@needs(Permission.RETENTION_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Lay a hold."""
    check_keep(request.user)
    asked = {name: request.GET[name] for name in ("over", "rule", "number", "whole") if name in request.GET}
    form = pages.hold_form(request.user, request.POST if request.method == "POST" else None, asked)
    if form.is_bound and form.is_valid():
        try:
            place = knowingly(services.place_hold, form, request)
            made = place(**form.held, by=actor_of(request), now=timezone.now())
        except NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The hold stands. Nothing that it holds comes due.")
            return redirect("retention:hold", made.pk)
    status = REFUSED if form.is_bound else 200
    return render(request, "retention/hold_new.html", {"form": form}, status=status)


@needs(Permission.RETENTION_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: HttpRequest, number: int) -> HttpResponse:
    """One hold, and ending it."""
    check_keep(request.user)
    found = get_object_or_404(selectors.holds(), pk=number)
    form = EndForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            knowingly(services.end_hold, form, request)(
                found, reason=form.cleaned_data["reason"], by=actor_of(request), now=timezone.now()
            )
        except (StaleRecord, NotPossible) as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "The hold has ended. What is due is found again tonight.")
            return redirect("retention:hold", number)
    page = pages.hold_page(request.user, found, form)
    status = REFUSED if form.is_bound else 200
    return render(request, "retention/hold.html", {"page": page, "form": form}, status=status)
