"""The outbox and what came back, for the unit; everybody's own notifications; and the link that stops news."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.events.choices import MARKINGS, StaleRecord, Tier
from sightline.events.marks import PUBLIC, SIGNED_IN, needs
from sightline.messages import selectors, services
from sightline.messages.choices import HowOften
from sightline.messages.forms import PreferencesForm
from sightline.messages.pages import bounces_page, notices_page, outbox_page, preferences_page

# What a link shows to somebody without an account: nothing of the site stands around it.
NOTHING_AROUND = {"navigation": None, "signed_in": None, "may_search": False, "marking": MARKINGS[Tier.T1]}


@needs("jobs_view")
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """What waits, what was sent, and what no mail server has taken."""
    return render(request, "messages/list.html", {"page": outbox_page(request.GET)})


@needs("jobs_view")
@require_POST
def mail_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a mail that was given up on another round of tries."""
    mail = get_object_or_404(selectors.mail(), pk=pk)
    try:
        services.try_again(mail, by=cast(Any, request.user).actor)
    except StaleRecord as stale:
        messages.warning(request, stale.sentence)
    else:
        messages.success(request, "The e-mail waits in the outbox again.")
    return redirect("outbox:list")


@needs("jobs_view")
@require_safe
def bounce_list(request: HttpRequest) -> HttpResponse:
    """E-mails that came back, and the addresses that are written to no more."""
    return render(request, "messages/bounces.html", {"page": bounces_page(request.GET)})


@needs("jobs_view")
@require_POST
def address_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to an address again."""
    bounce = get_object_or_404(selectors.bounces(), pk=pk)
    try:
        services.try_address_again(bounce, by=cast(Any, request.user).actor, now=timezone.now())
    except StaleRecord as stale:
        messages.warning(request, stale.sentence)
    else:
        messages.success(request, f"{bounce.address} is written to again.")
    return redirect("outbox:failing")


@needs(SIGNED_IN)
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """What somebody was told of."""
    return render(request, "messages/notices.html", {"page": notices_page(request.user, request.GET)})


@needs(SIGNED_IN)
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark one of one's notifications as read, or all that were on the page."""
    one, up_to = (_number(request.POST.get(name, "")) for name in ("number", "up_to"))
    services.mark_read(cast(Any, request.user).pk, timezone.now(), number=one, up_to=up_to)
    return redirect("outbox:notices")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


@needs(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How often one is written to."""
    user, standing = cast(Any, request.user), selectors.preference_of(cast(Any, request.user).pk)
    chosen = {"duty": standing.duty, "news": standing.news, "version": standing.version}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=chosen)
    if form.is_valid():
        how = (HowOften(form.cleaned_data["duty"]), HowOften(form.cleaned_data["news"]))
        try:
            version = form.cleaned_data["version"]
            services.choose(user.pk, *how, version=version, by=user.actor, now=timezone.now())
        except StaleRecord as stale:
            form.add_error(None, stale.sentence)
        else:
            messages.success(request, "Saved. It holds from the next e-mail on.")
            return redirect("outbox:preferences")
    page = preferences_page(form, user.email)
    return render(request, "messages/preferences.html", {"page": page}, status=422 if form.is_bound else 200)


# A mail program posts here by itself (RFC 8058), without cookies: the link is signed, and no cookie counts.
@csrf_exempt
@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, secret: str) -> HttpResponse:
    """Stop news by e-mail: asked on opening, because scanners of mail open links, and done by the button alone."""
    try:
        user_id = services.whose_news(secret)
    except services.StopOver as over:
        context = {**NOTHING_AROUND, "sentence": over.sentence}
        return render(request, "messages/stop_over.html", context, status=410)
    if request.method == "POST":
        services.stop_news(user_id, timezone.now())
    context = {**NOTHING_AROUND, "is_done": request.method == "POST"}
    return render(request, "messages/stop.html", context)
