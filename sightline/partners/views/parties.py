"""Agencies, groups and people: lists, details, forms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.partners import permissions, selectors, services
from sightline.partners.forms.parties import NameForm, PartyForm
from sightline.partners.models import Group, Party
from sightline.partners.pages import parties as pages
from sightline.partners.pages.parties import Kind, kind_of
from sightline.partners.pages.seats import AS_KNOWN_TODAY
from sightline.screens.looking_back import LookingBack, read_looking_back

REFUSED = 422


@needs(Permission.PARTNERS_VIEW)
@require_safe
def party_list(request: HttpRequest, word: str = "agencies") -> HttpResponse:
    """Agencies, groups or people, filtered and sorted as the address says."""
    page = pages.listing_page(_who(request), kind_of(word), request.GET)
    return render(request, "partners/list.html", {"page": page})


@needs(Permission.PARTNERS_VIEW)
@require_safe
def party(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    """One agency, group or person with their other names."""
    kind = kind_of(word)
    found = _party(request, kind, pk)
    looking = _looking(request) if isinstance(found, Group) else None
    page = pages.party_page(_who(request), kind, found, looking=looking)
    return render(request, "partners/party.html", {"page": page, "looking": looking})


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def party_new(request: HttpRequest, word: str) -> HttpResponse:
    """Add an agency, group or person."""
    permissions.check_write(_who(request))
    kind = kind_of(word)
    form = kind.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            made = knowingly(kind.create, form, request)(**form.values(), by=actor_of(request))
        except Unacceptable as refused:
            _tell(form, refused)
        else:
            messages.success(request, f"{made.name} was added.")
            return redirect("partners:party", word, made.pk)
    return _form(request, pages.edit_page(kind, None, form))


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def party_edit(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    """Change an agency, group or person; what somebody else saved meanwhile is shown, not overwritten."""
    permissions.check_write(_who(request))
    kind = kind_of(word)
    found = _party(request, kind, pk)
    form = kind.form(request.POST if request.method == "POST" else None, party=found)
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            change = knowingly(kind.change, form, request)
            change(found, **form.values(), version=version, by=actor_of(request))
        except Unacceptable as refused:
            _tell(form, refused)
        except StaleRecord as stale:
            return _stale(request, kind, found, form, stale)
        else:
            messages.success(request, f"{found.name} was saved.")
            return redirect("partners:party", word, pk)
    return _form(request, pages.edit_page(kind, found, form))


@needs(Permission.PARTNERS_WRITE)
@require_POST
def name_add(request: HttpRequest, word: str, pk: int) -> HttpResponse:
    """Remember another name of a party."""
    permissions.check_write(_who(request))
    kind = kind_of(word)
    found = _party(request, kind, pk)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            remember = knowingly(services.remember_alias, form, request)
            remember(form.cleaned_data["text"], found, by=actor_of(request))
        except Unacceptable as refused:
            _tell(form, refused)
        else:
            messages.success(request, f"“{form.cleaned_data['text']}” now stands for {found.name}.")
            return redirect("partners:party", word, pk)
    page = pages.party_page(_who(request), kind, found, form)
    return render(request, "partners/party.html", {"page": page, "form": form}, status=REFUSED)


@needs(Permission.PARTNERS_WRITE)
@require_POST
def name_forget(request: HttpRequest, word: str, pk: int, alias: int) -> HttpResponse:
    """Forget another name of a party."""
    permissions.check_write(_who(request))
    kind = kind_of(word)
    found = get_object_or_404(selectors.aliases_of(_who(request), _party(request, kind, pk)), pk=alias)
    services.forget_alias(found, by=actor_of(request))
    messages.success(request, f"“{found.text}” was forgotten.")
    return redirect("partners:party", word, pk)


def _who(request: HttpRequest) -> Any:
    return request.user


def _party(request: HttpRequest, kind: Kind, pk: int) -> Party:
    return cast(Party, get_object_or_404(kind.rows(_who(request)), pk=pk))


def _looking(request: HttpRequest) -> LookingBack:
    looking = read_looking_back(request.GET, timezone.localdate())
    return replace(looking, short_of=(AS_KNOWN_TODAY,))


def _tell(form: Any, refused: Unacceptable) -> None:
    for field, sentence in refused.problems.items():
        form.add_error(field if field in form.fields else None, sentence)


def _form(request: HttpRequest, page: pages.EditPage) -> HttpResponse:
    status = REFUSED if page.form.is_bound else 200
    return render(request, "partners/edit.html", {"page": page, "form": page.form}, status=status)


def _stale(
    request: HttpRequest, kind: Kind, found: Party, form: PartyForm, stale: StaleRecord
) -> HttpResponse:
    """The form again with the person's own words, beside what stands now; saving again is then knowingly done."""
    found.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(found.version)
    again = kind.form(data, party=found)
    again.add_error(None, stale.sentence)
    return _form(request, replace(pages.edit_page(kind, found, again), theirs=pages.summary(found)))
