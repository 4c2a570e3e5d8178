"""The page of the outbox, for the unit."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from sightline.events.choices import StaleRecord
from sightline.events.marks import needs
from sightline.messages import selectors, services
from sightline.messages.pages import outbox_page


@needs("jobs_view")
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """What waits, what was sent, and what no mail server has taken."""
    return render(request, "messages/list.html", {"page": outbox_page(request.GET)})


@needs("jobs_view")
@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a mail that was given up on another round of tries."""
    mail = get_object_or_404(selectors.mail(), pk=pk)
    try:
        services.try_again(mail, by=cast(Any, request.user).actor)
    except StaleRecord as stale:
        messages.warning(request, stale.sentence)
    else:
        messages.success(request, "The e-mail waits in the outbox again.")
    return redirect("outbox:list")
