"""Disposals: the list, one of them, approving, sending back, carrying out; and one record."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Way
from sightline.events.disposing import Kind, kinds
from sightline.retention import selectors, services
from sightline.retention.choices import NotPossible
from sightline.retention.forms import ApproveForm, KeepForm, VersionForm
from sightline.retention.models import Disposal
from sightline.retention.pages import disposals as pages
from sightline.retention.permissions import check_carry_out, check_keep

REFUSED = 422


@needs(Permission.RETENTION_KEEP)
@require_safe
def disposals(request: HttpRequest) -> HttpResponse:
    """Every disposal, the newest first."""
    check_keep(request.user)
    return render(request, "retention/disposals.html", {"page": pages.disposals_page(request.GET)})


@needs(Permission.RETENTION_KEEP)
@require_safe
def disposal(request: HttpRequest, number: int) -> HttpResponse:
    """One disposal with its records."""
    return _page(request, _disposal(request, number))


@needs(Permission.RETENTION_KEEP)
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Approve what waits, for a second person to carry out."""
    found = _disposal(request, number)
    if found.rule not in kinds():
        raise Http404
    form = pages.approve_form(found, None, request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    given = form.cleaned_data
    try:
        knowingly(services.approve, form, request)(
            found,
            Way(given["way"]),
            reason=given["reason"],
            version=given["version"],
            by=actor_of(request),
            now=timezone.now(),
        )
    except (StaleRecord, NotPossible) as refused:
        form.add_error(None, refused.sentence)
        return _page(request, found, form)
    messages.success(request, "Approved. Somebody else who keeps retention carries it out.")
    return redirect("retention:disposal", number)


@needs(Permission.RETENTION_KEEP)
@require_POST
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Take an approval back."""
    found = _disposal(request, number)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        services.send_back(found, version=version, by=actor_of(request), now=timezone.now())
    except StaleRecord as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Sent back. It is a proposal again.")
    return redirect("retention:disposal", number)


@needs(Permission.RETENTION_KEEP)
@require_POST
def carry_out(request: HttpRequest, number: int) -> HttpResponse:
    """Let an approved disposal be carried out, as its second person."""
    found = _disposal(request, number)
    check_carry_out(request.user, found)
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        services.order(found, version=version, by=actor_of(request), now=timezone.now())
    except (StaleRecord, NotPossible) as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "It is being carried out. The certificate stands here once it is done.")
    return redirect("retention:disposal", number)


@needs(Permission.RETENTION_KEEP)
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, rule: str, number: int) -> HttpResponse:
    """What retention knows of one record; keeping it longer."""
    check_keep(request.user)
    kind, known = _record(rule, number)
    form = KeepForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            given = {**form.values(), "by": actor_of(request), "now": timezone.now()}
            kept = knowingly(services.keep_longer, form, request)(kind, number, **given)
        except NotPossible as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, "It is kept until then.")
            return redirect("retention:record", rule, kept.number)
    page = pages.record_page(kind, number, known, form)
    status = REFUSED if form.is_bound else 200
    return render(request, "retention/record.html", {"page": page, "form": form}, status=status)


def _record(rule: str, number: int) -> tuple[Kind, Any]:
    """The record, or what is left of it in disposals."""
    if rule not in kinds():
        raise Http404
    known = selectors.record_of(kinds()[rule], number)
    if not known["exists"] and not known["items"]:
        raise Http404
    return kinds()[rule], known


def _disposal(request: HttpRequest, number: int) -> Disposal:
    check_keep(request.user)
    return get_object_or_404(selectors.disposals(), pk=number)


def _page(request: HttpRequest, found: Disposal, form: ApproveForm | None = None) -> HttpResponse:
    """The page, with what was refused even where there is nothing to approve any more. A rule that is no more: 404."""
    rule = selectors.rule_of_disposal(found)
    if rule is None:
        raise Http404
    page = pages.disposal_page(request.user, found, rule, request.GET, form)
    told = {"page": page, "form": form or page.approve}
    return render(request, "retention/disposal.html", told, status=REFUSED if form else 200)
