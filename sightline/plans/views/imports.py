"""Uploading a document, looking at what was understood, correcting, confirming, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.partners.selectors import party_names
from sightline.plans import permissions
from sightline.plans.forms.imports import AboutForm, ChangesForm, OwnersForm, RowForm, UploadForm
from sightline.plans.models import Import
from sightline.plans.pages import imports as pages
from sightline.plans.selectors import plans_visible_to
from sightline.plans.selectors.imports import get_import
from sightline.plans.selectors.preview import preview, unknown_owners
from sightline.plans.services import imports as services
from sightline.plans.services.imports import ImportRefused

REFUSED = 422


@needs(Permission.PLANS_VIEW)
@require_safe
def import_list(request: HttpRequest) -> HttpResponse:
    """Every document that was uploaded, and what became of it."""
    return render(request, "plans/imports.html", {"page": pages.list_page(_who(request), request.GET)})


@needs(Permission.IMPORT_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: HttpRequest) -> HttpResponse:
    """Upload a document. `?plan=KEY` says that it is a new version of that plan's."""
    user = _who(request)
    permissions.check_run_import(user)
    chosen = plans_visible_to(user).filter(key=request.GET.get("plan", "")).first()
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*data, user=user, initial={"plan": chosen})
    if form.is_valid():
        asked = ("plan", "plan_name", "group", "plan_state", "as_at")
        given = {name: form.cleaned_data[name] for name in asked}
        try:
            made = knowingly(services.upload, form, request)(
                form.upload, form.upload.name or "", **given, by=actor_of(request), now=timezone.now()
            )
        except (ImportRefused, Unacceptable) as refused:
            form.add_error("file" if isinstance(refused, ImportRefused) else "as_at", str(refused))
        else:
            return redirect("plans:import", made.pk)
    return render(request, "plans/import_new.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@needs(Permission.PLANS_VIEW)
@require_safe
def import_(request: HttpRequest, number: int) -> HttpResponse:
    """One import: how far reading is, then what was understood, then what became of it. The address can be shared."""
    page = pages.import_page(_who(request), _import(request, number), request.GET)
    return render(request, "plans/import.html", {"page": page})


@needs(Permission.IMPORT_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def import_about(request: HttpRequest, number: int) -> HttpResponse:
    """Say which plan the document is and which day it speaks of."""
    upload = _import(request, number)
    first = {
        name: getattr(upload, name)
        for name in ("plan", "plan_name", "group", "plan_state", "as_at", "version")
    }
    if first["as_at"] is None and upload.reading:
        first["as_at"] = preview(upload).as_at_proposed
    form = AboutForm(request.POST if request.method == "POST" else None, user=_who(request), initial=first)
    if form.is_valid() and _done(request, upload, form, lambda: _say_about(request, upload, form)):
        return redirect("plans:import", number)
    return _form(request, "plans/import_about.html", form, upload=upload)


def _say_about(request: HttpRequest, upload: Import, form: AboutForm) -> None:
    names = ("plan", "plan_name", "group", "plan_state", "as_at", "version")
    given = {name: form.cleaned_data[name] for name in names}
    say = knowingly(services.say_about, form, request)
    say(upload, **given, by=actor_of(request), now=timezone.now())


@needs(Permission.IMPORT_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: HttpRequest, number: int, index: int) -> HttpResponse:
    """Correct one row of the preview, or leave it out. Rows are counted from 1 in the address."""
    upload = _import(request, number)
    row = pages.row_shown(upload, index - 1)
    if row is None:
        raise Http404
    form = RowForm(request.POST if request.method == "POST" else None, row=row, version=upload.version)

    def correct() -> None:
        services.correct_row(
            upload,
            row.index,
            form.changes(),
            version=form.cleaned_data["version"],
            by=actor_of(request),
            now=timezone.now(),
        )

    if form.is_valid() and _done(request, upload, form, correct):
        messages.success(request, f"Row {index} was saved.")
        return redirect("plans:import", number)
    return _form(request, "plans/import_row.html", form, upload=upload, row=row, number=index)


@needs(Permission.IMPORT_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def import_owners(request: HttpRequest, number: int) -> HttpResponse:
    """Say who the owners are that nobody knows."""
    upload = _import(request, number)
    owners, data = unknown_owners(upload), request.POST if request.method == "POST" else None
    form = OwnersForm(data, owners=owners, names=party_names(), version=upload.version)

    def match() -> None:
        services.match_owners(
            upload,
            form.decisions(),
            version=form.cleaned_data["version"],
            by=actor_of(request),
            now=timezone.now(),
        )

    if form.is_valid() and _done(request, upload, form, match):
        messages.success(request, "The owners were saved. Their names are remembered once you confirm.")
        return redirect("plans:import", number)
    return _form(request, "plans/import_owners.html", form, upload=upload, owners=owners)


@needs(Permission.IMPORT_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def import_changes(request: HttpRequest, number: int) -> HttpResponse:
    """What a new version of the document changes in its plan; where both moved, whose words stand."""
    upload = _import(request, number)
    page = pages.import_page(_who(request), upload, request.GET)
    if page.changes is None:
        raise Http404
    cells = {c.key: c.chosen for pair in page.changes.pairs for c in pair.changes if not c.kept}
    asked = {each.key: each.candidates for each in page.changes.asked}
    data = request.POST if request.method == "POST" else None
    form = ChangesForm(data, cells=cells, asked=asked, version=upload.version)

    def choose() -> None:
        services.choose_all(
            upload,
            dict(form.choices()),
            version=form.cleaned_data["version"],
            by=actor_of(request),
            now=timezone.now(),
        )

    if form.is_valid() and _done(request, upload, form, choose):
        messages.success(request, "Your choices were saved. Nothing has changed in the plan yet.")
        return redirect("plans:import", number)
    return _form(request, "plans/import_changes.html", form, page=page, fields=form.by_key())


@needs(Permission.IMPORT_RUN)
@require_POST
def import_confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for the import to become part of its plan: all of it, or nothing."""
    seen = request.POST.get("seen", "")[:64] or None
    return _ended(request, number, partial(services.ask_to_confirm, seen=seen), "")


@needs(Permission.IMPORT_RUN)
@require_POST
def import_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for a confirmed import to be taken back, whole."""
    return _ended(request, number, services.ask_to_withdraw, "")


@needs(Permission.IMPORT_RUN)
@require_POST
def import_discard(request: HttpRequest, number: int) -> HttpResponse:
    """Give an import up that was never confirmed."""
    return _ended(request, number, services.discard, "The import was given up. The file is kept.")


def _ended(request: HttpRequest, number: int, end: Callable[..., Import], sentence: str) -> HttpResponse:
    permissions.check_run_import(_who(request))
    try:
        end(_import(request, number), version=_version(request), by=actor_of(request), now=timezone.now())
    except (ImportRefused, StaleRecord) as refused:
        messages.error(request, str(refused))
    else:
        if sentence:
            messages.success(request, sentence)
    return redirect("plans:import", number)


def _who(request: HttpRequest) -> Any:
    return request.user


def _import(request: HttpRequest, number: int) -> Import:
    try:
        return get_import(_who(request), number)
    except Import.DoesNotExist:
        raise Http404 from None


def _version(request: HttpRequest) -> int | None:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None


def _done(request: HttpRequest, upload: Import, form: Any, write: Callable[[], None]) -> bool:
    """Write what the form says; a refusal becomes an error of the form, and nothing was written.

    Where somebody else saved first, the form comes back with what they made of it, to be saved knowingly.
    """
    permissions.check_run_import(_who(request))
    try:
        write()
    except Unacceptable as refused:
        for name, sentence in refused.problems.items():
            form.add_error(name if name in form.fields else None, sentence)
    except ImportRefused as refused:
        form.add_error(None, str(refused))
    except StaleRecord as stale:
        form.add_error(None, stale.sentence)
        upload.refresh_from_db()
        form.data = form.data.copy()
        form.data["version"] = str(upload.version)
    return not form.errors


def _form(request: HttpRequest, template: str, form: Any, **context: Any) -> HttpResponse:
    status = REFUSED if form.is_bound else 200
    return render(request, template, {"form": form, **context}, status=status)
