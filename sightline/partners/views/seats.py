"""Seats of groups: added, changed, ended; filled and left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import Refused
from sightline.events.choices import StaleRecord, Tier, Unacceptable
from sightline.partners import permissions, selectors, services
from sightline.partners.forms.seats import EndSeatForm, FillForm, LeaveForm, SeatForm
from sightline.partners.models import Seat
from sightline.partners.pages import seats as pages
from sightline.partners.reports import FORMATS, take_membership
from sightline.rendering import MEDIA_TYPES
from sightline.screens.forms import Form
from sightline.screens.looking_back import read_looking_back
from sightline.screens.taking import Taken

REFUSED = 422
PUT_RIGHT = (
    "Put right here what was entered wrongly. Where the seat itself changes from a day on, end it and add the seat "
    "that follows, so that past days stay true."
)


@needs(Permission.PARTNERS_VIEW)
@require_safe
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """One seat: what it is, who is in it, who was."""
    page = pages.seat_page(_who(request), _seat(request, pk))
    return render(request, "partners/seat.html", {"page": page})


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a seat to a group."""
    permissions.check_write(_who(request))
    group = get_object_or_404(selectors.groups(_who(request)), pk=pk)
    form = SeatForm(_sent(request))

    def do() -> HttpResponse:
        add = knowingly(services.add_seat, form, request)
        made = add(group, form.given(), by=actor_of(request), now=timezone.now())
        messages.success(request, "The seat was added. Nobody holds it yet.")
        return redirect("partners:seat", made.pk)

    return _done(request, form, do) or _form(request, pages.new_seat_page(group, form))


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was entered of a seat; what somebody else saved meanwhile is shown, not overwritten."""
    permissions.check_write(_who(request))
    found = _seat(request, pk)
    form = SeatForm(request.POST) if request.method == "POST" else SeatForm(initial=_initial(request, found))

    def do() -> HttpResponse:
        version = form.cleaned_data["version"] or 0
        moment = timezone.now()
        change = knowingly(services.change_seat, form, request)
        change(found, form.given(), version=version, by=actor_of(request), now=moment)
        messages.success(request, "The seat was saved.")
        return redirect("partners:seat", pk)

    page = pages.seat_form_page(found, form, "Change this seat", "Save", PUT_RIGHT)
    return _done(request, form, do) or _again(request, found, page)


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_fill(request: HttpRequest, pk: int) -> HttpResponse:
    """Put somebody into a seat, as its holder or a deputy."""
    permissions.check_write(_who(request))
    form = FillForm(_sent(request), initial={"kind": "holder", "starts_on": timezone.localdate()})

    def do() -> HttpResponse:
        given = form.cleaned_data
        filled = services.fill_seat(pk, **given, by=actor_of(request), now=timezone.now())
        messages.success(request, f"{given['person'].name} is in the seat.")
        if filled.sentence:
            messages.warning(request, filled.sentence)
        return redirect("partners:seat", pk)

    if done := _done(request, form, do):
        return done
    found = _seat(request, pk)
    return _form(request, pages.seat_form_page(found, form, "Who fills this seat?", "Put them into the seat"))


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a seat; whoever is in it leaves it."""
    permissions.check_write(_who(request))
    form = EndSeatForm(_sent(request))

    def do() -> HttpResponse:
        given = form.cleaned_data
        moment, version = timezone.now(), given["version"] or 0
        services.end_seat(pk, given["ends_on"], version=version, by=actor_of(request), now=moment)
        messages.success(request, "The seat ends on that day.")
        return redirect("partners:seat", pk)

    if done := _done(request, form, do):
        return done
    found = _seat(request, pk)
    form.initial = {"version": found.version, "ends_on": timezone.localdate()}
    return _again(request, found, pages.seat_form_page(found, form, "End this seat", "End the seat"))


@needs(Permission.PARTNERS_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_leave(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Somebody leaves a seat, or never held it. `line`: the number of their time in it."""
    permissions.check_write(_who(request))
    held = get_object_or_404(selectors.holdings(_who(request)), seat__pk=pk, pk=line, is_mistake=False)
    initial = {"version": held.version, "ends_on": timezone.localdate()}
    form = LeaveForm(_sent(request), initial=initial)

    def do() -> HttpResponse:
        given, version, moment = form.values(), form.cleaned_data["version"] or 0, timezone.now()
        last = given.pop("ends_on") or timezone.localdate()
        leave = knowingly(services.leave_seat, form, request)
        leave(held, last, **given, version=version, by=actor_of(request), now=moment)
        messages.success(request, f"It was saved that {held.person.name} left the seat.")
        return redirect("partners:seat", pk)

    page = pages.seat_form_page(held.seat, form, f"{held.person.name} leaves this seat", "Save")
    return _done(request, form, do) or _again(request, held, page)


@needs(Permission.EXPORT)
@require_safe
def membership(request: HttpRequest, pk: int, format: str) -> Taken:
    """The members of a group on a day, as a file."""
    if format not in FORMATS:
        raise Http404
    user, today = _who(request), timezone.localdate()
    group = get_object_or_404(selectors.groups(user), pk=pk)
    on = read_looking_back(request.GET, today).day or today
    content = take_membership(user, group, on, format, by=actor_of(request))
    answer = Taken([content], content_type=MEDIA_TYPES[format])
    answer.marking = Tier.T1.marking
    name = f"{group.key}-membership-{on.isoformat()}.{format}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _who(request: HttpRequest) -> Any:
    return request.user


def _seat(request: HttpRequest, pk: int) -> Seat:
    return get_object_or_404(selectors.seats(_who(request)), pk=pk)


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _initial(request: HttpRequest, found: Seat) -> dict[str, Any]:
    (then,) = selectors.seats_then(selectors.seats(_who(request)).filter(pk=found.pk), timezone.localdate())
    return pages.initial_of(then)


def _done(request: HttpRequest, form: Form, do: Callable[[], HttpResponse]) -> HttpResponse | None:
    """What was asked for, done; None where the form is to be shown, with what stands in the way."""
    if not form.is_valid():
        return None
    try:
        return do()
    except Unacceptable as refused:
        for name, sentence in refused.problems.items():
            form.add_error(name if name in form.fields else None, sentence)
    except Seat.DoesNotExist:
        raise Http404 from None
    except (StaleRecord, Refused) as refused:
        form.add_error(None, refused.sentence)
    return None


def _again(request: HttpRequest, found: Any, page: pages.SeatFormPage) -> HttpResponse:
    """The form; where somebody else saved meanwhile, saving once more is then knowingly done."""
    if page.form.is_bound:
        found.refresh_from_db(fields=["version"])
        if str(found.version) != page.form.data.get("version"):
            data = request.POST.copy()
            data["version"] = str(found.version)
            page.form.data = data
    return _form(request, page)


def _form(request: HttpRequest, page: pages.SeatFormPage) -> HttpResponse:
    status = REFUSED if page.form.is_bound else 200
    return render(request, "partners/seat_form.html", {"page": page, "form": page.form}, status=status)
