"""Exporting everything: the list, asking for one, one of them, and taking it away."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.models import User
from sightline.access.proving import has_proved, to_proof
from sightline.carrying import pages, selectors, services
from sightline.carrying.choices import PROVE_AGAIN, Refused
from sightline.carrying.forms import AskForm
from sightline.carrying.models import WholeExport
from sightline.carrying.permissions import check_export_whole

REFUSED = 422


@needs(Permission.EXPORT_WHOLE)
@never_cache
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Every export that was asked for."""
    check_export_whole(request.user)
    page = pages.exports_page(request.user, request.GET)
    return render(request, "carrying/exports.html", {"page": page})


@needs(Permission.EXPORT_WHOLE)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Ask for an export, after proving once more who one is."""
    user = cast(User, request.user)
    check_export_whole(user)
    if not has_proved(request):
        return to_proof(request, resolve_url("carrying:new"), PROVE_AGAIN)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = knowingly(services.ask, form, request)(
                form.cleaned_data["reason"], user=user, by=actor_of(request), now=timezone.now()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("carrying:export", made.pk)
    status = REFUSED if form.is_bound else 200
    return render(request, "carrying/new.html", {"form": form}, status=status)


@needs(Permission.EXPORT_WHOLE)
@never_cache
@require_safe
def export(request: HttpRequest, number: int) -> HttpResponse:
    """One export: how far it is, what is in it, and until when it can be fetched."""
    found = _export(request, number)
    page = pages.export_page(request.user.pk, found, timezone.now())
    return render(request, "carrying/export.html", {"page": page})


@needs(Permission.EXPORT_WHOLE)
@never_cache
@require_safe
def export_file(request: HttpRequest, number: int) -> HttpResponse | FileResponse:
    """The file, for whoever asked for it, after proving once more who one is."""
    found = _export(request, number)
    if found.asked_by_id != request.user.pk:
        raise Http404("Only whoever asked for an export takes it away. Ask for one of your own.")
    if not has_proved(request):
        return to_proof(request, resolve_url("carrying:export", number), PROVE_AGAIN)
    try:
        file = services.opened(found, timezone.now())
    except Refused as refused:
        raise Http404(str(refused)) from None
    services.note_taken(found, by=actor_of(request))
    answer = FileResponse(
        file, as_attachment=True, filename=pages.file_name(found), content_type="application/zip"
    )
    answer.headers["Content-Length"] = str(found.size)
    return answer


def _export(request: HttpRequest, number: int) -> WholeExport:
    check_export_whole(request.user)
    return get_object_or_404(selectors.exports(request.user), pk=number)
