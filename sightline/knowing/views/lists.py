"""The case list of a record, for those who keep it; and names that were asked for."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import ResolverMatch, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.guard import SIGNED_IN, actor_of, needs, opens
from sightline.access.models import User
from sightline.access.selectors import user_by_email
from sightline.events.choices import Tier
from sightline.knowing import selectors, services
from sightline.knowing.choices import NotPossible
from sightline.knowing.forms import ListedConflictForm, ListForm, ReasonForm
from sightline.knowing.pages import list_form, list_page
from sightline.knowing.registry import kind_of, kinds
from sightline.knowing.views.asking import asked_why, tell
from sightline.knowing.wall import check_keep_list, visible_to

REFUSED = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]
NO_ACCOUNT = "Nobody signs in with this address."


def find(user: Any, app: str, model: str, number: int) -> Any:
    """The record, if it opens to the person; whether there is such a one is not told otherwise."""
    kind = kinds().get((app, model))
    if kind is None:
        raise Http404
    return get_object_or_404(visible_to(user, kind.model._base_manager.all()), pk=number)


def kept(user: Any, app: str, model: str, number: int, line: int = 0) -> Any:
    """The record, for somebody who keeps its list; which `line` is meant is for the view. Raises Refused for others."""
    found = find(user, app, model, number)
    check_keep_list(user, found)
    return found


@needs(SIGNED_IN)
@never_cache
@require_http_methods(READ_OR_SEND)
@opens(kept)
def case_list(request: HttpRequest, found: Any) -> HttpResponse:
    """Who may read the record, why, from and until when; and somebody more."""
    now = timezone.now()
    form = list_form(found, request.POST if request.method == "POST" else None, timezone.localdate(now))
    if form.is_valid():
        person: User = form.cleaned_data["person"]
        said = {name: form.cleaned_data[name] for name in ("reason", "starts_on", "ends_on")}
        try:
            services.add_to_list(found, person, **said, by=actor_of(request), now=now)
        except NotPossible as refused:
            tell(form, refused)
        else:
            messages.success(request, f"{person.name} is on the list.")
            return redirect(_home(found))
    return _page(request, found, form, ListedConflictForm(), REFUSED if form.is_bound else 200)


@needs(SIGNED_IN)
@require_POST
@opens(kept)
def conflict(request: HttpRequest, found: Any) -> HttpResponse:
    """Keep that somebody must not read the record."""
    form, now = ListedConflictForm(request.POST), timezone.now()
    if form.is_valid():
        person = user_by_email(form.cleaned_data["email"])
        reason = form.cleaned_data["reason"]
        try:
            if person is None:
                raise NotPossible({"email": NO_ACCOUNT})
            services.declare_conflict(person, about=found, reason=reason, by=actor_of(request), now=now)
        except NotPossible as refused:
            tell(form, refused)
        else:
            messages.success(request, f"The record is closed to {person.name}.")
            return redirect(_home(found) if person.pk != request.user.pk else "/")
    return _page(request, found, list_form(found, None, timezone.localdate(now)), form, REFUSED)


@needs(SIGNED_IN)
@never_cache
@require_http_methods(READ_OR_SEND)
@opens(kept)
def end(request: HttpRequest, found: Any) -> HttpResponse:
    """End somebody's place on the list at once."""
    row = get_object_or_404(selectors.list_of(found), pk=_line(request))
    form = asked_why(
        request,
        lambda reason: services.end_line(row, found, reason=reason, by=actor_of(request), now=timezone.now()),
        f"{row.user.name} no longer reads this record.",
    )
    if form is None:
        return redirect(_home(found) if row.user_id != request.user.pk else "/")
    asked = f"End the place of {row.user.name} on the list"
    return _ask(request, found, asked, "End it now", form)


@needs(SIGNED_IN)
@never_cache
@require_http_methods(READ_OR_SEND)
@opens(kept)
def conflict_end(request: HttpRequest, found: Any) -> HttpResponse:
    """Say that a conflict with the record itself, or with whom it is about, is over."""
    now = timezone.now()
    row = get_object_or_404(selectors.conflicts_of(found, now).exclude(number=None), pk=_line(request))
    form = asked_why(
        request,
        lambda reason: services.end_conflict(row, reason=reason, by=actor_of(request), now=now),
        f"The conflict of interest of {row.user.name} is over.",
    )
    if form is None:
        return redirect(_home(found))
    return _ask(request, found, f"End the conflict of interest of {row.user.name}", "It is over", form)


@needs(SIGNED_IN)
@never_cache
@require_POST
def show_name(request: HttpRequest, app: str, model: str, number: int) -> HttpResponse:
    """The name behind a reference, once that it was asked for is written down."""
    found = find(request.user, app, model, number)
    services.note_name_shown(found, by=actor_of(request))
    kind, back = kind_of(found), request.POST.get("back", "")
    ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    context = {
        "noun": kind.noun,
        "reference": kind.reference_of(found),
        "name": kind.name(found),
        "back": back if back and ours else kind.address(found),
        **_marks(found),
    }
    return render(request, "knowing/name.html", context)


def _home(found: Any) -> str:
    return reverse("knowing:list", args=[*kind_of(found).key, found.pk])


def _line(request: HttpRequest) -> int:
    """Which line of the list the address names."""
    return int(cast(ResolverMatch, request.resolver_match).kwargs["line"])


def _marks(found: Any) -> dict[str, str]:
    tier = Tier.named(found.tier)
    return {"marking": tier.marking, "handling": tier.handling}


def _page(
    request: HttpRequest, found: Any, form: ListForm, conflict_form: ListedConflictForm, status: int
) -> HttpResponse:
    page = list_page(found, conflict_form, timezone.now())
    return render(request, "knowing/list.html", {"page": page, "form": form}, status=status)


def _ask(request: HttpRequest, found: Any, title: str, button: str, form: ReasonForm) -> HttpResponse:
    context = {"title": title, "button": button, "back": _home(found), "form": form}
    return render(request, "knowing/ask.html", context, status=REFUSED if form.is_bound else 200)
