"""Reviews of access: the list, one review, one thing held, the report, and who is named for which agency.

They ask for an account alone, because who is named for an agency holds no permission; `permissions` says who sees what.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access.asking import knowingly
from sightline.access.choices import NobodyLeft, Permission
from sightline.access.guard import SIGNED_IN, actor_of, needs
from sightline.access.permissions import Refused, can_manage_access, check_manage_access
from sightline.events.choices import StaleRecord
from sightline.oversight import selectors, services
from sightline.oversight.choices import Decision, NotYet
from sightline.oversight.forms import ConfirmForm, DecideForm
from sightline.oversight.models import AccessReview, NamedReviewer, ReviewedGrant
from sightline.oversight.pages import reviews as pages
from sightline.oversight.pages.samples import month_named
from sightline.oversight.permissions import can_review, check_review, check_see_reviews
from sightline.oversight.reports import review_document
from sightline.rendering import EXTENSIONS, MEDIA_TYPES, write
from sightline.screens.forms import version_sent

REFUSED = 422


@needs(SIGNED_IN)
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review, the newest first."""
    agencies = _agencies(request)
    page = pages.reviews_page(_who(request), agencies, request.GET)
    return render(request, "oversight/reviews.html", {"page": page})


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, key: str) -> HttpResponse:
    """One review: what is held, by whom; several confirmed at once."""
    agencies = _agencies(request)
    found = _review(request, key, agencies)
    form, ticked = None, [version_sent(text) for text in request.POST.getlist("grant")]
    if request.method == "POST":
        form = ConfirmForm(request.POST)
        if form.is_valid() and _confirmed(request, found, agencies, form, ticked):
            return redirect(request.get_full_path())
    page = pages.review_page(_who(request), agencies, found, request.GET, form, ticked)
    status = REFUSED if form else 200
    return render(request, "oversight/review.html", {"page": page, "form": page.form}, status=status)


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """One thing that somebody holds: confirm it, or end it."""
    agencies = _agencies(request)
    held = selectors.grants(_who(request), agencies).filter(review__first_day=_first_day(key))
    found, form = get_object_or_404(held, pk=pk), None
    if request.method == "POST":
        check_review(_who(request), found, agencies)
        form = DecideForm(request.POST)
        if form.is_valid() and (said := _decided(request, found, form)):
            messages.success(request, said)
            return redirect("oversight:review", key)
    page = pages.grant_page(_who(request), agencies, found, form)
    status = REFUSED if form else 200
    return render(request, "oversight/grant.html", {"page": page, "form": page.form}, status=status)


@needs(SIGNED_IN)
@require_safe
def report(request: HttpRequest, key: str, format: str) -> HttpResponse:
    """The report of a review as a file, as far as its reader may see it."""
    if format not in pages.FORMATS:
        raise Http404
    agencies = _agencies(request)
    found, now = _review(request, key, agencies), timezone.now()
    held = selectors.grants_of(_who(request), found, agencies)
    content = write(review_document(found, list(held), actor_of(request).label, now), format)
    services.note_review_taken(found, format, by=actor_of(request))
    answer = HttpResponse(content, content_type=MEDIA_TYPES[format])
    name = f"access-review-{found.key}{EXTENSIONS[format]}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@needs(Permission.ACCESS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def reviewers(request: HttpRequest) -> HttpResponse:
    """Who is named for which agency; name somebody."""
    check_manage_access(_who(request))
    form = pages.reviewer_form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given, today = form.cleaned_data, timezone.localdate()
        try:
            named = services.name_reviewer(
                given["agency"], given["account"], by=actor_of(request), today=today
            )
        except NotYet as refused:
            form.add_error("account", refused.sentence)
        else:
            messages.success(request, f"{named.account.name} is named for {named.agency.name}.")
            return redirect("oversight:reviewers")
    status = REFUSED if form.is_bound else 200
    page = pages.reviewers_page(form)
    return render(request, "oversight/reviewers.html", {"page": page, "form": form}, status=status)


@needs(Permission.ACCESS_MANAGE)
@require_POST
def reviewer_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Name somebody no more."""
    check_manage_access(_who(request))
    named = get_object_or_404(NamedReviewer.objects.select_related("account", "agency"), pk=pk)
    try:
        services.end_reviewer(named, by=actor_of(request), today=timezone.localdate())
    except StaleRecord:
        messages.info(request, f"{named.account.name} was not named any more.")
    else:
        messages.success(request, f"{named.account.name} is no longer named for {named.agency.name}.")
    return redirect("oversight:reviewers")


def _confirmed(
    request: HttpRequest, found: AccessReview, agencies: frozenset[str], form: ConfirmForm, ticked: list[int]
) -> bool:
    """Whether what was ticked is confirmed; what stood in the way is told on the form."""
    held = selectors.grants_of(_who(request), found, agencies).filter(pk__in=ticked)
    theirs = [one.pk for one in held if can_review(_who(request), one, agencies)]
    reason = form.cleaned_data["reason"]
    try:
        confirm = knowingly(services.confirm, form, request)
        done, before = confirm(found, theirs, reason, by=actor_of(request), now=timezone.now())
    except NotYet as refused:
        form.add_error(None, refused.sentence)
        return False
    messages.success(request, f"Confirmed: {done}.")
    if before:
        messages.warning(request, f"Decided or ended before, and left as it is: {before}.")
    return True


def _decided(request: HttpRequest, found: ReviewedGrant, form: DecideForm) -> str:
    """What became of it; empty where something stood in the way, which is told on the form."""
    given, by, now = form.cleaned_data, actor_of(request), timezone.now()
    as_named = not can_manage_access(_who(request))
    try:
        if form.ends():
            knowingly(services.end_grant, form, request)(
                found, given["reason"], version=given["version"], by=by, now=now, as_named=as_named
            )
        elif not knowingly(services.confirm, form, request)(
            found.review, [found.pk], given["reason"], by=by, now=now
        )[0]:
            found.refresh_from_db()
            if found.current_decision != Decision.GONE:
                raise StaleRecord
    except (StaleRecord, NotYet, NobodyLeft, Refused) as refused:
        form.refuse(refused.sentence, found)
        return ""
    if found.current_decision == Decision.GONE:
        return "It had ended already. Nobody is told."
    return "It has ended." if form.ends() else "It is confirmed."


def _agencies(request: HttpRequest) -> frozenset[str]:
    """The agencies that the person is named for. Raises Refused where reviews are not for them."""
    agencies = selectors.agencies_named_for(_who(request))
    check_see_reviews(_who(request), agencies)
    return agencies


def _review(request: HttpRequest, key: str, agencies: frozenset[str]) -> AccessReview:
    return get_object_or_404(selectors.reviews(_who(request), agencies), first_day=_first_day(key))


def _first_day(key: str) -> date:
    first = month_named(key)
    if first is None:
        raise Http404
    return first


def _who(request: HttpRequest) -> Any:
    return request.user
