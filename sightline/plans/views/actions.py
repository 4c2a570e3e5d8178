"""An action, and what people say of it: updates, ratings, states, evidence, tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import Make, Save, Stand, in_one_deed
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import Refused
from sightline.documents.serving import download
from sightline.plans import permissions, services
from sightline.plans.choices import (
    LABELS,
    DeliveryState,
    Dimension,
    EvidenceQuarter,
    ReceivedHow,
)
from sightline.plans.forms import actions as forms
from sightline.plans.models import Action, Rating, StateChange, Update
from sightline.plans.pages import action as pages
from sightline.plans.pages import standing
from sightline.plans.pages.action_asking import about, rating_facts, update_facts
from sightline.plans.rules.states import free_moves_from
from sightline.plans.rules.tiers import may_be_published
from sightline.plans.selectors.files import evidence_files as evidence_files_of
from sightline.plans.selectors.parties import QUESTIONS
from sightline.plans.selectors.then import moment_of
from sightline.plans.services.exporting import note_file_taken
from sightline.plans.services.telling import Telling, tell_update
from sightline.plans.views.asking import ask, scanned
from sightline.plans.views.finding import action_or_404, marking_of, who
from sightline.screens.asking import Asking, nothing_to_see
from sightline.screens.looking_back import read_looking_back
from sightline.screens.words import day

READ_OR_SEND = ["GET", "HEAD", "POST"]

MOVED_BY = (
    "From here its state is changed by the business unit. That it is done is said on the action’s own page."
)


@needs(Permission.PLANS_VIEW)
@require_safe
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """One action: promise, ratings, updates, evidence, history."""
    found, today = action_or_404(request, reference), timezone.localdate()
    looking = read_looking_back(request.GET, today)
    on, moment = looking.day or today, moment_of(looking.day) if looking.day else None
    try:
        page = pages.action_page(who(request), found, on, moment)
    except pages.NotYet:
        looking = replace(looking, day=None, problem=f"The action was not kept here yet on {day(on)}.")
        page = pages.action_page(who(request), found, today)
    context = {"page": page, "looking": looking}
    return render(request, "plans/action.html", context)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def update(request: HttpRequest, reference: str) -> HttpResponse:
    """Record an update; with it, how delivery stands and what is in the way."""
    found = action_or_404(request, reference, Update.objects.all(), QUESTIONS)
    permissions.check_update_action(who(request), found)
    may_rate = permissions.can_rate_delivery(who(request), found)
    is_blocked = bool(found.current_blocked_reason)
    waiting = next((each for each in found.questions.all() if each.answered_on is None), None)

    def make(data: object, token: str) -> forms.UpdateForm:
        asked: Any = {
            "may_rate": may_rate,
            "is_blocked": is_blocked,
            "question": waiting.text if waiting else "",
        }
        may_publish = may_be_published(found.tier, found.plan.tier)
        return forms.UpdateForm(data, initial={"seen": token}, may_publish=may_publish, **asked)

    def save(form: forms.UpdateForm) -> str:
        said = form.cleaned_data
        told = Telling(
            text=said["text"],
            publishable=said.get("publishable", ""),
            dated_on=said["dated_on"],
            said_by=said["said_by"],
            received_how=ReceivedHow(said["received_how"]),
            delivery=said.get("delivery", ""),
            reason=said.get("reason", ""),
            hindrance=said.get("hindrance", "") if said["blocked"] == forms.YES else None,
            can_go_on=said["blocked"] == forms.GONE,
            answers=said.get("answers") == forms.YES,
        )
        tell_update(found, told, by=actor_of(request), now=timezone.now())
        return "The update was recorded."

    asking = about(found, "Record an update", "Record the update", facts=update_facts(found, waiting))
    return _ask(request, found, asking, make, save, standing.updates(found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def rate(request: HttpRequest, reference: str, dimension: str) -> HttpResponse:
    """Say how delivery or impact stands."""
    if dimension not in set(Dimension):
        raise Http404("There are two ratings: delivery and impact.")
    which = Dimension(dimension)
    found = action_or_404(request, reference, Rating.objects.filter(dimension=which))
    permissions.check_rate(who(request), found, which)

    def make(data: object, token: str) -> forms.RateForm:
        return forms.RateForm(data, initial={"seen": token}, dimension=which)

    def save(form: forms.RateForm) -> str:
        said = form.values()
        said["received_how"] = ReceivedHow(said["received_how"])
        services.rate(found, which, said.pop("value"), **said, by=actor_of(request), now=timezone.now())
        return f"{LABELS[which]} was rated."

    title = f"Rate {LABELS[which].lower()}"
    asking = about(
        found, title, "Save the rating", facts=lambda: rating_facts(found, which, timezone.localdate())
    )
    return _ask(request, found, asking, make, save, standing.ratings(found, which))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def state(request: HttpRequest, reference: str) -> HttpResponse:
    """Start, close, replace or reopen an action; that it is done is said, and confirmed, elsewhere."""
    found = action_or_404(request, reference, StateChange.objects.all())
    user = who(request)
    offered = [
        m for m in free_moves_from(found.state_now) if permissions.can_change_state(user, found, m.to_state)
    ]
    if not offered:
        permissions.check_update_action(user, found)
        raise Refused(MOVED_BY)

    def make(data: object, token: str) -> forms.StateForm:
        return forms.StateForm(data, initial={"seen": token}, moves=offered)

    def save(form: forms.StateForm) -> str:
        to = DeliveryState(form.cleaned_data["to"])
        said = {"as_at": form.cleaned_data["as_at"], "reason": form.cleaned_data["reason"]}
        services.change_state(found, to, **said, by=actor_of(request), now=timezone.now())
        return f"The action is now: {LABELS[to].lower()}."

    now = LABELS[found.state_now].lower()
    asking = about(found, "Change its state", "Save", intro=f"It is “{now}” now.")
    return _ask(request, found, asking, make, save, standing.states(found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@scanned
@in_one_deed
def evidence(request: HttpRequest, reference: str) -> HttpResponse:
    """Add something that shows a difference."""
    found = action_or_404(request, reference)
    permissions.check_update_action(who(request), found)

    def save(form: forms.EvidenceForm) -> str:
        said = form.values()
        said["received_how"] = ReceivedHow(said["received_how"])
        quarter, files = EvidenceQuarter(said.pop("quarter")), said.pop("attached")
        made = services.record_evidence(
            found, quarter, said.pop("text"), **said, files=files, by=actor_of(request), now=timezone.now()
        )
        kept = made.files.all() if files else ()
        return f"The evidence was added.{pages.told_of_files(kept)}"

    asking = about(found, "Add evidence", "Add the evidence")
    return _ask(
        request, found, asking, lambda data, token: forms.EvidenceForm(data, request.FILES or None), save
    )


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@scanned
@in_one_deed
def evidence_files(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Add files to evidence that was recorded before."""
    found = action_or_404(request, reference)
    permissions.check_update_action(who(request), found)
    recorded = get_object_or_404(found.evidence, pk=number)

    def save(form: forms.FilesForm) -> str:
        files = form.cleaned_data["attached"]
        made = services.add_files(recorded, files, by=actor_of(request), now=timezone.now())
        return f"{len(made)} file{'s were' if len(made) > 1 else ' was'} added.{pages.told_of_files(made)}"

    asking = about(found, "Add files", "Add the files", intro=recorded.text)
    return _ask(
        request, found, asking, lambda data, token: forms.FilesForm(data, request.FILES or None), save
    )


@needs(Permission.PLANS_VIEW)
@require_safe
def file(request: HttpRequest, reference: str, number: int) -> FileResponse:
    """A stored file of the action's evidence, for whoever may read the action."""
    found = action_or_404(request, reference)
    kept = get_object_or_404(evidence_files_of(found), pk=number)
    answer = download(kept.document, is_earlier=kept.is_earlier)  # type: ignore[attr-defined]  # annotated
    note_file_taken(found, kept, by=actor_of(request))
    return answer


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
@in_one_deed
def test(request: HttpRequest, reference: str) -> HttpResponse:
    """Set a dated check of whether it lasted."""
    found = action_or_404(request, reference)
    permissions.check_edit_action(who(request), found)

    def save(form: forms.TestForm) -> str:
        now = timezone.now()
        due = form.cleaned_data["due_on"]
        services.set_embedding_test(
            found,
            form.cleaned_data["question"],
            due_on=due,
            as_at=timezone.localdate(now),
            by=actor_of(request),
            now=now,
        )
        return "The embedding test was set."

    asking = about(found, "Set an embedding test", "Set the test", intro="Done is not embedded.")
    return _ask(request, found, asking, lambda data, token: forms.TestForm(data), save)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def test_result(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Record what an embedding test found; a failed one returns the action to in progress."""
    found = action_or_404(request, reference)
    permissions.check_update_action(who(request), found)
    waiting = get_object_or_404(found.embedding_tests.select_related("action__plan__group"), pk=number)

    def save(form: forms.TestResultForm) -> str:
        said = form.values()
        services.record_embedding_result(
            waiting, said.pop("passed"), **said, by=actor_of(request), now=timezone.now()
        )
        return "What the test found was recorded."

    asking = about(
        found,
        "What did the test find?",
        "Save the finding",
        intro=waiting.question,
        warning="A failed test returns the action to in progress. Its history is kept.",
    )
    return _ask(request, found, asking, lambda data, token: forms.TestResultForm(data), save)


def _ask(
    request: HttpRequest, found: Action, asking: Asking, make: Make, save: Save, stand: Stand = nothing_to_see
) -> HttpResponse:
    """The form about an action, which afterwards leads back to it."""
    done = reverse("plans:action", args=[found.reference])
    return ask(request, asking, make, save, done, stand, marking_of(found, found.plan))
