"""Pages of saved views."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.saved import services
from sightline.saved.forms import ViewForm
from sightline.saved.models import SavedView
from sightline.saved.pages import ViewPage, form_for, views_page
from sightline.saved.permissions import check_change_view, check_share
from sightline.saved.rules import own_view
from sightline.saved.selectors import views_visible_to
from sightline.screens.forms import version_sent

REFUSED = 422
GONE = "Somebody else changed or removed this view while you were looking. Look at it again."


@needs(Permission.PLANS_VIEW)
@require_safe
def view_list(request: HttpRequest) -> HttpResponse:
    """One's own saved views, and those shared with one."""
    return render(request, "saved/list.html", {"page": views_page(_who(request), request.GET)})


@needs(Permission.PLANS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def view_new(request: HttpRequest) -> HttpResponse:
    """Save the page whose address is given (`?of=`) under a name."""
    user = _who(request)
    address = _page(request.GET.get("of", ""))
    form = form_for(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        check_share(user, *form.sharing())
        try:
            made = knowingly(services.save_view, form, request)(
                user,
                form.cleaned_data["name"],
                address,
                *form.sharing(),
                by=actor_of(request),
                now=timezone.now(),
            )
        except Unacceptable as refused:
            _tell(form, refused)
        else:
            messages.success(request, f"“{made.name}” was saved. You find it under Saved views.")
            return HttpResponseRedirect(made.address)
    return _form(request, ViewPage(None, form, address, ""))


@needs(Permission.PLANS_VIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a saved view, or share it otherwise."""
    view = _view(request, pk)
    form = form_for(_who(request), request.POST if request.method == "POST" else None, view)
    page = ViewPage(view, form, view.address, view.owner.name)
    if form.is_valid():
        sharing = form.sharing()
        if sharing != (view.sharing, view.group_key):
            check_share(_who(request), *sharing)
        try:
            knowingly(services.change_view, form, request)(
                view,
                form.cleaned_data["version"] or 0,
                form.cleaned_data["name"],
                *sharing,
                by=actor_of(request),
            )
        except Unacceptable as refused:
            _tell(form, refused)
        except StaleRecord as stale:
            return _stale(request, page, stale)
        else:
            messages.success(request, "The view was saved.")
            return redirect("saved:list")
    return _form(request, page)


@needs(Permission.PLANS_VIEW)
@require_POST
def view_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a saved view; the page it led to stays."""
    view = _view(request, pk)
    try:
        services.remove_view(view, version_sent(request.POST.get("version", "")), by=actor_of(request))
    except StaleRecord:
        messages.error(request, GONE)
        return redirect("saved:edit", pk)
    messages.success(request, f"“{view.name}” was removed.")
    return redirect("saved:list")


def _who(request: HttpRequest) -> Any:
    return request.user


def _page(address: str) -> str:
    """The address as it is kept, where a page of this site answers to it."""
    kept = own_view(address)
    try:
        resolve(urlsplit(kept).path)
    except Resolver404:
        return ""
    return kept


def _view(request: HttpRequest, pk: int) -> SavedView:
    """A view that this person may change; one they may not even see is not there."""
    view = get_object_or_404(views_visible_to(_who(request)), pk=pk)
    check_change_view(_who(request), view)
    return view


def _tell(form: ViewForm, refused: Unacceptable) -> None:
    for field, sentence in refused.problems.items():
        form.add_error(field if field in form.fields else None, sentence)


def _form(request: HttpRequest, page: ViewPage) -> HttpResponse:
    status = REFUSED if page.form.is_bound else 200
    return render(request, "saved/form.html", {"page": page, "form": page.form}, status=status)


def _stale(request: HttpRequest, page: ViewPage, stale: StaleRecord) -> HttpResponse:
    """The form again with the person's own words, beside the name that stands now."""
    view = _view(request, page.view.pk if page.view else 0)
    data = request.POST.copy()
    data["version"] = str(view.version)
    again = form_for(_who(request), data, view)
    again.add_error(None, stale.sentence)
    return _form(request, replace(page, view=view, form=again, theirs=view.name))
