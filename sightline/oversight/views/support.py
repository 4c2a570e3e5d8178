"""Support sessions: the list and the form that opens one, one session, ending it, marking an account."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access import services as access
from sightline.access.asking import knowingly
from sightline.access.choices import NotTogether, Permission
from sightline.access.guard import SIGNED_IN, actor_of, needs
from sightline.access.permissions import Refused, check_manage_access
from sightline.events.choices import StaleRecord
from sightline.oversight.choices import NotYet
from sightline.oversight.forms import SupplierForm, SupportForm
from sightline.oversight.pages.support import session_page, supplier_form, support_form, support_page
from sightline.oversight.permissions import check_see_reviews
from sightline.oversight.selectors import support as selectors
from sightline.oversight.services import support as services

REFUSED = 422


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest) -> HttpResponse:
    """Every support session; let the supplier in."""
    check_see_reviews(_who(request), ())
    if request.method != "POST":
        return _page(request)
    check_manage_access(_who(request))
    form = support_form(_who(request), request.POST)
    if form.is_valid():
        given, who = form.cleaned_data, actor_of(request)
        wanted = (given["account"], given["role"], given["hours"], given["reason"])
        opens = given["opens_confidential"]
        try:
            let_in = knowingly(services.open_session, form, request)
            made = let_in(*wanted, opens_confidential=opens, by=who, now=timezone.now())
        except (NotYet, Refused) as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"{made.account.name} is let in.")
            return redirect("oversight:support_session", made.pk)
    return _page(request, form)


@needs(SIGNED_IN)
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """One session, and all that was done in it."""
    check_see_reviews(_who(request), ())
    found = get_object_or_404(selectors.sessions(_who(request)), pk=pk)
    page = session_page(_who(request), found, request.GET, timezone.now())
    return render(request, "oversight/support_session.html", {"page": page})


@needs(Permission.ACCESS_MANAGE)
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a session: the supplier is signed out at once."""
    check_manage_access(_who(request))
    found = get_object_or_404(selectors.sessions(_who(request)), pk=pk)
    try:
        services.end_session(found, by=actor_of(request), now=timezone.now())
    except StaleRecord as stale:
        messages.info(request, stale.sentence)
    else:
        messages.success(request, "The session is over, and they are signed out.")
    return redirect("oversight:support")


@needs(Permission.ACCESS_MANAGE)
@require_POST
def supplier_mark(request: HttpRequest) -> HttpResponse:
    """Mark an account as the supplier's."""
    check_manage_access(_who(request))
    form = supplier_form(request.POST)
    if not form.is_valid():
        return _page(request, marking=form)
    account = form.cleaned_data["account"]
    try:
        access.mark_supplier(
            account, True, on=timezone.localdate(), reason="It is the supplier's", by=actor_of(request)
        )
    except NotTogether as refused:
        form.add_error("account", refused.sentence)
        return _page(request, marking=form)
    messages.success(request, f"{account.name} is marked as the supplier's.")
    return redirect("oversight:support")


def _page(
    request: HttpRequest, form: SupportForm | None = None, marking: SupplierForm | None = None
) -> HttpResponse:
    page = support_page(_who(request), request.GET, form, marking)
    status = REFUSED if form or marking else 200
    return render(request, "oversight/support.html", {"page": page, "form": page.form}, status=status)


def _who(request: HttpRequest) -> Any:
    return request.user
