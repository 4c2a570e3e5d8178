"""Unusual access: the list, one of it, and its answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord
from sightline.events.services import note_read
from sightline.oversight import selectors, services
from sightline.oversight.choices import NotYet
from sightline.oversight.forms import AnswerForm
from sightline.oversight.models import Alert
from sightline.oversight.pages.unusual import alert_journal_page, alert_page, unusual_page
from sightline.oversight.permissions import check_answer, check_look_after

REFUSED = 422


@needs(Permission.JOURNAL_SAMPLE)
@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    """What was noticed, the newest first."""
    check_look_after(_who(request))
    return render(request, "oversight/unusual.html", {"page": unusual_page(_who(request), request.GET)})


@needs(Permission.JOURNAL_SAMPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing noticed: what to look at, and the answer."""
    check_look_after(_who(request))
    found = get_object_or_404(selectors.alerts(_who(request)), pk=pk)
    form = None
    if request.method == "POST":
        check_answer(_who(request), found)
        form = AnswerForm(request.POST)
        if form.is_valid() and _answered(request, found, form):
            messages.success(request, "Your answer is kept.")
            return redirect("oversight:unusual")
    page = alert_page(_who(request), found, form)
    status = REFUSED if form else 200
    return render(request, "oversight/alert.html", {"page": page, "form": page.form}, status=status)


@needs(Permission.JOURNAL_SAMPLE)
@require_safe
def alert_journal(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person did on that day, as the journal tells it. That it was read is told of to nobody else."""
    check_look_after(_who(request))
    found = get_object_or_404(selectors.alerts(_who(request)), pk=pk)
    page = alert_journal_page(_who(request), found, request.GET)
    note_read("", by=actor_of(request), about=found)
    return render(request, "oversight/alert_journal.html", {"page": page, "alert": found})


def _answered(request: HttpRequest, found: Alert, form: AnswerForm) -> bool:
    """Whether the answer was kept; what stood in the way is told on the form."""
    given, by = form.cleaned_data, actor_of(request)
    try:
        knowingly(services.answer, form, request)(
            found, form.answered(), given["words"], version=given["version"], by=by, now=timezone.now()
        )
    except (StaleRecord, NotYet) as refused:
        form.refuse(refused.sentence, found)
        return False
    return True


def _who(request: HttpRequest) -> Any:
    return request.user
