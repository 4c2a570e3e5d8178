"""Rounds of a plan or a group: those so far, and opening the next."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sightline.access.asking import knowingly
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.events.choices import MARKINGS, Tier, Unacceptable
from sightline.partners.selectors import groups
from sightline.plans import permissions
from sightline.plans.forms.rounds import RoundForm
from sightline.plans.models import Plan
from sightline.plans.pages.rounds import rounds_page
from sightline.plans.selectors.rounds import About, about_group, about_plan, owners_to_ask
from sightline.plans.views.finding import marking_of, plan_or_404, who
from sightline.requests import services as requests

REFUSED = 422
READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def rounds(request: HttpRequest, key: str) -> HttpResponse:
    """The rounds of a plan, and opening the next."""
    found = plan_or_404(request, key)
    permissions.check_write_plan(who(request), found)
    if request.method == "POST":
        permissions.check_ask_owners(who(request), found)
    return _rounds(request, about_plan(found), marking_of(found), found)


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def group_rounds(request: HttpRequest, key: str) -> HttpResponse:
    """The rounds about every plan of a group, and opening the next."""
    permissions.check_write_plan(who(request))
    found = get_object_or_404(groups(who(request)), key=key)
    return _rounds(request, about_group(found), MARKINGS[Tier.T1])


def _rounds(request: HttpRequest, about: About, marking: str, plan: Plan | None = None) -> HttpResponse:
    now = timezone.now()
    owners = owners_to_ask(about, timezone.localdate(now))
    form = RoundForm(request.POST if request.method == "POST" else None, owners=owners)
    if form.is_valid():
        given = requests.RoundGiven(
            kind=about.kind,
            record=about.number,
            title=form.cleaned_data["title"],
            about=about.name,
            closes_on=form.cleaned_data["closes_on"],
            group_key=about.group_key,
        )
        try:
            begin = knowingly(requests.open_round, form, request)
            made = begin(given, form.asked(), by=actor_of(request), now=now)
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            messages.success(request, "The round is open. Its e-mails go out within minutes.")
            return redirect("requests:round", made.pk)
    context = {"page": rounds_page(who(request), about, owners, form, plan), "form": form, "marking": marking}
    return render(request, "plans/rounds.html", context, status=REFUSED if form.is_bound else 200)
