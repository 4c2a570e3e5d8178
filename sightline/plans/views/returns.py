"""Answers to recommendations by link: the unit asks for them, somebody without an account gives them on one page."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access import services as access
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.letting_in import by_return, render_return
from sightline.access.models import ReturnLink
from sightline.access.rules import half_hidden
from sightline.events.choices import MARKINGS, StaleRecord, Tier
from sightline.events.services import deed
from sightline.partners.choices import Unacceptable
from sightline.plans import permissions, services
from sightline.plans.choices import LedgerKind
from sightline.plans.forms.returns import AnswerForm, AskForm
from sightline.plans.models import Addressee
from sightline.plans.pages.asking import Asking
from sightline.plans.pages.likes import named
from sightline.plans.pages.returns import answer_page, first_answers
from sightline.plans.rules import addresses
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.ledger import get_addressee
from sightline.plans.selectors.returns import KIND, addressee_of_return, leads_of, stands_with
from sightline.plans.services.keeping import note_kept_knowingly
from sightline.plans.views.asking import ask as ask_page
from sightline.plans.views.asking import tell
from sightline.plans.views.finding import marking_of, who

REFUSED = 422
CONFIDENTIAL = (
    "This source is confidential: the e-mail does not say what it is about. They see it after the code."
)


@needs(Permission.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Ask for the answer of one of those it is addressed to, by a link sent by e-mail."""
    found = _addressee(request, key, number, addressee)
    home = f"{addresses.of_recommendation(key, number)}#addressee-{found.pk}"
    people = leads_of(found)

    def save(form: AskForm) -> str:
        to = {"name": form.cleaned_data["name"], "email": form.cleaned_data["email"]}
        services.ask_answer(found, **to, by=actor_of(request), now=timezone.now())
        return f"A link is on its way to {to['email']}."

    source = found.recommendation.source
    asking = Asking(
        f"{found}: ask for the answer by e-mail",
        ": ".join(filter(None, (named(found.recommendation.number), found.recommendation.text))),
        home,
        "Send the link",
        intro=(
            "They need no account. A link and, when they ask for it, a code go to their address; together they open "
            "one page, on which they answer this recommendation and see nothing else."
        ),
        warning="" if source.tier in EVERY_MEMBER else CONFIDENTIAL,
    )
    return ask_page(
        request,
        asking,
        lambda data, token: AskForm(data, people=people),
        save,
        home,
        marking=marking_of(source),
    )


@needs(Permission.PLAN_WRITE)
@require_POST
def ask_end(request: HttpRequest, key: str, number: int, addressee: int, link: int) -> HttpResponse:
    """End a link that was sent: nobody answers by it any more."""
    found = _addressee(request, key, number, addressee)
    sent = ReturnLink.objects.filter(kind=KIND, record=found.pk, pk=link).first()
    if sent is None:
        raise Http404("There is no such link.")
    if access.end_return(sent, by=actor_of(request), now=timezone.now()):
        messages.success(request, f"The link sent to {sent.email} is ended.")
    else:
        messages.info(request, f"The link sent to {sent.email} was ended already.")
    return redirect(f"{addresses.of_recommendation(key, number)}#addressee-{found.pk}")


@by_return(KIND)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, link: ReturnLink, secret: str) -> HttpResponse:
    """The one page on which somebody without an account answers."""
    sent = request.method == "POST"
    form = AnswerForm(request.POST if sent else None)
    if sent and form.is_valid() and _taken(form, link):
        return redirect("plans:return_done", secret)
    found = addressee_of_return(link)
    if found is None:
        raise access.ReturnOver
    stands = stands_with(found)
    if sent:
        # What stands now is seen from here on.
        form.data = {**request.POST.dict(), "seen": str(stands.newest)}
    else:
        form.initial = first_answers(found, link, stands)
    page = answer_page(found, link, form, stands)
    return render_return(
        request,
        "plans/return_answer.html",
        link,
        {"page": page, "form": form, **_marking(found)},
        REFUSED if sent else 200,
    )


@by_return(KIND)
@require_safe
def done(request: HttpRequest, link: ReturnLink, secret: str) -> HttpResponse:
    """That the answer came in."""
    context = {
        "address": half_hidden(link.email),
        "secret": secret,
        "until": timezone.localtime(link.expires_at),
    }
    return render_return(request, "plans/return_done.html", link, context)


def _taken(form: AnswerForm, link: ReturnLink) -> bool:
    """Whether the answer was taken; what stands against it is told in the form."""
    try:
        _keep(form, link)
    except Unacceptable as refused:
        tell(form, refused)
        return False
    except StaleRecord as stale:
        form.add_error(None, stale.sentence)
        return False
    return True


@deed
def _keep(form: AnswerForm, link: ReturnLink) -> None:
    """Keep the answer; what may tell who a child is with the reason its writer gave: both or neither."""
    services.answer_by_link(link, form.answer(), form.seen_line(), now=timezone.now())
    if form.telling:
        telling, because = chain.from_iterable(form.telling.values()), form.cleaned_data["because"]
        note_kept_knowingly(f"return {link.pk}", telling, because, by=access.link_actor(link))


def _marking(found: Addressee) -> dict[str, Any]:
    return {"marking": MARKINGS[Tier(found.recommendation.source.tier)]}


def _addressee(request: HttpRequest, key: str, number: int, addressee: int) -> Addressee:
    """The addressee of the address, for the unit. Raises Http404, Refused."""
    try:
        found = get_addressee(who(request), key, number, addressee, LedgerKind.ACCEPTANCE)
    except Addressee.DoesNotExist:
        raise Http404("There is nobody of this number.") from None
    permissions.check_write_plan(who(request))
    return found
