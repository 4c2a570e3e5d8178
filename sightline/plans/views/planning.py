"""Writing a plan by hand: its head, its state, its priorities, outcomes and actions."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.partners.selectors import groups
from sightline.plans import permissions, services
from sightline.plans.choices import LABELS, PlanState
from sightline.plans.forms import plans as forms
from sightline.plans.forms.promises import ActionForm
from sightline.plans.pages import planning as pages
from sightline.plans.pages import standing
from sightline.plans.pages.likes import asker_of_plan, likes_of_text
from sightline.plans.pages.quarters import quarters_page
from sightline.plans.rules import addresses
from sightline.plans.rules.states import plan_moves_from
from sightline.plans.selectors.choosing import parts_of
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import marking_of, names_to, plan_or_404, who
from sightline.plans.views.structure import READ_OR_SEND, ask_of, written
from sightline.screens.asking import Asking, Standing


@needs(Permission.PLANS_VIEW)
@require_safe
def quarters(request: HttpRequest, key: str) -> HttpResponse:
    """A plan quarter by quarter: what falls due when, and how it stands."""
    found = plan_or_404(request, key)
    page = quarters_page(who(request), found, request.GET, timezone.localdate())
    return render(request, "plans/quarters.html", {"page": page})


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def plan_new(request: HttpRequest) -> HttpResponse:
    """Start an empty plan, to be filled by hand or from a document."""
    permissions.check_write_plan(who(request))
    made: list[str] = []

    def save(form: forms.PlanForm) -> str:
        now = timezone.now()
        new = services.create_plan(
            **form.values(), as_at=timezone.localdate(now), by=actor_of(request), now=now
        )
        made.append(new.key)
        return f"{new.name} was started. Now add its first priority."

    asking = Asking("Start an empty plan", "", reverse("plans:list"), "Start the plan")
    return ask(
        request,
        asking,
        lambda data, token: forms.PlanForm(data, groups=groups(who(request))),
        save,
        lambda: reverse("plans:edit", args=made),
    )


@needs(Permission.PLAN_WRITE)
@require_safe
def planning(request: HttpRequest, key: str) -> HttpResponse:
    """What can be changed about a plan: its head, priorities, outcomes, and where actions are added."""
    found = written(request, key)
    context = {"page": pages.planning_page(found), "marking": marking_of(found)}
    return render(request, "plans/planning.html", context)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def plan_edit(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is printed over a plan."""
    found = written(request, key)

    def make(data: Any, token: str) -> forms.PlanForm:
        first = {**pages.plan_initial(found), "seen": token}
        return forms.PlanForm(data, initial=first, groups=groups(who(request)))

    def save(form: forms.PlanForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_plan(found, version, form.values(), by=actor_of(request), now=timezone.now())
        return "The plan was saved."

    stand = standing.version(found, lambda: plan_or_404(request, key), pages.plan_rows)
    return ask_of(request, found, "Change what is printed over it", "Save the plan", make, save, stand)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def plan_state(request: HttpRequest, key: str) -> HttpResponse:
    """Approve a plan, put it in force, close it."""
    found, user = plan_or_404(request, key), who(request)
    offered = [
        move
        for move in plan_moves_from(found.state_now)
        # Rolling over is a task of its own: what becomes of each action is chosen first.
        if move.to_state != PlanState.ROLLED_OVER
        and permissions.can_change_plan_state(user, found, move.to_state)
    ]
    if not offered:
        permissions.check_change_plan_state(user, found, PlanState.APPROVED)

    def make(data: Any, token: str) -> forms.PlanStateForm:
        return forms.PlanStateForm(data, initial={"seen": token}, moves=offered, groups=groups(user))

    def save(form: forms.PlanStateForm) -> str:
        said = form.values()
        to = PlanState(said.pop("to"))
        services.change_plan_state(found, to, **said, by=actor_of(request), now=timezone.now())
        return f"The plan is now: {LABELS[to].lower()}."

    now = LABELS[found.state_now].lower()
    home = addresses.of_plan(key)
    asking = Asking("Change its state", found.name, home, "Save", intro=f"It is “{now}” now.")
    return ask(request, asking, make, save, home, lambda seen: Standing(found.state), marking_of(found))


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def action_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add an action by hand."""
    found = written(request, key, *names_to(request))
    parts, wanted = parts_of(found), request.GET.get("priority", "")

    def make(data: Any, token: str) -> ActionForm:
        return ActionForm(data, initial={"priority": wanted}, parts=parts)

    def save(form: ActionForm) -> str:
        given, as_at = pages.action_given(found, form), form.cleaned_data["as_at"]
        made = services.add_action(found, given, as_at=as_at, by=actor_of(request), now=timezone.now())
        return f"{made.reference} was added to the plan."

    look = partial(likes_of_text, who(request), asker=asker_of_plan(found))
    return ask_of(request, found, "Add an action", "Add the action", make, save, look=look)
