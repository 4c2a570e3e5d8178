"""Risks: the register, its file, the heat map, one risk, and everything that is done about it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.taking import taken
from sightline.challenges import permissions, services
from sightline.challenges.choices import (
    RISK_DEED_BUTTONS,
    RISK_DEED_LABELS,
    ControlState,
    RiskDeed,
    RiskState,
)
from sightline.challenges.forms.challenges import said_in
from sightline.challenges.forms.risks import NewRiskForm, RiskDeedForm, RiskForm
from sightline.challenges.models import Risk
from sightline.challenges.pages import heat
from sightline.challenges.pages import risks as pages
from sightline.challenges.rules.scoring import next_review
from sightline.challenges.selectors.challenges import parties_now
from sightline.challenges.selectors.risks import controls_of, get_risk, people_now, risks_visible_to
from sightline.challenges.views.asking import READ_OR_SEND, ask
from sightline.events.choices import MARKINGS, Tier
from sightline.screens.asking import Asking, versioned
from sightline.screens.elements import SummaryRow
from sightline.screens.forms import version_sent
from sightline.screens.looking_back import read_looking_back

STANDING = {
    RiskDeed.IN_PLACE: (ControlState.PLANNED,),
    RiskDeed.END_CONTROL: (ControlState.PLANNED, ControlState.IN_PLACE),
}


@needs(Permission.PLANS_VIEW)
@require_safe
def risk_list(request: HttpRequest) -> HttpResponse:
    """Every risk the person may read, filtered, sorted and paged as the address says."""
    page = pages.list_page(_who(request), request.GET, timezone.localdate())
    return render(request, "challenges/risks.html", {"page": page})


@needs(Permission.EXPORT)
@require_safe
def risk_export(request: HttpRequest, format: str) -> HttpResponse:
    """The register as a file, narrowed and ordered as it was shown."""
    return taken(
        request,
        format,
        "risks",
        pages.list_table,
        check=permissions.check_export,
        note=services.note_list_taken,
    )


@needs(Permission.PLANS_VIEW)
@require_safe
def heat_map(request: HttpRequest) -> HttpResponse:
    """Open risks by likelihood and impact, today or by the end of a day."""
    today = timezone.localdate()
    looking = read_looking_back(request.GET, today)
    page = heat.heat_page(_who(request), looking, today)
    return render(request, "challenges/heat.html", {"page": page, "looking": looking})


@needs(Permission.PLANS_VIEW)
@require_safe
def risk(request: HttpRequest, number: int) -> HttpResponse:
    """One risk, and all that was done about it."""
    found = _found(request, number)
    page = pages.risk_page(_who(request), found, timezone.localdate())
    return render(request, "challenges/risk.html", {"page": page, "marking": _marking(found)})


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def risk_new(request: HttpRequest) -> HttpResponse:
    """Put a risk into the register."""
    user, made = _who(request), []
    permissions.check_raise_risk(user)
    known = _owners()
    owners = pages.own_owners(user, known)

    def make(data: Any, seen: str) -> NewRiskForm:
        return NewRiskForm(data, owners=owners, keeps_logs=permissions.keeps_logs(user))

    def save(form: NewRiskForm) -> str:
        said = form.cleaned_data
        permissions.check_raise_risk(user, known[said["owner"]])
        given = services.RiskGiven(
            **{
                name: said[name]
                for name in ("title", "cause", "event", "effect", "review_months", "raised_on")
            },
            owner=known[said["owner"]],
            scores=form.scores(),
            controls=form.control_lines(),
            tier=Tier(said["tier"]),
        )
        words = said_in(said, "event", "raised_on")
        made.append(services.raise_risk(given, words, by=actor_of(request), now=timezone.now()))
        return f"The risk stands in the register. {made[0].owner} reviews it."

    intro = "Say what may happen, why, and what it would mean for children. Score it three ways."
    home = reverse("challenges:risks")
    asking = Asking("Raise a risk", "", home, "Raise the risk", intro, back_text="Risks")
    return ask(request, asking, make, save, lambda: _home(made[0].pk))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def risk_edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change the words, the owner, the cycle of a risk, or who may read it."""
    user, found = _who(request), _found(request, number)
    permissions.check_keep_risk(user, found)
    known = _owners() | {_key(found): found.owner}
    owners = dict(pages.own_owners(user, known)) | {_key(found): str(found.owner)}

    def make(data: Any, seen: str) -> RiskForm:
        names = ("title", "cause", "event", "effect", "review_months", "tier")
        initial = {**{name: getattr(found, name) for name in names}, "owner": _key(found), "seen": seen}
        return RiskForm(data, initial=initial, owners=list(owners.items()))

    def save(form: RiskForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        values = {**form.values(), "owner": known[form.cleaned_data["owner"]]}
        services.edit_risk(found, version, values, by=actor_of(request), now=timezone.now())
        return "The risk was saved."

    asking = Asking("Change the risk", found.title, _home(number), "Save the risk")
    return ask(request, asking, make, save, _home(number), _stand(request, found), _marking(found))


@needs(Permission.PLANS_VIEW)
@require_http_methods(READ_OR_SEND)
def risk_do(request: HttpRequest, number: int, deed: str) -> HttpResponse:
    """Review, score, add a control, close, open again."""
    what = _deed(deed)
    user, found = _who(request), _found(request, number)
    permissions.check_keep_risk(user, found)
    controls = list(controls_of(found, *STANDING[what])) if what in STANDING else []
    again = next_review(timezone.localdate(), found.review_months)
    initial: dict[str, Any] = {"review_on": again}
    if what == RiskDeed.REVIEW:
        initial |= {"likelihood": found.current_likelihood, "impact": found.current_impact}

    def make(data: Any, seen: str) -> RiskDeedForm:
        keeps = permissions.keeps_logs(user)
        given = {**initial, "seen": seen}
        return RiskDeedForm(data, initial=given, deed=what, controls=controls, keeps_logs=keeps)

    def save(form: RiskDeedForm) -> str:
        version = version_sent(form.cleaned_data["seen"])
        services.do_risk(
            found,
            what,
            form.said(),
            version=version,
            more=form.more(),
            by=actor_of(request),
            now=timezone.now(),
        )
        label = RISK_DEED_LABELS[what]
        return f"It was recorded: {label[0].lower()}{label[1:]}."

    asking = Asking(RISK_DEED_BUTTONS[what], found.title, _home(number), "Save", facts=lambda: _facts(found))
    return ask(request, asking, make, save, _home(number), _stand(request, found), _marking(found))


def _facts(found: Risk) -> tuple[SummaryRow, ...]:
    score = f"{found.current_residual}, target {found.current_target}"
    rows = [SummaryRow("Event", found.event), SummaryRow("Effect", found.effect)]
    return (*rows, SummaryRow("Residual score", score)) if found.state == RiskState.OPEN else tuple(rows)


def _owners() -> dict[str, Any]:
    today = timezone.localdate()
    return {**parties_now(today), **people_now(today)}


def _key(found: Risk) -> str:
    kind = found.owner._meta.model_name
    return f"{kind}:{found.owner.pk if kind == 'person' else vars(found.owner)['key']}"


def _deed(word: str) -> RiskDeed:
    if word not in RISK_DEED_BUTTONS:
        raise Http404("Nothing of this kind is done about a risk.")
    return RiskDeed(word)


def _found(request: HttpRequest, number: int) -> Risk:
    found: Risk = get_object_or_404(risks_visible_to(_who(request)), pk=number)
    return found


def _stand(request: HttpRequest, found: Risk) -> Any:
    return versioned(found, lambda: get_risk(_who(request), found.pk), pages.as_it_stands)


def _marking(found: Risk) -> str:
    return MARKINGS[Tier(found.tier)]


def _home(number: int) -> str:
    return reverse("challenges:risk", args=[number])


def _who(request: HttpRequest) -> Any:
    return request.user
