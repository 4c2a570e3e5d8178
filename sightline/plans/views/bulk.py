"""Changing many actions for one reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import REFUSED
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.partners.selectors import groups
from sightline.plans import permissions
from sightline.plans.choices import LABELS, BulkKind
from sightline.plans.forms import bulk as forms
from sightline.plans.models import Action, BulkChange
from sightline.plans.pages import bulk as pages
from sightline.plans.rules.tiers import highest
from sightline.plans.selectors.bulk import changes_visible_to, owners_within, parties_to_choose
from sightline.plans.selectors.parties import with_parties
from sightline.plans.selectors.visible import actions_visible_to
from sightline.plans.services import bulk as services
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import who
from sightline.screens.asking import Asking, Standing
from sightline.screens.forms import version_sent
from sightline.screens.words import count

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def choose(request: HttpRequest) -> HttpResponse:
    """Tick actions on a list, and say what shall be changed about them."""
    sent = request.method == "POST"
    form = forms.ChooseForm(request.POST if sent else None)
    if form.is_valid():
        try:
            change = _begin(request, form)
        except Unacceptable as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("plans:bulk_say", change.pk)
    page = pages.choose_page(who(request), request.GET, form)
    return render(request, "plans/bulk_choose.html", {"page": page}, status=REFUSED if sent else 200)


def _begin(request: HttpRequest, form: forms.ChooseForm) -> BulkChange:
    user, now = who(request), timezone.now()
    chosen = list(_ticked(request, form)[: services.MOST + 1])
    actions = [action for action in chosen if permissions.can_edit_action(user, action)]
    kind = BulkKind(form.cleaned_data["kind"])
    if len(actions) < len(chosen):
        left = count(len(chosen) - len(actions), "action")
        messages.info(request, f"{left} may not be changed by you, and stayed out.")
    return services.begin_change(actions, kind, by=actor_of(request), now=now)


def _ticked(request: HttpRequest, form: forms.ChooseForm) -> Any:
    """The actions with a tick, or all that the filter lets through."""
    user = who(request)
    if form.cleaned_data["every"]:
        return pages.choosing_rows(user, request.GET)
    numbers = [version_sent(text) for text in request.POST.getlist("action")[: services.MOST + 1]]
    return with_parties(actions_visible_to(user).filter(pk__in=numbers))


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def say(request: HttpRequest, number: int) -> HttpResponse:
    """Say what is to change and why."""
    change = _change(request, number)

    def make(data: Any, token: str) -> Any:
        return _form(request, change, data, {**pages.initial_of(change), "seen": token})

    def save(form: Any) -> str:
        services.say_change(
            change,
            version_sent(form.cleaned_data["seen"]),
            form.wanted(),
            reason=form.cleaned_data["reason"],
            as_at=form.cleaned_data["as_at"],
            by=actor_of(request),
            now=timezone.now(),
        )
        return "No action has changed yet. Look at what it does to each, then do it."

    caption = count(change.rows.count(), "action")
    back = reverse("plans:bulk_choose")
    asking = Asking(LABELS[BulkKind(change.kind)], caption, back, "Go on to look at it", is_half=True)
    here = reverse("plans:bulk", args=[number])
    return ask(request, asking, make, save, here, lambda seen: Standing(str(change.version)))


def _form(request: HttpRequest, change: BulkChange, data: Any, initial: dict[str, Any]) -> Any:
    """The form of this kind of change."""
    kind = BulkKind(change.kind)
    if kind == BulkKind.OWNERS:
        parties = parties_to_choose(who(request))
        return forms.GiveForm(data, initial=initial, owners=owners_within(change), parties=parties)
    if kind == BulkKind.TIMESCALE:
        return forms.DateForm(data, initial=initial)
    if kind == BulkKind.GROUP:
        return forms.GroupForm(data, initial=initial, groups=groups(who(request)))
    priorities, strands = pages.places_to_choose(change)
    return forms.PlaceForm(data, initial=initial, priorities=priorities, strands=strands)


@needs(Permission.PLAN_WRITE)
@require_safe
def change(request: HttpRequest, number: int) -> HttpResponse:
    """A change: what it does to each action, how far it is, how it went."""
    page = pages.change_page(who(request), _change(request, number), request.GET)
    marking = highest(page.tiers).marking
    return render(request, "plans/bulk.html", {"page": page, "marking": marking})


@needs(Permission.PLAN_WRITE)
@require_POST
def finish(request: HttpRequest, number: int) -> HttpResponse:
    """Do it."""
    found = _change(request, number)
    _may_change_all(request, found)
    return _ended(request, found, services.finish_change, "")


@needs(Permission.PLAN_WRITE)
@require_POST
def give_up(request: HttpRequest, number: int) -> HttpResponse:
    """Give it up."""
    return _ended(
        request, _change(request, number), services.give_up_change, "It was given up. Nothing was changed."
    )


def _may_change_all(request: HttpRequest, found: BulkChange) -> None:
    """Whoever chose may have lost the right since; the unit may change every action. Raises Refused."""
    user = who(request)
    if permissions.can_write_plan(user):
        return
    chosen = Action.objects.filter(pk__in=found.rows.order_by().values("action"))
    for action in with_parties(chosen.select_related("plan__group")):
        permissions.check_edit_action(user, action)


def _ended(request: HttpRequest, found: BulkChange, end: Any, sentence: str) -> HttpResponse:
    try:
        end(found, version_sent(request.POST.get("version", "")), by=actor_of(request), now=timezone.now())
    except (StaleRecord, Unacceptable) as refused:
        messages.error(request, str(refused))
    else:
        if sentence:
            messages.success(request, sentence)
            return redirect("plans:bulk_choose")
    return redirect("plans:bulk", found.pk)


def _change(request: HttpRequest, number: int) -> BulkChange:
    try:
        return changes_visible_to(who(request)).get(pk=number)
    except BulkChange.DoesNotExist:
        raise Http404("There is no such change.") from None
