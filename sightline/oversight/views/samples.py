"""Samples of the journal: the list, one of them, its entries, signing, the report."""

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
from sightline.events.choices import StaleRecord
from sightline.events.services import note_entry_read, note_read
from sightline.oversight import selectors, services
from sightline.oversight.choices import NotYet
from sightline.oversight.forms import MarkForm, SignForm
from sightline.oversight.models import Sample
from sightline.oversight.pages import samples as pages
from sightline.oversight.permissions import check_look_after
from sightline.oversight.reports import sample_document
from sightline.rendering import MEDIA_TYPES, write

REFUSED = 422


@needs(Permission.JOURNAL_SAMPLE)
@require_safe
def samples(request: HttpRequest) -> HttpResponse:
    """Every sample, the newest first."""
    check_look_after(_who(request))
    return render(request, "oversight/samples.html", {"page": pages.samples_page(_who(request), request.GET)})


@needs(Permission.JOURNAL_SAMPLE)
@require_safe
def sample(request: HttpRequest, key: str) -> HttpResponse:
    """One sample: its entries, and what was said of them. That it was read is journalled, as of the journal itself."""
    found = _sample(request, key)
    note_read("", by=actor_of(request), about=found)
    return _sample_page(request, found)


@needs(Permission.JOURNAL_SAMPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def drawn(request: HttpRequest, key: str, position: int) -> HttpResponse:
    """One entry of a sample, and what is said of it; then on to the next."""
    found = get_object_or_404(selectors.drawn_of(_sample(request, key)), position=position)
    form = None
    if request.method == "POST":
        form = MarkForm(request.POST, was=found.current_verdict)
        if form.is_valid() and _marked(request, found, form):
            following = pages.next_left(found.sample, position)
            return (
                redirect("oversight:drawn", key, following)
                if following
                else redirect("oversight:sample", key)
            )
    page = pages.drawn_page(_who(request), found, form)
    if page.entry_read and request.method != "POST":
        note_entry_read(page.entry_read, by=actor_of(request))
    status = REFUSED if form else 200
    return render(request, "oversight/drawn.html", {"page": page, "form": page.form}, status=status)


@needs(Permission.JOURNAL_SAMPLE)
@require_POST
def sign(request: HttpRequest, key: str) -> HttpResponse:
    """Sign a sample, or add the second look."""
    found, form = _sample(request, key), SignForm(request.POST)
    if not form.is_valid():
        return _sample_page(request, found, form)
    given = form.cleaned_data
    try:
        knowingly(services.sign, form, request)(
            found,
            _who(request),
            given["words"],
            version=given["version"],
            by=actor_of(request),
            now=timezone.now(),
        )
    except (StaleRecord, NotYet) as refused:
        form.refuse(refused.sentence, found)
        return _sample_page(request, found, form)
    messages.success(request, "The sample is signed.")
    return redirect("oversight:sample", key)


@needs(Permission.JOURNAL_SAMPLE)
@require_safe
def report(request: HttpRequest, key: str, format: str) -> HttpResponse:
    """The report of a sample as a file."""
    if format not in pages.FORMATS:
        raise Http404
    found, now = _sample(request, key), timezone.now()
    page = pages.sample_page(_who(request), found)
    content = write(sample_document(page, actor_of(request).label, now), format)
    services.note_report_taken(found, format, by=actor_of(request))
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    answer["Content-Disposition"] = f'attachment; filename="{pages.file_name(found, format)}"'
    return answer


def _marked(request: HttpRequest, found: Any, form: MarkForm) -> bool:
    """Whether what was said was kept; what stood in the way is told on the form."""
    given = form.cleaned_data
    try:
        knowingly(services.mark, form, request)(
            found,
            form.said(),
            given["words"],
            version=given["version"],
            by=actor_of(request),
            now=timezone.now(),
        )
    except (StaleRecord, NotYet) as refused:
        form.refuse(refused.sentence, found)
        return False
    return True


def _sample_page(request: HttpRequest, found: Sample, form: SignForm | None = None) -> HttpResponse:
    page = pages.sample_page(_who(request), found, form)
    status = REFUSED if form else 200
    return render(request, "oversight/sample.html", {"page": page, "form": page.form}, status=status)


def _sample(request: HttpRequest, key: str) -> Sample:
    check_look_after(_who(request))
    month = pages.month_named(key)
    if month is None:
        raise Http404
    return get_object_or_404(selectors.samples(_who(request)), month=month)


def _who(request: HttpRequest) -> Any:
    return request.user
