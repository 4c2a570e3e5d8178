"""Rolling a plan over into the next one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access.asking import REFUSED
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.plans import permissions
from sightline.plans.choices import WORK_STATES, PlanState, WorkingState
from sightline.plans.forms.rolling import FatesForm, RollOverForm
from sightline.plans.models import Plan, RollOver
from sightline.plans.pages import rolling as pages
from sightline.plans.rules import addresses
from sightline.plans.selectors import plans_visible_to
from sightline.plans.selectors.rolling import roll_over_of, to_choose
from sightline.plans.services import rolling as services
from sightline.plans.views.asking import ask, save_knowingly
from sightline.plans.views.finding import plan_or_404, who
from sightline.screens.asking import Asking
from sightline.screens.forms import version_sent

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def roll_over(request: HttpRequest, key: str) -> HttpResponse:
    """Begin to roll a plan over; then choose what becomes of each action; then see how it went."""
    plan = _written(request, key)
    roll = roll_over_of(plan)
    if roll is None or (roll.state == WorkingState.DONE and plan.state == PlanState.IN_FORCE):
        return _begin(request, plan)
    if request.method == "POST":
        return _choose(request, roll)
    return _page(request, roll)


def _begin(request: HttpRequest, plan: Plan) -> HttpResponse:
    user = who(request)
    others = plans_visible_to(user).filter(state__in=WORK_STATES).exclude(pk=plan.pk).order_by("name")

    def save(form: RollOverForm) -> str:
        services.begin_roll_over(plan, **form.values(), by=actor_of(request), now=timezone.now())
        return "Now choose what becomes of each action. Nothing changes before you have chosen for all."

    asking = Asking(
        "Roll it over into the next plan",
        plan.name,
        addresses.of_plan(plan.key),
        "Go on to choose actions",
        intro="You choose for each unfinished action whether the next plan takes it over. Numbers, owners, first "
        "dates and slips go with it, and each action keeps a link to the other.",
        is_half=True,
    )
    here = reverse("plans:roll_over", args=[plan.key])
    return ask(request, asking, lambda data, token: RollOverForm(data, plans=others), save, here)


def _choose(request: HttpRequest, roll: RollOver) -> HttpResponse:
    # The rows that were on the page: the list may have become another one since.
    numbers = [version_sent(text) for text in request.POST.getlist("row")[: pages.SIZE]]
    form = FatesForm(request.POST, actions=to_choose(who(request), roll).filter(pk__in=numbers))
    if form.is_valid():
        try:
            save_knowingly(form, partial(_chosen, request, roll), request.path, by=actor_of(request))
        except Unacceptable as refused:
            for name, sentence in refused.problems.items():
                form.add_error(name, sentence)
        except StaleRecord:
            form.add_error(
                None, "Somebody else has chosen meanwhile. Your answers are below: save again to keep them."
            )
            roll.refresh_from_db()
            again = request.POST.copy()
            again["seen"] = str(roll.version)
            form.data = again
        else:
            messages.success(request, "What you chose was saved.")
            return redirect(f"{request.path}{_onwards(request)}")
    return _page(request, roll, form)


def _chosen(request: HttpRequest, roll: RollOver, form: FatesForm) -> RollOver:
    version = version_sent(form.cleaned_data["seen"])
    return services.choose_fates(roll, version, form.given(), by=actor_of(request), now=timezone.now())


def _onwards(request: HttpRequest) -> str:
    """The next page, as the form tells it; where the list shows one choice alone it has just become shorter, and where
    there is no next page: its first page again.
    """
    first = request.GET.copy()
    first.pop("page", None)
    told = "" if "fate" in first else request.POST.get("next", "").removeprefix("?")
    return f"?{told or first.urlencode()}"


def _page(request: HttpRequest, roll: RollOver, form: FatesForm | None = None) -> HttpResponse:
    page = pages.roll_over_page(who(request), roll, request.GET, form)
    return render(request, "plans/rolling.html", {"page": page}, status=REFUSED if form else 200)


@needs(Permission.PLAN_WRITE)
@require_POST
def roll_over_finish(request: HttpRequest, key: str) -> HttpResponse:
    """Do all that was chosen."""
    return _ended(request, key, services.finish_roll_over, "")


@needs(Permission.PLAN_WRITE)
@require_POST
def roll_over_give_up(request: HttpRequest, key: str) -> HttpResponse:
    """Give a roll-over up while it is being chosen."""
    return _ended(
        request, key, services.give_up_roll_over, "The roll-over was given up. Nothing was changed."
    )


def _ended(request: HttpRequest, key: str, end: Any, sentence: str) -> HttpResponse:
    plan = _written(request, key)
    roll = roll_over_of(plan)
    if roll is None:
        raise Http404("This plan is not being rolled over.")
    try:
        end(roll, version_sent(request.POST.get("version", "")), by=actor_of(request), now=timezone.now())
    except (StaleRecord, Unacceptable) as refused:
        messages.error(
            request,
            " ".join(refused.problems.values()) if isinstance(refused, Unacceptable) else str(refused),
        )
    else:
        if sentence:
            messages.success(request, sentence)
            return redirect(addresses.of_plan(key))
    return redirect("plans:roll_over", key)


def _written(request: HttpRequest, key: str) -> Plan:
    plan = plan_or_404(request, key)
    permissions.check_write_plan(who(request), plan)
    permissions.check_change_plan_state(who(request), plan, PlanState.ROLLED_OVER)
    return plan
