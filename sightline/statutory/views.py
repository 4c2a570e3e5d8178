"""The statutory pages: accessibility, privacy, cookies, and what is held about whoever is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import PUBLIC, SIGNED_IN, actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.partners.permissions import check_write
from sightline.partners.selectors import notice
from sightline.partners.services import change_notice
from sightline.rendering import EXTENSIONS, MEDIA_TYPES, write
from sightline.statutory import pages, services
from sightline.statutory.forms import NoticeForm
from sightline.statutory.reports import own_data_document, own_data_json

REFUSED = 422
PAPERS = ("docx", "html")


@needs(PUBLIC)
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement that the regulations of 2018 ask of a public body."""
    page = pages.statement_page(_who(request))
    return render(request, "statutory/accessibility.html", {"page": page})


@needs(PUBLIC)
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The privacy notice (UK GDPR, Articles 13 and 14)."""
    page = pages.privacy_page(_who(request))
    return render(request, "statutory/privacy.html", {"page": page})


@needs(PUBLIC)
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Every cookie the site sets, and why it asks for no consent."""
    return render(request, "statutory/cookies.html", {"cookies": pages.cookies()})


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def notice_edit(request: HttpRequest) -> HttpResponse:
    """Write what the partnership has to say itself on these pages."""
    check_write(_who(request))
    form = NoticeForm(request.POST if request.method == "POST" else None, notice=notice())
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            change = knowingly(change_notice, form, request)
            change(form.values(), version, by=actor_of(request), now=timezone.now())
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field, sentence)
        except StaleRecord as stale:
            return _stale(request, stale)
        else:
            messages.success(request, "The statutory pages were saved.")
            return redirect("statutory:privacy")
    return _form(request, pages.NoticePage(form))


@needs(SIGNED_IN)
@require_safe
def own_data(request: HttpRequest) -> HttpResponse:
    """What is held about whoever is signed in: the parts, and the ways to take all of it away."""
    return render(request, "statutory/own_data.html", {"page": pages.own_data_page()})


@needs(SIGNED_IN)
@require_safe
def own_part(request: HttpRequest, key: str) -> HttpResponse:
    """One part of what is held, page by page."""
    try:
        page = pages.part_page(_who(request), key, request.GET)
    except KeyError:
        raise Http404 from None
    return render(request, "statutory/own_part.html", {"page": page})


@needs(SIGNED_IN)
@require_POST
def own_data_take(request: HttpRequest, format: str) -> HttpResponseBase:
    """All of it as a file: JSON without limit, or a document. Journalled."""
    user, now = _who(request), timezone.now()
    if format not in ("json", *PAPERS):
        raise Http404
    services.note_own_data(user, format, by=actor_of(request))
    if format == "json":
        answer: HttpResponseBase = StreamingHttpResponse(
            own_data_json(user, now), content_type="application/json; charset=utf-8"
        )
    else:
        answer = HttpResponse(write(own_data_document(user, now), format), content_type=MEDIA_TYPES[format])
    ending = EXTENSIONS.get(format, f".{format}")
    answer["Content-Disposition"] = f'attachment; filename="what-is-held-about-me{ending}"'
    return answer


def _who(request: HttpRequest) -> Any:
    return request.user


def _form(request: HttpRequest, page: pages.NoticePage) -> HttpResponse:
    status = REFUSED if page.form.is_bound else 200
    return render(request, "statutory/notice.html", {"page": page, "form": page.form}, status=status)


def _stale(request: HttpRequest, stale: StaleRecord) -> HttpResponse:
    """The form again with the person's own words, beside what stands now."""
    shown = notice()
    data = request.POST.copy()
    data["version"] = str(shown.version)
    again = NoticeForm(data, notice=shown)
    again.add_error(None, stale.sentence)
    return _form(request, pages.NoticePage(again, pages.summary(shown)))
