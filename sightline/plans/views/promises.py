"""What an action promises: its words, owners, timescale, and what it waits for."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.asking import Make, Save, Stand, in_one_deed
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.plans import permissions, selectors, services
from sightline.plans.choices import TimescaleKind
from sightline.plans.forms import promises as forms
from sightline.plans.forms.rounds import AGREE, DateForm
from sightline.plans.models import Action
from sightline.plans.pages import promising as pages
from sightline.plans.pages import standing
from sightline.plans.pages.action_asking import about
from sightline.plans.pages.likes import asker_of_plan, likes_of_text
from sightline.plans.pages.rounds import date_rows
from sightline.plans.selectors.choosing import action_named, parts_of, recommendations_to_choose
from sightline.plans.services.timescales import timescale_given
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import action_or_404, marking_of, names_to, who
from sightline.screens.asking import Asking, nothing_to_see

TELL_THEM = "No address is known at which to tell whoever asked: tell them yourself."
READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the words, numbers or place of an action."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)
    parts, standing_parts = parts_of(found.plan), (found.priority, found.outcome, found.strand)

    def make(data: Any, token: str) -> forms.PromiseForm:
        first = {**pages.promise_initial(found), "seen": token}
        return forms.PromiseForm(data, initial=first, parts=parts, standing=standing_parts)

    def save(form: forms.PromiseForm) -> str:
        said = form.cleaned_data
        changes = {name: said[name] for name in ("text", "priority", "outcome", "tier")}
        changes["strand"] = said.get("strand")
        changes["items"] = form.items_given()
        services.edit_action(
            found,
            int(said["seen"]),
            changes,
            numbers=form.numbers_given(),
            by=actor_of(request),
            now=timezone.now(),
        )
        return "The action was changed."

    asking = about(found, "Change the action", "Save the action")
    home = reverse("plans:action", args=[reference])
    stand = _versions(request, found, pages.promise_rows)
    marking = marking_of(found, found.plan)
    asker = asker_of_plan(found.plan, found.opened_on)
    look = partial(likes_of_text, who(request), asker=asker)
    return ask(request, asking, make, save, home, stand, marking, look)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def sources(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which recommendations an action answers."""
    found, user = action_or_404(request, reference), who(request)
    permissions.check_edit_action(user, found)

    def make(data: Any, token: str) -> forms.SourcesForm:
        first = {**pages.sources_initial(found), "seen": token}
        return forms.SourcesForm(data, initial=first, recommendations=recommendations_to_choose(user))

    def save(form: forms.SourcesForm) -> str:
        given = pages.sources_given(found, list(form.cleaned_data["recommendations"]))
        version = int(form.cleaned_data["seen"])
        services.edit_action(found, version, {}, sources=given, by=actor_of(request), now=timezone.now())
        return "What the action answers was saved."

    # What may be chosen is gathered from everywhere, so the page is marked as what gathers many.
    asking, stand = about(found, "", "Save"), _versions(request, found, pages.source_rows)
    return ask(request, asking, make, save, reverse("plans:action", args=[reference]), stand)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def owners(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who answers for an action from a day on."""
    found = action_or_404(request, reference, None, *names_to(request))
    permissions.check_edit_action(who(request), found)

    def make(data: Any, token: str) -> forms.OwnersForm:
        return forms.OwnersForm(data, initial={**pages.owners_initial(found), "seen": token})

    def save(form: forms.OwnersForm) -> str:
        said = form.cleaned_data
        given = pages.owners_given(found, said["lead"].splitlines(), said["support"].splitlines())
        services.set_owners(
            found,
            given,
            as_at=said["as_at"],
            version=int(said["seen"]),
            reason=said["reason"],
            by=actor_of(request),
            now=timezone.now(),
        )
        unknown = [owner.raw for owner in given if owner.party is None]
        kept = f" Nobody is known by: {'; '.join(unknown)}. The words were kept." if unknown else ""
        return f"The owners were saved.{kept}"

    asking = about(found, "Who answers for it?", "Save the owners")
    return _ask(request, found, asking, make, save, _versions(request, found, pages.owner_rows))


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def timescale(request: HttpRequest, reference: str) -> HttpResponse:
    """Give an action another timescale; those before are kept."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)

    def save(form: forms.TimescaleForm) -> str:
        said = form.cleaned_data
        given = timescale_given(said["raw"])
        made = services.revise_timescale(
            found,
            int(said["seen"]),
            given,
            reason=said["reason"],
            as_at=said["as_at"],
            by=actor_of(request),
            now=timezone.now(),
        )
        return f"The timescale was saved. {pages.understood(TimescaleKind(made.kind), made.due_on)}"

    asking = about(found, "Change the timescale", "Save the timescale", facts=pages.timescale_rows(found))
    return _ask(
        request,
        found,
        asking,
        lambda data, token: forms.TimescaleForm(data, initial={"seen": token}),
        save,
        _versions(request, found, pages.timescale_rows),
    )


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def date_answer(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give the new date that an update asks for, or say why the one that stands stays."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)
    asking_for = found.updates.select_related("date_answer").filter(new_due_on__isnull=False)
    update = get_object_or_404(asking_for, pk=number)
    update.action = found

    def save(form: DateForm) -> str:
        said = form.cleaned_data
        version, is_agreed = int(said["seen"]), said["answer"] == AGREE
        given = {"is_agreed": is_agreed, "words": said["words"], "by": actor_of(request)}
        _, told = services.answer_date(update, version, **given, now=timezone.now())
        what = "The new date is given." if is_agreed else "The date stays as it is."
        return f"{what} {'Whoever asked is told by e-mail.' if told else TELL_THEM}"

    asking = about(found, "A new date is asked for", "Save the answer", facts=date_rows(found, update))
    stand = _versions(request, found, pages.timescale_rows)
    return _ask(
        request, found, asking, lambda data, token: DateForm(data, initial={"seen": token}), save, stand
    )


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def wait(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action waits for another one."""
    found = action_or_404(request, reference)
    permissions.check_update_action(who(request), found)

    def save(form: forms.WaitForm) -> str:
        said = form.cleaned_data
        other = action_named(who(request), said["needs"], found.plan)
        if other is None:
            raise Unacceptable(
                {"needs": f"No single action is known by “{said['needs']}”. Give its reference."}
            )
        services.add_dependency(
            found,
            other,
            as_at=said["as_at"],
            reason=said["reason"],
            by=actor_of(request),
            now=timezone.now(),
        )
        return f"It now waits for {other.reference}."

    asking = about(found, "It waits for another action", "Save")
    return _ask(request, found, asking, lambda data, token: forms.WaitForm(data), save)


@needs(Permission.PLANS_VIEW)
@require_POST
def wait_end(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Say that an action waits for another no longer."""
    found = action_or_404(request, reference)
    permissions.check_update_action(who(request), found)
    waiting = get_object_or_404(found.dependencies.select_related("action", "needs"), pk=number)
    now = timezone.now()
    try:
        services.end_dependency(waiting, as_at=timezone.localdate(now), by=actor_of(request), now=now)
    except (StaleRecord, Unacceptable) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"It no longer waits for {waiting.needs.reference}.")
    return redirect("plans:action", reference)


def _versions(request: HttpRequest, found: Action, rows: Any) -> Stand:
    return standing.version(found, lambda: selectors.get_action(who(request), found.reference), rows)


def _ask(
    request: HttpRequest, found: Action, asking: Asking, make: Make, save: Save, stand: Stand = nothing_to_see
) -> HttpResponse:
    """The form about an action, which afterwards leads back to it."""
    done = reverse("plans:action", args=[found.reference])
    return ask(request, asking, make, save, done, stand, marking_of(found, found.plan))
