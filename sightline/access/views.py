"""Signing in and out."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from sightline.access import services
from sightline.access.forms import PasswordForm, SignInForm
from sightline.access.guard import PUBLIC, SIGNED_IN, needs
from sightline.access.pages import SignInPage

REFUSED = 422


@needs(PUBLIC)
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password; afterwards back to the page asked for."""
    back = own_address(request, request.POST.get("next") or request.GET.get("next") or "")
    if request.user.is_authenticated:
        return HttpResponseRedirect(back)
    form = SignInForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.sign_in(request, form.cleaned_data["email"], form.cleaned_data["password"])
        except services.SignInRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            return HttpResponseRedirect(back)
    # 422 where the form was sent and not taken, so that no cache or client mistakes it for success.
    status = REFUSED if form.is_bound else 200
    return render(
        request, "access/sign_in.html", {"page": SignInPage(form, back), "form": form}, status=status
    )


@needs(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    services.sign_out(request)
    return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL or settings.LOGIN_URL))


@needs(SIGNED_IN)
@sensitive_post_parameters("present", "new")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; this session stays, others end."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.change_own_password(request, form.cleaned_data["present"], form.cleaned_data["new"])
        except services.SignInRefused as refused:
            form.add_error("present", refused.sentence)
        except ValidationError as weak:
            form.add_error("new", weak)
        else:
            messages.success(request, "Your password was changed.")
            return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    status = REFUSED if form.is_bound else 200
    return render(request, "access/password.html", {"form": form}, status=status)


def own_address(request: HttpRequest, wanted: str) -> str:
    """The address asked for, where it is one of this site; the first page otherwise."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else resolve_url(settings.LOGIN_REDIRECT_URL)
