"""The journal on screen and as a file. The permission goes by its name: `access` stands above."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.events import reports, selectors, services
from sightline.events.choices import Actor
from sightline.events.forms import JournalFilter, ShredForm
from sightline.events.marks import needs
from sightline.events.pages import entry_page, journal_page, record_page, shred_page
from sightline.events.services.keeping import knowingly

FORMATS: dict[str, tuple[Callable[[reports.Sealed], Iterator[bytes]], str]] = {
    "csv": (reports.csv_of, "text/csv; charset=utf-8"),
    "jsonl": (reports.json_lines_of, "application/jsonl; charset=utf-8"),
}


def _actor(request: HttpRequest) -> Actor:
    return cast(Actor, cast(Any, request.user).actor)


@needs("journal_view")
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The entries the reader may see, newest first, narrowed as the address says."""
    page = journal_page(request.user, request.GET)
    services.note_read(JournalFilter(request.GET).asked, by=_actor(request))
    return render(request, "events/journal.html", {"page": page})


@needs("journal_view")
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry: before and after, who and as what, and its seal."""
    found = get_object_or_404(selectors.readable(request.user), pk=number)
    shreds = selectors.may_shred(request.user)
    may = shreds and selectors.shreddable(request.user).filter(pk=number).exists()
    page = entry_page(found, may_shred=may, is_own=shreds and not may)
    services.note_entry_read(found, by=_actor(request))
    return render(request, "events/entry.html", {"page": page})


@needs("journal_sample")
@require_http_methods(["GET", "HEAD", "POST"])
def shred(request: HttpRequest, number: int) -> HttpResponse:
    """Remove the personal values of an entry for good, with the reason: for data protection alone."""
    found = get_object_or_404(selectors.shreddable(request.user), pk=number)
    form = ShredForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keep = knowingly(services.shred, form, request.path, by=_actor(request))
        fields = keep(found, by=_actor(request), reason=form.cleaned_data["reason"])
        if fields:
            messages.success(request, "The personal values of this entry are removed for good.")
        else:
            messages.info(request, "This entry holds no personal values any more.")
        return redirect("journal:entry", number)
    page = shred_page(found, form)
    services.note_entry_read(found, by=_actor(request))
    return render(
        request, "events/shred.html", {"page": page, "form": form}, status=422 if form.is_bound else 200
    )


@needs("journal_view")
@require_safe
def of_record(request: HttpRequest, app: str, model: str, number: int) -> HttpResponse:
    """Everything recorded about one record, for those who may read it; of one that is gone, the entries that are left.

    Of one that they may not know of they read no entry either, so it is as if there had never been any.
    """
    found = selectors.guarded_record(request.user, app, model, number)
    if found is None:
        if not selectors.entries_of_gone(request.user, app, model, number).exists():
            raise Http404
        return redirect(f"{reverse('journal:list')}?record={app}.{model}.{number}")
    guard, record = found
    page = record_page(guard, record, request.user, request.GET)
    services.note_read(JournalFilter(request.GET).asked, by=_actor(request), about=record)
    return render(request, "events/record.html", {"page": page})


@needs("journal_view")
@require_safe
def take(request: HttpRequest, format: str) -> StreamingHttpResponse:
    """The entries as a file, narrowed as they were shown."""
    if format not in FORMATS:
        raise Http404
    write, kind = FORMATS[format]
    form = JournalFilter(request.GET)
    found = selectors.narrowed(selectors.readable(request.user), form.wanted())
    services.note_taken_away(form.asked, format, by=_actor(request))
    name = f"journal-{timezone.localdate().isoformat()}.{format}"
    return StreamingHttpResponse(
        write(selectors.one_by_one(found.rows, found.reach)),
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
