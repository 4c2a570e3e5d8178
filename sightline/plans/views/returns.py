"""Answers to recommendations by link: the unit asks for them, somebody without an account gives them on one page."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access import services as access
from sightline.access.asking import tell
from sightline.access.choices import Permission
from sightline.access.guard import actor_of, needs
from sightline.access.letting_in import by_return, render_return
from sightline.access.models import ReturnLink
from sightline.access.rules import half_hidden
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.plans import permissions, services
from sightline.plans.choices import LedgerKind
from sightline.plans.forms.returns import AnswerForm, AskForm
from sightline.plans.models import Addressee, LedgerLine
from sightline.plans.pages.likes import named
from sightline.plans.pages.returns import answer_page, first_answers
from sightline.plans.rules import addresses
from sightline.plans.rules.tiers import EVERY_MEMBER
from sightline.plans.selectors.returns import KIND, addressee_of_return, leads_of, link_of, stands_with
from sightline.plans.views.asking import ask as ask_page
from sightline.plans.views.asking import save_knowingly
from sightline.plans.views.finding import addressee_or_404, marking_of, who
from sightline.screens.asking import Asking

REFUSED = 422
CONFIDENTIAL = (
    "This source is confidential: the e-mail does not say what it is about. They see it after the code."
)


@needs(Permission.PLAN_WRITE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, key: str, number: int, addressee: int) -> HttpResponse:
    """Ask for the answer of one of those it is addressed to, by a link sent by e-mail."""
    found = _asked(request, key, number, addressee)
    home = f"{addresses.of_recommendation(key, number)}#addressee-{found.pk}"
    people = leads_of(who(request), found, timezone.localdate())

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
    found = _asked(request, key, number, addressee)
    sent = link_of(found, link)
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
    stands, sent = stands_with(link.record), request.method == "POST"
    form = AnswerForm(request.POST if sent else None, initial=first_answers(link, stands))
    if form.is_valid():
        try:
            save_knowingly(form, partial(_keep, link), f"return {link.pk}", by=access.link_actor(link))
        except Unacceptable as refused:
            tell(form, refused)
        except StaleRecord as stale:
            form.add_error(None, stale.sentence)
            stands = stands_with(link.record)
            # What stands now is seen from here on.
            form.data = {**request.POST.dict(), "seen": str(stands.newest)}
        else:
            return redirect("plans:return_done", secret)
    found = _answering(link)
    form.initial["months"] = str(found.current_due_months or 0)
    page, marking = answer_page(found, link, form, stands), marking_of(found.recommendation.source)
    context = {"page": page, "form": form, "marking": marking}
    return render_return(request, "plans/return_answer.html", link, context, REFUSED if sent else 200)


@by_return(KIND)
@require_safe
def done(request: HttpRequest, link: ReturnLink, secret: str) -> HttpResponse:
    """That the answer came in."""
    context = {
        "address": half_hidden(link.email),
        "secret": secret,
        "until": timezone.localtime(link.expires_at),
        "marking": marking_of(_answering(link).recommendation.source),
    }
    return render_return(request, "plans/return_done.html", link, context)


def _keep(link: ReturnLink, form: AnswerForm) -> list[LedgerLine]:
    return services.answer_by_link(link, form.answer(), form.seen_line(), now=timezone.now())


def _answering(link: ReturnLink) -> Addressee:
    """Whose answer the link is for. Raises ReturnOver where it is no longer asked of them."""
    found = addressee_of_return(link)
    if found is None:
        raise access.ReturnOver
    return found


def _asked(request: HttpRequest, key: str, number: int, addressee: int) -> Addressee:
    """The addressee of the address, for the unit. Raises Http404, Refused."""
    found = addressee_or_404(request, key, number, addressee, LedgerKind.ACCEPTANCE)
    permissions.check_write_plan(who(request))
    return found
