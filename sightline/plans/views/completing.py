"""That an action is done, said by one person and confirmed by another; and updates returned with a question."""

from __future__ import annotations

from functools import cache, partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.asking import Make, Save, in_one_deed
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans import permissions, services
from sightline.plans.forms import completing as forms
from sightline.plans.models import Action, CompletionClaim
from sightline.plans.pages import completing as pages
from sightline.plans.pages.action_asking import about
from sightline.plans.selectors.parties import CLAIMS
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import action_or_404, marking_of, who
from sightline.screens.asking import Asking

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that an action is done; a second person then confirms it."""
    found, user = action_or_404(request, reference), who(request)
    permissions.check_update_action(user, found)

    def save(form: forms.ClaimForm) -> str:
        said = form.values()
        services.claim_completion(found, said.pop("text"), **said, by=actor_of(request), now=timezone.now())
        return "It was recorded that this is done. A second person now confirms it or returns it."

    shown = cache(partial(pages.claiming, user, found, timezone.localdate()))
    asking = about(
        found,
        "Say that it is done",
        "Record that it is done",
        facts=lambda: shown().rows,
        warning=lambda: shown().warning,
    )
    return _ask(request, found, asking, lambda data, token: forms.ClaimForm(data), save)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def decide(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Confirm that an action is done, or return it with what is missing."""
    found, user = action_or_404(request, reference, None, CLAIMS), who(request)
    permissions.check_confirm_completion(user, found)
    waiting = _claim(found, number)

    def save(form: forms.DecideForm) -> str:
        by, now, reason = actor_of(request), timezone.now(), form.cleaned_data["reason"]
        if form.cleaned_data["decision"] == forms.CONFIRM:
            services.confirm_completion(waiting, reason=reason, by=by, now=now)
            return (
                "It is confirmed: the action is complete. Whether it lasts is for an embedding test to show."
            )
        services.return_claim(waiting, reason, by=by, now=now)
        return "It was returned with what is missing. Its owner sees that on their first page."

    asking = about(
        found,
        "Is it done?",
        "Save the answer",
        facts=lambda: pages.deciding(found, waiting),
        warning=pages.own(user, waiting),
    )
    return _ask(request, found, asking, lambda data, token: forms.DecideForm(data), save)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def take_back(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Take back a claim that still waits; it stays in the history."""
    found = action_or_404(request, reference, None, CLAIMS)
    permissions.check_update_action(who(request), found)
    waiting = _claim(found, number)

    def save(form: forms.TakeBackForm) -> str:
        reason = form.cleaned_data["reason"]
        services.withdraw_claim(waiting, reason, by=actor_of(request), now=timezone.now())
        return "It was taken back. It stays in the history of the action."

    asking = about(
        found, "It is not done after all", "Take it back", facts=lambda: pages.deciding(found, waiting)
    )
    return _ask(request, found, asking, lambda data, token: forms.TakeBackForm(data), save)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def question(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Return an update to its owner with a question."""
    found = action_or_404(request, reference)
    permissions.check_return_update(who(request), found)
    update = get_object_or_404(found.updates, pk=number)

    def save(form: forms.QuestionForm) -> str:
        now = timezone.now()
        text, on = form.cleaned_data["text"], timezone.localdate(now)
        services.return_update(update, text, as_at=on, by=actor_of(request), now=now)
        return "The question was recorded. The owner sees it on their first page."

    asking = about(found, "Ask about this update", "Send the question", facts=pages.asking_about(update))
    return _ask(request, found, asking, lambda data, token: forms.QuestionForm(data), save)


def _claim(found: Action, number: int) -> CompletionClaim:
    """The claim of this number among the action's own. Raises Http404."""
    for each in found.claims.all():
        if each.pk == number:
            return each
    raise Http404("There is no such claim.")


def _ask(request: HttpRequest, found: Action, asking: Asking, make: Make, save: Save) -> HttpResponse:
    """The form about an action, which afterwards leads back to it. Two at once: the service tells the second."""
    done = reverse("plans:action", args=[found.reference])
    return ask(request, asking, make, save, done, marking=marking_of(found, found.plan))
