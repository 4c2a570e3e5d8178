"""Membership lists: uploaded, looked over, confirmed or given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.documents.choices import FileRefused
from sightline.events.choices import StaleRecord
from sightline.governance import permissions, services
from sightline.governance.choices import ListRefused, ListState
from sightline.governance.forms.lists import RowsForm, UploadForm, WithdrawForm
from sightline.governance.models import MemberList
from sightline.governance.pages import lists as pages
from sightline.governance.selectors.lists import member_lists_visible_to
from sightline.governance.selectors.withdrawing import standing_upon
from sightline.governance.views.asking import READ_OR_SEND, ask
from sightline.partners.choices import Unacceptable
from sightline.partners.selectors import groups
from sightline.screens.asking import Asking, versioned
from sightline.screens.forms import version_sent
from sightline.screens.words import day

REFUSED = 422


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(READ_OR_SEND)
def member_lists(request: HttpRequest, pk: int) -> HttpResponse:
    """The membership lists of a group that were read in, and a form for another."""
    permissions.check_keep(_who(request))
    group = get_object_or_404(groups(_who(request)), pk=pk)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        try:
            given = {"as_at": form.cleaned_data["as_at"], "by": actor_of(request), "now": timezone.now()}
            made = services.upload_list(group, form.upload, **given)
        except (FileRefused, Unacceptable) as refused:
            form.add_error("file" if isinstance(refused, FileRefused) else "as_at", str(refused))
        else:
            return redirect("governance:list", made.pk)
    page = pages.lists_page(_who(request), group, form)
    status = REFUSED if form.is_bound else 200
    return render(request, "governance/lists.html", {"page": page, "form": form}, status=status)


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(READ_OR_SEND)
def member_list(request: HttpRequest, number: int) -> HttpResponse:
    """One list: how far it is, what it would change, and what somebody says of its rows."""
    found = _found(request, number)
    permissions.check_view_list(_who(request), found)
    sent = request.method == "POST"
    if sent and found.state_now != ListState.PREVIEW:
        messages.error(request, "The list is not waiting for this any more.")
        return redirect("governance:list", number)
    page = pages.list_page(found, request.POST if sent else None)
    if sent and page.form and page.form.is_valid() and _decided(request, found, page.form):
        messages.success(request, "It was saved. Nothing has changed in the seats yet.")
        return redirect("governance:list", number)
    return render(
        request, "governance/list.html", {"page": page, "form": page.form}, status=REFUSED if sent else 200
    )


def _decided(request: HttpRequest, found: MemberList, form: RowsForm) -> bool:
    version = form.cleaned_data["version"]
    said = (form.cleaned_data["as_at"], form.decisions(), form.staying())
    try:
        services.decide(found, *said, version=version, by=actor_of(request), now=timezone.now())
    except Unacceptable as refused:
        form.add_error("as_at", str(refused))
    except (ListRefused, StaleRecord) as refused:
        form.add_error(None, refused.sentence)
        found.refresh_from_db(fields=["version"])
        sent = request.POST.copy()
        sent["version"] = str(found.version)
        form.data = sent
    return not form.errors


@needs(Permission.PARTNERS_WRITE)
@require_POST
def list_confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a list to be confirmed: all of it, or nothing."""
    return _ended(request, number, partial(services.ask_to_confirm, seen=request.POST.get("seen", "")), "")


@needs(Permission.PARTNERS_WRITE)
@require_POST
def list_discard(request: HttpRequest, number: int) -> HttpResponse:
    """Give a list up that was never confirmed."""
    return _ended(request, number, services.discard, "The list was given up. The file is kept.")


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(READ_OR_SEND)
def list_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Undo what a confirmed list did to the seats, with a reason; or see what stands upon them."""
    permissions.check_keep(_who(request))
    found = _found(request, number)

    def make(data: Any, seen: str) -> WithdrawForm:
        return WithdrawForm(data, initial={"seen": seen})

    def save(form: WithdrawForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.ask_to_withdraw(found, form.cleaned_data["reason"], version=version, by=actor_of(request))
        return "The list is being withdrawn."

    home = reverse("governance:list", args=[number])
    asking = Asking(
        "Withdraw the list",
        f"Membership list of {day(found.as_at)}: {found.group.name}",
        home,
        "Withdraw it",
        intro=pages.WITHDRAWING,
        warning=lambda: " ".join(standing_upon(found)) if found.state_now == ListState.CONFIRMED else "",
        back_text="The list",
    )
    return ask(
        request, asking, make, save, home, versioned(found, lambda: _found(request, number), pages.stand)
    )


def _ended(request: HttpRequest, number: int, end: Callable[..., MemberList], sentence: str) -> HttpResponse:
    permissions.check_keep(_who(request))
    try:
        end(
            _found(request, number),
            version=version_sent(request.POST.get("version", "")),
            by=actor_of(request),
        )
    except (ListRefused, StaleRecord) as refused:
        messages.error(request, refused.sentence)
    else:
        if sentence:
            messages.success(request, sentence)
    return redirect("governance:list", number)


def _found(request: HttpRequest, number: int) -> MemberList:
    return get_object_or_404(member_lists_visible_to(_who(request)), pk=number)


def _who(request: HttpRequest) -> Any:
    return request.user
