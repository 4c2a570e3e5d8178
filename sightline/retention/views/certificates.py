"""Certificates: the list, one of them, and as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.rendering import MEDIA_TYPES, write
from sightline.retention import selectors, services
from sightline.retention.choices import ItemState
from sightline.retention.models import Certificate
from sightline.retention.pages import certificates as pages
from sightline.retention.permissions import check_keep
from sightline.retention.reports import certificate_document


@needs(Permission.RETENTION_KEEP)
@require_safe
def certificates(request: HttpRequest) -> HttpResponse:
    """Every certificate, the newest first."""
    check_keep(request.user)
    return render(request, "retention/certificates.html", {"page": pages.certificates_page(request.GET)})


@needs(Permission.RETENTION_KEEP)
@require_safe
def certificate(request: HttpRequest, number: str) -> HttpResponse:
    """One certificate; its list is held against the digest that was certified."""
    found = _certificate(request, number)
    digest = services.digest_of(found.disposal, found.told["noun"])
    page = pages.certificate_page(found, request.GET, digest)
    return render(request, "retention/certificate.html", {"page": page})


@needs(Permission.RETENTION_KEEP)
@require_safe
def certificate_file(request: HttpRequest, number: str, format: str) -> HttpResponse:
    """One certificate as a file."""
    if format not in pages.FORMATS:
        raise Http404
    found, by = _certificate(request, number), actor_of(request)
    gone = selectors.items_of(found.disposal).filter(state=ItemState.DISPOSED)
    numbers = gone.values_list("number", flat=True).iterator(chunk_size=2_000)
    document = certificate_document(found, pages.certified(found), numbers, by.label, timezone.now())
    content = write(document, format)
    services.note_certificate_taken(found, format, by=by)
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{pages.file_name(found, format)}"'
    return answer


def _certificate(request: HttpRequest, number: str) -> Certificate:
    check_keep(request.user)
    return get_object_or_404(selectors.certificates(), number=number)
