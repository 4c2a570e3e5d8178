"""A person's account and roles, for the unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sightline.access import services as access
from sightline.access.asking import knowingly
from sightline.access.choices import NobodyLeft, Permission
from sightline.access.guard import actor_of, needs
from sightline.access.models import Membership
from sightline.access.permissions import Refused, roles_given_by
from sightline.events.choices import StaleRecord, Unacceptable
from sightline.partners import permissions, selectors, services
from sightline.partners.forms.accounts import ClosingForm, RoleForm
from sightline.partners.models import Person
from sightline.partners.pages.accounts import (
    LIST,
    account_cells,
    account_page,
    accounts_page,
    accounts_wanted,
)
from sightline.screens.forms import version_sent
from sightline.screens.taking import csv_response

REFUSED = 422


@needs(Permission.ACCESS_MANAGE)
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether a person has an account, and the roles they hold."""
    return _page(request, _person(request, pk), RoleForm(given=roles_given_by(_who(request))))


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account, and send its person an invitation."""

    def do(person: Person) -> str:
        services.open_account(person, by=actor_of(request), now=timezone.now())
        return "The account is open, and an invitation is on its way."

    return _doing(request, pk, do)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a link to choose a password."""

    def do(person: Person) -> str:
        services.send_link(person, by=actor_of(request), now=timezone.now())
        return "A link to choose a password is on its way."

    return _doing(request, pk, do)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_factors(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second step of somebody who has lost theirs."""

    def do(person: Person) -> str:
        services.forget_factors(person, by=actor_of(request))
        return "The second step was taken away. They set it up anew when they sign in."

    return _doing(request, pk, do)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_tokens(request: HttpRequest, pk: int) -> HttpResponse:
    """End every personal token of somebody."""

    def do(person: Person) -> str:
        ended = services.end_tokens(person, by=actor_of(request))
        return f"{ended} personal token{'s' if ended != 1 else ''} ended." if ended else "There was none."

    return _doing(request, pk, do)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_identities(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the account be bound anew at single sign-on."""

    def do(person: Person) -> str:
        services.forget_identities(person, by=actor_of(request))
        return "The account is bound anew when they next come by single sign-on."

    return _doing(request, pk, do)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account: nobody signs in with it, and what its person wrote stays theirs."""
    return _letting(request, pk, False, "The account is closed.")


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    return _letting(request, pk, True, "The account is open again.")


@needs(Permission.ACCESS_MANAGE)
@require_POST
def account_supplier(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an account is no longer the supplier's, so that it may be given roles."""

    def do(person: Person) -> str:
        services.leave_supplier(person, on=timezone.localdate(), by=actor_of(request))
        return "The account is no longer the supplier's: it may be given roles."

    return _doing(request, pk, do)


@needs(Permission.ACCESS_MANAGE)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """Every account: who comes, moves and goes, and whom to look at."""
    return render(request, "partners/accounts.html", {"page": accounts_page(_who(request), request.GET)})


@needs(Permission.ACCESS_MANAGE)
@require_safe
def accounts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same list as CSV."""
    rows, name = accounts_wanted(_who(request), request.GET), f"accounts-{timezone.localdate().isoformat()}"
    services.note_accounts_taken(rows.values("pk").count(), by=actor_of(request))
    return csv_response(name, [column.label for column in LIST.columns], account_cells(rows))


@needs(Permission.ACCESS_MANAGE)
@require_POST
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role."""
    person, form = _person(request, pk), RoleForm(request.POST, given=roles_given_by(_who(request)))
    if form.is_valid():
        given = form.cleaned_data
        try:
            days = given["starts_on"], given["ends_on"]
            services.give_role(person, given["role"], form.over_what(), *days, by=actor_of(request))
        except Unacceptable as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            messages.success(request, f"{person.name} was given the role.")
            return redirect("partners:account", pk)
    return _page(request, person, form, status=REFUSED)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def role_end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """End a role: yesterday was its last day, so it is gone at once; one that began today ends with today."""
    person, today = _person(request, pk), timezone.localdate()
    own = Membership.objects.filter(user=person.user_id, lent_from=None, until=None)
    held = get_object_or_404(own, pk=membership)
    last = max(today - timedelta(days=1), held.starts_on)
    version = version_sent(request.POST.get("version", ""))
    try:
        access.end_membership(held, last, version=version, by=actor_of(request))
    except (StaleRecord, NobodyLeft, Refused) as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(
            request, "The role has ended." if last < today else "The role ends with its first day."
        )
    return redirect("partners:account", pk)


def _who(request: HttpRequest) -> Any:
    return request.user


def _person(request: HttpRequest, pk: int) -> Person:
    who = _who(request)
    permissions.check_give_access(who)
    return get_object_or_404(selectors.people(who).select_related("user"), pk=pk)


def _letting(request: HttpRequest, pk: int, may: bool, sentence: str) -> HttpResponse:
    person, form = _person(request, pk), ClosingForm(request.POST)
    if person.user is None:
        raise Http404
    if not form.is_valid():
        return _page(
            request, person, RoleForm(given=roles_given_by(_who(request))), closing=form, status=REFUSED
        )
    reason, version = form.cleaned_data["reason"], version_sent(request.POST.get("version", ""))
    try:
        let = knowingly(access.let_sign_in, form, request)
        let(person.user, may, version=version, reason=reason, by=actor_of(request))
    except (StaleRecord, NobodyLeft, Refused) as refused:
        messages.warning(request, refused.sentence)
    else:
        messages.success(request, sentence)
    return redirect("partners:account", pk)


def _doing(request: HttpRequest, pk: int, do: Callable[[Person], str]) -> HttpResponse:
    """Do something about a person's account and say so; what stands in the way is told on the page."""
    person = _person(request, pk)
    try:
        sentence = do(person)
    except (Unacceptable, Refused) as refused:
        form = RoleForm(given=roles_given_by(_who(request)))
        return _page(request, person, form, problem=str(refused), status=REFUSED)
    messages.success(request, sentence)
    return redirect("partners:account", pk)


def _page(
    request: HttpRequest,
    person: Person,
    form: RoleForm,
    *,
    problem: str = "",
    closing: ClosingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = account_page(person, form, problem=problem, closing=closing)
    return render(request, "partners/account.html", {"page": page, "form": form}, status=status)
