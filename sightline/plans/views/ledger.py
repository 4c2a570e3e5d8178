"""The ledger of recommendations: as a list, and what each of those it is addressed to says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.asking import Make, Save, Stand
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.permissions import can_hold
from sightline.plans import permissions, services
from sightline.plans.choices import Acceptance, EvidenceQuarter, LedgerKind, Step
from sightline.plans.forms import ledger as forms
from sightline.plans.models import Addressee, LedgerLine, Recommendation, Source
from sightline.plans.pages import ledger as pages
from sightline.plans.pages import standing
from sightline.plans.pages.likes import named
from sightline.plans.reports.addendum import ADDENDUM_FORMATS, addendum_name, print_addendum
from sightline.plans.rules import addresses
from sightline.plans.services.exporting import note_list_export
from sightline.plans.views.asking import ask
from sightline.plans.views.finding import (
    addressee_or_404,
    marking_of,
    recommendation_or_404,
    source_or_404,
    who,
)
from sightline.rendering import MEDIA_TYPES, write
from sightline.screens.asking import Asking, nothing_to_see

READ_OR_SEND = ["GET", "HEAD", "POST"]


@needs(Permission.PLANS_VIEW)
@require_safe
def recommendation_list(request: HttpRequest) -> HttpResponse:
    """Every recommendation of the partnership, and everybody it is addressed to."""
    user, on = who(request), timezone.localdate()
    page = pages.whole_ledger(user, request.GET, on, may_export=can_hold(user, Permission.EXPORT))
    return render(request, "plans/ledger.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def recommendations_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a file."""
    return _csv(request, None)


@needs(Permission.PLANS_VIEW)
@require_safe
def source_ledger(request: HttpRequest, key: str) -> HttpResponse:
    """The ledger of one source."""
    found = source_or_404(request, key)
    page = pages.source_ledger(who(request), found, request.GET, timezone.localdate())
    formats = ADDENDUM_FORMATS.items()
    context = {"page": page, "formats": formats, "marking": marking_of(found)}
    return render(request, "plans/ledger.html", context)


@needs(Permission.EXPORT)
@require_safe
def source_ledger_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The ledger of one source as a file."""
    return _csv(request, source_or_404(request, key))


@needs(Permission.EXPORT)
@require_safe
def addendum(request: HttpRequest, key: str, text: str, format: str) -> HttpResponse:
    """The addendum made from the ledger: what may be published, or everything."""
    found = source_or_404(request, key)
    if format not in ADDENDUM_FORMATS or text not in ("published", "all"):
        raise Http404
    permissions.check_export_source(who(request), found)
    content = print_addendum(
        found, format, whole=text == "all", user=who(request), on=timezone.localdate(), by=actor_of(request)
    )
    return _file(content, MEDIA_TYPES[format], addendum_name(found, format, whole=text == "all"))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def accept(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Say whether a recommendation is accepted."""
    found = _answered(request, key, number, addressee, LedgerKind.ACCEPTANCE)

    def save(form: forms.AcceptForm) -> str:
        value = Acceptance(form.cleaned_data["value"])
        services.accept(found, value, form.said(), by=actor_of(request), now=timezone.now())
        return "It was recorded."

    stand = standing.ledger(found, LedgerKind.ACCEPTANCE)
    return _ask(request, found, "Is it accepted?", _plain(forms.AcceptForm), save, stand)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def respond(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Answer a recommendation for one of those it is addressed to; `?replaces=N` changes an answer."""
    found = _answered(request, key, number, addressee, LedgerKind.RESPONSE)
    recommendation = found.recommendation
    old = _replaced(request, recommendation, found)
    save = _respond(request, recommendation, found, old)
    title = "Change the response" if old else "Add a response"
    return _ask(request, found, title, _response_form(old), save, standing.ledger(found, LedgerKind.RESPONSE))


@needs(Permission.PLAN_WRITE)
@require_http_methods(READ_OR_SEND)
def respond_for_all(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Answer a recommendation in the name of all it is addressed to; `?replaces=N` changes an answer."""
    found = recommendation_or_404(request, key, number)
    permissions.check_write_plan(who(request))
    old = _replaced(request, found, None)
    home = addresses.of_recommendation(key, number)
    title = "Change the response" if old else "Add a response from all of them"
    asking = Asking(title, _in_words(found), home, "Save the response")
    stand = standing.joint_responses(found)
    save = _respond(request, found, None, old)
    return ask(request, asking, _response_form(old), save, home, stand, marking_of(found.source))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def progress(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Say how far it has come."""
    found = _answered(request, key, number, addressee, LedgerKind.PROGRESS)

    def make(data: Any, token: str) -> forms.ProgressForm:
        return forms.ProgressForm(data, initial={"seen": token, "months": str(found.current_due_months or 0)})

    def save(form: forms.ProgressForm) -> str:
        months = form.months_given()
        services.report_progress(found, months, form.said(), by=actor_of(request), now=timezone.now())
        return "The progress was recorded."

    stand = standing.ledger(found, LedgerKind.PROGRESS)
    return _ask(request, found, "Report progress", make, save, stand)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def step(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Say on which step of the embedding ladder it stands."""
    found = _answered(request, key, number, addressee, LedgerKind.STEP)

    def save(form: forms.StepForm) -> str:
        said = form.cleaned_data
        quarter = EvidenceQuarter(said["quarter"]) if said["quarter"] else None
        to = Step(int(said["step"]))
        services.take_step(found, to, form.said(), quarter=quarter, by=actor_of(request), now=timezone.now())
        return "The step was recorded."

    stand = standing.ledger(found, LedgerKind.STEP)
    return _ask(request, found, "Move on the ladder", _plain(forms.StepForm), save, stand)


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def evidence(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Add something that shows a difference."""
    found = _answered(request, key, number, addressee, LedgerKind.EVIDENCE)

    def save(form: forms.LedgerEvidenceForm) -> str:
        quarter = EvidenceQuarter(form.cleaned_data["quarter"])
        services.show_evidence(found, quarter, form.said(), by=actor_of(request), now=timezone.now())
        return "The evidence was added."

    return _ask(request, found, "Add evidence", _plain(forms.LedgerEvidenceForm), save)


def _answered(request: HttpRequest, key: str, number: int, addressee: int, kind: LedgerKind) -> Addressee:
    """The addressee of the address, for somebody who may answer for it, with its newest line of this kind.

    Raises Http404, Refused.
    """
    found = addressee_or_404(request, key, number, addressee, kind)
    permissions.check_answer_recommendation(who(request), found)
    return found


def _replaced(request: HttpRequest, found: Recommendation, addressee: Addressee | None) -> LedgerLine | None:
    """The response that `?replaces=` names. Raises Http404 where it is none of this party's."""
    asked = request.GET.get("replaces", "")
    if not asked:
        return None
    own = found.ledger.filter(kind=LedgerKind.RESPONSE, addressee=addressee)
    line = (
        own.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() and len(asked) < 10 else None
    )
    if line is None:
        raise Http404("There is no such response.")
    return line


def _respond(
    request: HttpRequest, found: Recommendation, addressee: Addressee | None, old: LedgerLine | None
) -> Callable[[forms.SayingForm], str]:
    def save(form: forms.SayingForm) -> str:
        services.respond(
            found, addressee, form.said(), replaces=old, by=actor_of(request), now=timezone.now()
        )
        return "The response was recorded."

    return save


def _response_form(old: LedgerLine | None) -> Make:
    first = {"public": "\n".join(old.public), "private": "\n".join(old.private)} if old else {}
    return lambda data, token: forms.SayingForm(data, initial={**first, "seen": token})


def _plain(form: type[forms.SayingForm]) -> Make:
    return lambda data, token: form(data, initial={"seen": token})


def _ask(
    request: HttpRequest, found: Addressee, title: str, make: Make, save: Save, stand: Stand = nothing_to_see
) -> HttpResponse:
    """The form about one addressee's answer, which afterwards leads back to the recommendation."""
    recommendation = found.recommendation
    source = recommendation.source
    home = addresses.of_recommendation(source.key, recommendation.pk)
    if found.party or found.raw or found.is_partnership:
        title = f"{found}: {title[:1].lower()}{title[1:]}"
    asking = Asking(title, _in_words(recommendation), home, "Save")
    return ask(request, asking, make, save, f"{home}#addressee-{found.pk}", stand, marking_of(source))


def _in_words(found: Recommendation) -> str:
    return ": ".join(filter(None, (named(found.number), found.text)))


def _csv(request: HttpRequest, source: Source | None) -> HttpResponse:
    table = pages.ledger_table(who(request), source, request.GET, timezone.localdate())
    note_list_export("recommendations", request.GET.urlencode(), by=actor_of(request), of=source)
    name = f"recommendations-{source.key}.csv" if source else "recommendations.csv"
    return _file(write(table, "csv"), MEDIA_TYPES["csv"], name)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
