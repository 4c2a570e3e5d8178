"""The page of background work, for the unit."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.events.choices import StaleRecord
from sightline.events.marks import needs
from sightline.jobs import selectors, services
from sightline.jobs.choices import UnknownJob
from sightline.jobs.pages import jobs_page


@needs("jobs_view")
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """What is waiting, running, done and failed, and whether a worker is running."""
    return render(request, "jobs/list.html", {"page": jobs_page(request.GET, timezone.now())})


@needs("jobs_view")
@require_POST
def job_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed job back in the queue."""
    job = get_object_or_404(selectors.jobs(), pk=pk)
    try:
        services.try_again(job, by=cast(Any, request.user).actor)
    except StaleRecord as stale:
        messages.warning(request, stale.sentence)
    except UnknownJob:
        messages.error(request, services.UNKNOWN)
    else:
        messages.success(request, "The work waits in the queue again.")
    return redirect("jobs:list")
