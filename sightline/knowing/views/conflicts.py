"""Conflicts of interest: one's own, and the register that the unit keeps."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.choices import Permission
from sightline.access.guard import SIGNED_IN, actor_of, needs
from sightline.access.models import User
from sightline.access.selectors import user_by_email
from sightline.knowing import selectors, services
from sightline.knowing.forms import ConflictForm, OwnConflictForm
from sightline.knowing.pages import own_conflicts_page, register_page
from sightline.knowing.views.asking import asked_why

REFUSED = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]
KEPT = "Your conflict of interest is kept. If there is such a record, it is closed to you from now on."
NO_ACCOUNT = "Nobody signs in with this address."


@needs(SIGNED_IN)
@require_http_methods(READ_OR_SEND)
def own(request: HttpRequest) -> HttpResponse:
    """Declare a conflict of interest, and see those one has declared. The answer is the same for every reference."""
    user = cast(User, request.user)
    form = OwnConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.declare_conflict(user, **form.cleaned_data, by=actor_of(request), now=timezone.now())
        messages.success(request, KEPT)
        return redirect("knowing:conflicts")
    context = {"page": own_conflicts_page(user), "form": form}
    return render(request, "knowing/conflicts.html", context, status=REFUSED if form.is_bound else 200)


@needs(Permission.CONFLICTS_KEEP)
@require_http_methods(READ_OR_SEND)
def register(request: HttpRequest) -> HttpResponse:
    """Every conflict that somebody typed; and one more, told to the unit by its person."""
    form = ConflictForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = dict(form.cleaned_data)
        person = user_by_email(said.pop("email"))
        if person is not None:
            services.declare_conflict(person, **said, by=actor_of(request), now=timezone.now())
            messages.success(request, f"The conflict of interest of {person.name} is kept.")
            return redirect("knowing:register")
        form.add_error("email", NO_ACCOUNT)
    context = {"page": register_page(request.user, request.GET), "form": form}
    return render(request, "knowing/register.html", context, status=REFUSED if form.is_bound else 200)


@needs(Permission.CONFLICTS_KEEP)
@require_http_methods(READ_OR_SEND)
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a conflict is over."""
    found = get_object_or_404(selectors.register_of_conflicts(request.user), pk=number)
    form = asked_why(
        request,
        lambda reason: services.end_conflict(found, reason=reason, by=actor_of(request), now=timezone.now()),
        f"The conflict of interest of {found.user.name} is over.",
    )
    if form is None:
        return redirect("knowing:register")
    title = f"End the conflict of interest of {found.user.name}"
    context = {"title": title, "button": "It is over", "back": "/conflicts/all/", "form": form}
    return render(request, "knowing/ask.html", context, status=REFUSED if form.is_bound else 200)
