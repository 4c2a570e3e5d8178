"""One recommendation, and the themes of recommendations and actions."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import in_one_deed
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.plans import permissions, services
from sightline.plans.forms.ledger import ThemesForm
from sightline.plans.forms.sources import RecommendationForm
from sightline.plans.models import Action, Recommendation
from sightline.plans.pages import standing
from sightline.plans.pages import themes as theme_pages
from sightline.plans.pages.likes import (
    asker_of_recommendation,
    asker_of_source,
    likes_of_action,
    likes_of_text,
    named,
)
from sightline.plans.pages.recommendation import recommendation_page
from sightline.plans.pages.sources import recommendation_rows
from sightline.plans.rules import addresses
from sightline.plans.rules.themes import themes
from sightline.plans.selectors.answering import Logs
from sightline.plans.selectors.parties import THEMES
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import action_or_404, marking_of, recommendation_or_404, source_or_404, who
from sightline.screens.asking import Asking

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLANS_VIEW)
@require_safe
def recommendation(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """A recommendation, what was said of it, and what was asked for before."""
    found = recommendation_or_404(request, key, number, THEMES, Logs(who(request), "recommendation"))
    page = recommendation_page(who(request), found, timezone.localdate())
    return render(request, "plans/recommendation.html", {"page": page})


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def recommendation_new(request: HttpRequest, key: str) -> HttpResponse:
    """Add one thing a source asks for; before it is saved, one may look whether it was asked for before."""
    found, user = source_or_404(request, key), who(request)
    permissions.check_write_plan(user)
    made: list[Recommendation] = []

    def save(form: RecommendationForm) -> str:
        new = services.create_recommendation(found, **form.values(), by=actor_of(request), now=timezone.now())
        made.append(new)
        return f"{named(new.number)} was added."

    home = reverse("plans:source", args=[key])
    return ask(
        request,
        Asking("Add a recommendation", found.title, home, "Add the recommendation"),
        lambda data, token: RecommendationForm(data),
        save,
        lambda: addresses.of_recommendation(key, made[0].pk),
        marking=marking_of(found),
        look=lambda data: likes_of_text(user, data, asker_of_source(found)),
    )


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def recommendation_edit(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Change the words of a recommendation, or whom it is addressed to."""
    found, user = recommendation_or_404(request, key, number), who(request)
    permissions.check_write_plan(user)
    home = addresses.of_recommendation(key, number)

    def make(data: Any, token: str) -> RecommendationForm:
        known = {name: getattr(found, name) for name in ("number", "title", "text")}
        addressed = "\n".join(found.addressed_to)
        return RecommendationForm(data, initial={**known, "addressed_to": addressed, "seen": token})

    def save(form: RecommendationForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.edit_recommendation(found, version, form.values(), by=actor_of(request), now=timezone.now())
        return f"{named(found.number)} was saved."

    stand = standing.version(found, lambda: recommendation_or_404(request, key, number), recommendation_rows)
    asking = Asking("Change the recommendation", found.source.title, home, "Save the recommendation")
    return ask(
        request,
        asking,
        make,
        save,
        home,
        stand,
        marking_of(found.source),
        look=lambda data: likes_of_text(user, data, asker_of_recommendation(found)),
    )


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def recommendation_themes(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Choose what a recommendation is about."""
    found = recommendation_or_404(request, key, number)
    permissions.check_write_plan(who(request))
    home = addresses.of_recommendation(key, number)
    words = f"{found.title} {found.text}"
    return _choose(
        request,
        found,
        words,
        home,
        marking_of(found.source),
        lambda: recommendation_or_404(request, key, number),
    )


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def action_themes(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose what an action is about."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)
    home = addresses.of_action(reference)
    return _choose(
        request,
        found,
        found.text,
        home,
        marking_of(found, found.plan),
        lambda: action_or_404(request, reference),
    )


def _choose(
    request: HttpRequest, found: Action | Recommendation, words: str, home: str, marking: str, again: Any
) -> HttpResponse:
    offered = theme_pages.offered(found, words)

    def make(data: Any, token: str) -> ThemesForm:
        chosen = theme_pages.chosen_of(found)
        return ThemesForm(data, initial={"themes": chosen, "seen": token}, choices=offered)

    def save(form: ThemesForm) -> str:
        version = int(form.cleaned_data["seen"])
        services.set_themes(
            found, version, form.cleaned_data["themes"], by=actor_of(request), now=timezone.now()
        )
        return "The themes were saved."

    stand = standing.version(found, again, theme_pages.theme_rows)
    return ask(request, Asking("", words, home, "Save the themes"), make, save, home, stand, marking)


@needs(Permission.PLANS_VIEW)
@require_safe
def action_before(request: HttpRequest, reference: str) -> HttpResponse:
    """What was asked for before that is like an action, and what became of it."""
    found = action_or_404(request, reference)
    likes = likes_of_action(who(request), found)
    context = {"action": found, "likes": likes, "marking": marking_of(found, found.plan)}
    return render(request, "plans/action_before.html", context)


@needs(Permission.PLANS_VIEW)
@require_safe
def theme_list(request: HttpRequest) -> HttpResponse:
    """Every theme, with how much was asked, promised and embedded under it."""
    return render(request, "plans/themes.html", {"page": theme_pages.list_page(who(request))})


@needs(Permission.PLANS_VIEW)
@require_safe
def theme(request: HttpRequest, key: str) -> HttpResponse:
    """One theme over the years and across sources."""
    if key not in themes():
        raise Http404("There is no such theme.")
    return render(
        request, "plans/theme.html", {"page": theme_pages.theme_page(who(request), key, request.GET)}
    )
