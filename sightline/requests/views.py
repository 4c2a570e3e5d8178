"""How a round goes, for the business unit; closing it, and what is done about one link."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import scope_of
from sightline.partners.choices import Unacceptable
from sightline.rendering import MEDIA_TYPES, write
from sightline.requests import permissions, services
from sightline.requests.forms import AGAIN, AskedForm
from sightline.requests.models import Round
from sightline.requests.pages import FORMATS, asked_page, round_page, round_table
from sightline.requests.selectors import asked_of, rounds_visible_to

REFUSED = 422


@needs(Permission.PLAN_WRITE)
@require_safe
def round_(request: HttpRequest, number: int) -> HttpResponse:
    """Who was asked, who answered, who is silent."""
    user: Any = request.user
    page = round_page(user, _found(request, number), request.GET)
    return render(request, "requests/round.html", {"page": page})


@needs(Permission.PLAN_WRITE)
@require_safe
def export(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """Who was asked and who answered, as a file, narrowed and ordered as it was shown; journalled."""
    found = _found(request, number)
    permissions.check_export(request.user)
    if format not in FORMATS.values():
        raise Http404("Lists are taken away as CSV or Excel.")
    document = round_table(found, request.GET, scope_of(request.user).marking)
    services.note_list_taken(found, format, request.GET.urlencode(), by=actor_of(request))
    headers = {"Content-Disposition": f'attachment; filename="round-{number}.{format}"'}
    return HttpResponse(write(document, format), content_type=MEDIA_TYPES[format], headers=headers)


@needs(Permission.PLAN_WRITE)
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """Close the round: its links lead nowhere from then on."""
    found = _found(request, number)
    if services.close_round(found, by=actor_of(request), now=timezone.now()):
        messages.success(request, "The round is closed. Its links lead nowhere any more.")
    else:
        messages.info(request, "The round was closed already.")
    return redirect("requests:round", number)


@needs(Permission.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest, number: int, asked: int) -> HttpResponse:
    """Send somebody a new link, or end theirs."""
    user: Any = request.user
    permissions.check_keep_round(user)
    found = get_object_or_404(asked_of(user, number), pk=asked)
    form = AskedForm(request.POST if request.method == "POST" else None, initial={"email": found.email})
    if form.is_valid():
        try:
            messages.success(request, _do(found, form, by=actor_of(request)))
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            return redirect("requests:round", number)
    context = {"page": asked_page(found, form), "form": form}
    return render(request, "requests/asked.html", context, status=REFUSED if form.is_bound else 200)


def _do(found: Any, form: AskedForm, *, by: Any) -> str:
    if form.cleaned_data["do"] == AGAIN:
        mail = services.send_again(found, form.cleaned_data["email"], by=by, now=timezone.now())
        return f"A new link is on its way to {mail.email}. The earlier ones do not work any more."
    ended = services.end_link(found, by=by, now=timezone.now())
    return f"The link of {found.name} is ended." if ended else f"The link of {found.name} was ended already."


def _found(request: HttpRequest, number: int) -> Round:
    user: Any = request.user
    found: Round = get_object_or_404(rounds_visible_to(user), pk=number)
    permissions.check_keep_round(user, found)
    return found
