"""Changing the printed structure of a plan by hand: priorities, functions, strands, outcomes, and its key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.asking import Look, Make, Save, Stand
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans import permissions, services
from sightline.plans.forms import plans as forms
from sightline.plans.forms.legend import LegendForm
from sightline.plans.models import Plan
from sightline.plans.pages import planning as pages
from sightline.plans.pages import standing
from sightline.plans.selectors.choosing import parts_of
from sightline.plans.selectors.gathering import Gathered
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import marking_of, plan_or_404, who
from sightline.screens.asking import Asking, SeenForm, nothing_to_see

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def priority_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add a priority."""
    found = written(request, key)

    def save(form: forms.PriorityForm) -> str:
        made = services.add_priority(found, **form.values(), by=actor_of(request), now=timezone.now())
        return f"{made.own_name} was added."

    return ask_of(request, found, "Add a priority", "Add the priority", plain(forms.PriorityForm), save)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def priority_edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change a priority."""
    found = written(request, key)
    priorities = parts_of(found).priorities
    priority = get_object_or_404(priorities, pk=number)

    def make(data: Any, token: str) -> forms.PriorityForm:
        return forms.PriorityForm(data, initial={**pages.priority_initial(priority), "seen": token})

    def save(form: forms.PriorityForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_priority(priority, version, form.values(), by=actor_of(request), now=timezone.now())
        return "The priority was saved."

    stand = standing.version(priority, lambda: priorities.get(pk=number), pages.priority_rows)
    return ask_of(request, found, "Change the priority", "Save the priority", make, save, stand)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def outcome_new(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Say what will be different for children under a priority."""
    found = written(request, key)
    priority = get_object_or_404(parts_of(found).priorities, pk=number)

    def save(form: forms.OutcomeForm) -> str:
        services.add_outcome(priority, **form.values(), by=actor_of(request), now=timezone.now())
        return "What will be different was added."

    return ask_of(request, found, "Add a difference for children", "Add it", plain(forms.OutcomeForm), save)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def outcome_edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change what will be different for children."""
    found = written(request, key)
    outcomes = parts_of(found).outcomes
    outcome = get_object_or_404(outcomes.select_related("priority__plan"), pk=number)

    def make(data: Any, token: str) -> forms.OutcomeForm:
        return forms.OutcomeForm(data, initial={"text": outcome.text, "seen": token})

    def save(form: forms.OutcomeForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_outcome(outcome, version, form.values(), by=actor_of(request), now=timezone.now())
        return "What will be different was saved."

    stand = standing.version(outcome, lambda: outcomes.get(pk=number), pages.outcome_rows)
    return ask_of(request, found, "Change the difference for children", "Save it", make, save, stand)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def strand_new(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Add a strand of work under a priority."""
    found = written(request, key)
    priority = get_object_or_404(parts_of(found).priorities, pk=number)

    def save(form: forms.StrandForm) -> str:
        made = services.add_strand(priority, **form.values(), by=actor_of(request), now=timezone.now())
        return f"The strand “{made}” was added."

    return ask_of(request, found, "Add a strand", "Add the strand", plain(forms.StrandForm), save)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def strand_edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change a strand."""
    found = written(request, key)
    strands = parts_of(found).strands
    strand = get_object_or_404(strands.select_related("priority__plan"), pk=number)

    def make(data: Any, token: str) -> forms.StrandForm:
        first = {"number": strand.number, "title": strand.title, "seen": token}
        return forms.StrandForm(data, initial=first)

    def save(form: forms.StrandForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_strand(strand, version, form.values(), by=actor_of(request), now=timezone.now())
        return "The strand was saved."

    stand = standing.version(strand, lambda: strands.get(pk=number), pages.strand_rows)
    return ask_of(request, found, "Change the strand", "Save the strand", make, save, stand)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def legend(request: HttpRequest, key: str) -> HttpResponse:
    """Change the plan's own printed key: which of its words stands for which rating."""
    found = written(request, key)

    def make(data: Any, token: str) -> LegendForm:
        return LegendForm(data, legend=found.legend, initial={"seen": token})

    def save(form: LegendForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_plan(
            found, version, {"legend": form.legend()}, by=actor_of(request), now=timezone.now()
        )
        return "The key was saved. Ratings that are there already stay as they are."

    asking = Asking(
        "The plan’s own key",
        found.name,
        reverse("plans:edit", args=[key]),
        "Save the key",
        intro="What the plan’s status words mean. Its next document is read by this key, and exports print it.",
        fields="plans/legend_fields.html",
    )
    stand = standing.version(found, lambda: plan_or_404(request, key), pages.legend_rows)
    done = reverse("plans:edit", args=[key])
    return ask(request, asking, make, save, done, stand, marking_of(found))


def written(request: HttpRequest, key: str, *more: Gathered) -> Plan:
    """The plan of the address with `more`, for somebody who may write it. Raises Http404, Refused."""
    found = plan_or_404(request, key, *more)
    permissions.check_write_plan(who(request), found)
    return found


def plain(form: type[SeenForm]) -> Make:
    return lambda data, token: form(data)


def ask_of(
    request: HttpRequest,
    plan: Plan,
    title: str,
    button: str,
    make: Make,
    save: Save,
    stand: Stand = nothing_to_see,
    look: Look | None = None,
) -> HttpResponse:
    """The form about a plan or a part of it, which afterwards leads back to what can be changed."""
    home = reverse("plans:edit", args=[plan.key])
    return ask(
        request, Asking(title, plan.name, home, button), make, save, home, stand, marking_of(plan), look
    )
