"""Unusual access: the list, one of it, and its answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord
from sightline.oversight import selectors, services
from sightline.oversight.choices import NotYet
from sightline.oversight.forms import AnswerForm
from sightline.oversight.pages.unusual import alert_page, unusual_page
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
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.answer(
                    found,
                    form.answered(),
                    given["words"],
                    version=given["version"],
                    by=actor_of(request),
                    now=timezone.now(),
                )
            except (StaleRecord, NotYet) as refused:
                form.add_error(None, refused.sentence)
            else:
                messages.success(request, "Your answer is kept.")
                return redirect("oversight:unusual")
    page = alert_page(_who(request), found, form)
    status = REFUSED if form else 200
    return render(request, "oversight/alert.html", {"page": page, "form": page.form}, status=status)


def _who(request: HttpRequest) -> Any:
    return request.user
