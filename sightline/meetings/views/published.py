"""Published tables of attendance: uploaded, looked over, confirmed or given up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.documents.choices import FileRefused
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.meetings import permissions
from sightline.meetings.choices import PublishedState
from sightline.meetings.forms.published import ConfirmForm, PublishedForm
from sightline.meetings.models import PublishedTable
from sightline.meetings.pages import published as pages
from sightline.meetings.selectors.meetings import groups_kept_by
from sightline.meetings.selectors.published import published_visible_to
from sightline.meetings.services import published as services
from sightline.meetings.views.asking import READ_OR_SEND, REFUSED, save_knowingly
from sightline.screens.forms import version_sent


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def published(request: HttpRequest) -> HttpResponse:
    """The tables read in so far; whoever keeps meetings reads in another."""
    user = _who(request)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PublishedForm(*sent, groups=groups_kept_by(user, timezone.localdate())) if _keeps(user) else None
    if form and form.is_valid():
        group = form.cleaned_data["group"]
        permissions.check_keep(user, group)
        try:
            made = services.upload_published(group, form.upload, by=actor_of(request), now=timezone.now())
        except FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("meetings:published_table", made.pk)
    page = pages.published_page(user, form)
    status = REFUSED if form and form.is_bound else 200
    return render(request, "meetings/published.html", {"page": page, "form": form}, status=status)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def published_table(request: HttpRequest, number: int) -> HttpResponse:
    """One table, row by row as it was printed; confirmed by whoever keeps the group's meetings."""
    user, found = _who(request), _found(request, number)
    sent = request.method == "POST"
    if sent:
        permissions.check_keep(user, found.group)
    is_open = found.state_now == PublishedState.PREVIEW
    form = ConfirmForm(request.POST if sent and is_open else None, initial=pages.first_of(found))
    if sent and form.is_valid() and _confirmed(request, found, form):
        messages.success(request, "The table was confirmed: every row is kept as it was printed.")
        return redirect("meetings:published_table", number)
    page = pages.table_page(user, found, form)
    context = {"page": page, "form": page.form}
    return render(request, "meetings/published_table.html", context, status=REFUSED if sent else 200)


def _confirmed(request: HttpRequest, found: PublishedTable, form: ConfirmForm) -> bool:
    by, now = actor_of(request), timezone.now()

    def confirm(form: ConfirmForm) -> PublishedTable:
        said, version = form.cleaned_data, version_sent(form.cleaned_data["seen"])
        return services.confirm_published(
            found, said["meetings"], said["period"], version=version, by=by, now=now
        )

    try:
        save_knowingly(form, confirm, request.path, by=by)
    except Unacceptable as refused:
        for name, sentence in refused.problems.items():
            form.add_error(name or None, sentence)
    except StaleRecord as stale:
        form.add_error(None, stale.sentence)
    return not form.errors


@needs(Permission.PLANS_VIEW)
@require_POST
def published_give_up(request: HttpRequest, number: int) -> HttpResponse:
    """Give a table up that was not confirmed."""
    found = _found(request, number)
    permissions.check_keep(_who(request), found.group)
    version = version_sent(request.POST.get("version", ""))
    try:
        services.give_up_published(found, version=version, by=actor_of(request))
    except (StaleRecord, Unacceptable) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The table was given up. The file is kept.")
    return redirect("meetings:published_table", number)


def _keeps(user: Any) -> bool:
    return permissions.keeps_any(user)


def _found(request: HttpRequest, number: int) -> PublishedTable:
    return get_object_or_404(published_visible_to(_who(request)), pk=number)


def _who(request: HttpRequest) -> Any:
    return request.user
