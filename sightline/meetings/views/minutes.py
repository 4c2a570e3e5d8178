"""Items of an agenda, and the minute-taking screen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.tabling import Tabled, record_named
from sightline.events.choices import MARKINGS, Tier, Unacceptable
from sightline.meetings import permissions, services
from sightline.meetings.forms.items import ItemForm, MinuteForm
from sightline.meetings.models import Item, Meeting
from sightline.meetings.pages.agenda import minute_form, minutes_page
from sightline.meetings.pages.meetings import after_minuting
from sightline.meetings.selectors.about import NOTHING, kept
from sightline.meetings.selectors.interests import interests_at
from sightline.meetings.selectors.items import ItemThen, agenda_of, items_visible_to, place_of, plans_of
from sightline.meetings.selectors.meetings import meetings_visible_to
from sightline.meetings.views.asking import READ_OR_SEND, REFUSED, ask, check_writes, save_knowingly
from sightline.plans.models import Plan
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent

NO_RECORD = "No record that you may read, and that can stand on an agenda, is found there"
# The header of what the script sends, and what it says where that is the text alone, while somebody types.
AUTOSAVE, TEXT_ALONE = "X-Autosave", "text"
BESIDE = "Somebody else minuted this item while you were writing. Both texts are kept: join them into one, and save."


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def item_new(request: HttpRequest, number: int) -> HttpResponse:
    """Put an item on the agenda."""
    meeting = _kept(request, number)

    def make(data: Any, seen: str) -> ItemForm:
        return ItemForm(data, new=True)

    def save(form: ItemForm) -> str:
        services.add_item(meeting, _given(request, form), by=actor_of(request), now=timezone.now())
        return "The item stands on the agenda."

    asking = Asking("Put an item on the agenda", str(meeting), _home(number), "Put it on the agenda")
    return ask(request, asking, make, save, _home(number))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def item_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change an item, and its place on the agenda."""
    found: Item = get_object_or_404(items_visible_to(request.user), pk=number)
    check_writes(request, found.meeting.group)

    def make(data: Any, seen: str) -> ItemForm:
        known = {name: getattr(found, name) for name in ("title", "text", "tier", "lead", "lasts")}
        place = place_of(found) if data is None else ""
        return ItemForm(data, initial={**known, "about": found.about_url, "place": place, "seen": seen})

    def save(form: ItemForm) -> str:
        said, by = form.cleaned_data, actor_of(request)
        version = version_sent(said["seen"])
        if said["take_off"]:
            services.take_off_item(found, version, said["reason"], by=by)
            return "The item was taken off the agenda."
        services.edit_item(found, version, _given(request, form, found), said["place"], by=by)
        return "The item was saved."

    def rows(now: Item) -> list[SummaryRow]:
        told = (
            ("Called", now.title),
            ("Asked", now.text),
            ("About", now.about_label),
            ("Lead", now.lead),
            ("Place", str(place_of(now))),
            ("Taken off because", now.withdrawn_because),
        )
        return [SummaryRow(key, value) for key, value in told if value]

    stand = versioned(found, lambda: items_visible_to(request.user).get(pk=number), rows)
    home = _home(found.meeting_id)
    asking = Asking("Change the item", str(found.meeting), home, "Save the item")
    return ask(request, asking, make, save, home, stand, MARKINGS[Tier(found.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """The minute-taking screen: a form for each item, sent one by one."""
    bound: dict[int, MinuteForm] = {}
    if request.method != "POST":
        meeting = _kept(request, number)
    else:
        then = _sent_for(request, number)
        meeting = then.item.meeting
        # Which plans there are is asked for where one was chosen.
        plans = plans_of(request.user, meeting.group) if request.POST.get("plan") else []
        form = minute_form(request.POST, then, plans)
        done = _minuted(request, then, form, plans) if form.is_valid() else None
        typing = request.headers.get(AUTOSAVE, "")
        if done and typing != TEXT_ALONE:
            _tell(request, then, done)
        if typing:
            return _acknowledged(form, done)
        if done:
            return redirect(f"{reverse('meetings:minutes', args=[number])}#item-{then.item.pk}")
        bound[then.item.pk] = form
    items, plans = agenda_of(request.user, meeting).items, plans_of(request.user, meeting.group)
    on = timezone.localdate()
    doings, declared = after_minuting(request.user, meeting, on), interests_at(request.user, meeting)
    page = minutes_page(meeting, items, declared, plans, on, bound, doings)
    context = {"page": page, "form": next(iter(bound.values()), None)}
    return render(request, "meetings/minutes.html", context, status=REFUSED if bound else 200)


def _sent_for(request: HttpRequest, number: int) -> ItemThen:
    """The item that something was typed about; which texts stand is read where they are saved or shown.

    It comes with its meeting, which is asked for by itself only where there is no such item.
    """
    sent = version_sent(str(request.POST.get("item", "")))
    item = items_visible_to(request.user).filter(meeting__pk=number, pk=sent).first()
    if item is None:
        _kept(request, number)
        raise Http404("No such item stands on this agenda.")
    check_writes(request, item.meeting.group)
    return ItemThen(item)


def _minuted(
    request: HttpRequest, then: ItemThen, form: MinuteForm, plans: list[Plan]
) -> services.Minuted | None:
    """Save what was typed about an item; None where it was not taken, and the form says why."""
    said, group = form.cleaned_data, then.item.meeting.group
    given = services.MinuteGiven(
        said["text"],
        form.seen_texts,
        permissions.is_chair(request.user, group),
        said["decision"],
        said["line"],
        next((plan for plan in plans if plan.key == said["plan"]), None),
        form.deferred,
        said["typed"],
    )
    if request.headers.get(AUTOSAVE) == TEXT_ALONE:
        given = replace(given, decision="", line="", defer=None)
    by, now = actor_of(request), timezone.now()
    try:
        return save_knowingly(
            form, lambda _: services.minute(then.item, given, by=by, now=now), request.path, by=by
        )
    except Unacceptable as refused:
        for field, sentence in refused.problems.items():
            form.add_error(field if field in form.fields else None, sentence)
        return None


def _tell(request: HttpRequest, then: ItemThen, done: services.Minuted) -> None:
    if done.beside:
        messages.warning(request, BESIDE)
    else:
        messages.success(request, f"Saved: {then.item.title}.")


def _acknowledged(form: MinuteForm, done: services.Minuted | None) -> JsonResponse:
    """What the script is told: what to send as seen next time, or why nothing was saved; the words stay with it."""
    if done is None:
        problems = " ".join(problem.text for problem in form.problems())
        return JsonResponse({"sentence": f"Not saved. {problems}"}, status=REFUSED)
    saved = f"Saved at {timezone.localtime():%H:%M}."
    return JsonResponse({"seen": done.seen, "sentence": BESIDE if done.beside else saved})


def _given(request: HttpRequest, form: ItemForm, found: Item | None = None) -> services.ItemGiven:
    """As the service takes it. Raises Unacceptable where no record is found, but the item's own, which stays."""
    return item_given(form, _about(request, form.cleaned_data["about"], found))


def item_given(form: ItemForm, about: Tabled) -> services.ItemGiven:
    """What was sent about an item, as the service takes it."""
    said = form.cleaned_data
    return services.ItemGiven(
        said["title"], said["text"], Tier(said["tier"]), about, said["lead"], said["lasts"]
    )


def _about(request: HttpRequest, text: str, found: Item | None) -> Tabled:
    if not text:
        return NOTHING
    about = record_named(request.user, text)
    if about is None and found and text == found.about_url:
        return kept(found)
    if about is None:
        raise Unacceptable({"about": NO_RECORD})
    return about


def _kept(request: HttpRequest, number: int) -> Meeting:
    found: Meeting = get_object_or_404(meetings_visible_to(request.user), pk=number)
    check_writes(request, found.group)
    return found


def _home(number: int) -> str:
    return reverse("meetings:meeting", args=[number])
