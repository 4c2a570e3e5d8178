"""Naming what answers a challenge or scrutiny entry, or treats a risk; and saying that it does so no more."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.challenges import permissions
from sightline.events.choices import MARKINGS, Tier, Unacceptable
from sightline.plans import services
from sightline.plans.forms.answering import AnswerForm, EndAnswerForm
from sightline.plans.models import Action
from sightline.plans.selectors.answering import LOGS, answerings_visible_to
from sightline.plans.selectors.choosing import recommendations_to_choose
from sightline.plans.selectors.visible import actions_visible_to, plans_visible_to
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import who
from sightline.screens.asking import Asking
from sightline.screens.elements import SummaryRow

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def answer_name(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Name an action, a recommendation or a plan that answers a record of the logs."""
    if kind not in LOGS:
        raise Http404("Nothing of this kind is answered.")
    user = who(request)
    logged: Any = get_object_or_404(LOGS[kind](user), pk=number)
    permissions.check_name_answer(user, logged)

    def make(data: Any, token: str) -> AnswerForm:
        rows = recommendations_to_choose(user)
        return AnswerForm(data, plans=plans_visible_to(user).order_by("name"), recommendations=rows)

    def save(form: AnswerForm) -> str:
        said = form.cleaned_data
        named = said["recommendation"] or said["plan"] or _action(user, said["action"])
        when = {"as_at": said["as_at"], "by": actor_of(request), "now": timezone.now()}
        services.name_answer(logged, named, reason=said["reason"], **when)
        return "It stands on both pages now."

    home = reverse(f"challenges:{kind}", args=[number])
    asking = Asking("Name what answers it", str(logged), home, "Save")
    return ask(request, asking, make, save, home, marking=MARKINGS[Tier(logged.tier)])


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def answer_end(request: HttpRequest, number: int) -> HttpResponse:
    """Say that something answers a record no more; both stay, with the reason."""
    user = who(request)
    found = get_object_or_404(answerings_visible_to(user).filter(ended_on=None), pk=number)
    permissions.check_name_answer(user, found.logged)

    def save(form: EndAnswerForm) -> str:
        said = form.cleaned_data
        when = {"as_at": said["as_at"], "by": actor_of(request), "now": timezone.now()}
        services.end_answer(found, reason=said["reason"], **when)
        return "It was ended, and stays with its reason."

    home = reverse(f"challenges:{found.logged._meta.model_name}", args=[found.logged.pk])
    facts = (SummaryRow("Answers", str(found.logged)), SummaryRow("How", found.reason))
    asking = Asking("It answers it no more", str(found.named), home, "Save", facts=facts)
    marking = MARKINGS[Tier(found.logged.tier)]
    return ask(request, asking, lambda data, token: EndAnswerForm(data), save, home, marking=marking)


def _action(user: Any, reference: str) -> Action:
    """The action of this reference. Raises Unacceptable where the person knows none."""
    found: Action | None = actions_visible_to(user).filter(reference__iexact=reference.strip()).first()
    if found is None:
        raise Unacceptable({"action": f"No action is known by “{reference.strip()}”. Give its reference."})
    return found
