"""Signing in and out, one's own account and sessions, and passwords by link."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sightline.access import services
from sightline.access.addresses import client_address
from sightline.access.choices import TokenUnfit
from sightline.access.forms import (
    AddressForm,
    NewPasswordForm,
    PasswordForm,
    ReturnCodeForm,
    SignInForm,
    TokenForm,
)
from sightline.access.guard import PUBLIC, SIGNED_IN, needs, took_second_step
from sightline.access.letting_in import keep_token, render_return, return_over, token_of
from sightline.access.models import User
from sightline.access.pages import account_page, return_page, sign_in_page, tokens_page
from sightline.access.provider import NotBelieved, begin, finish, is_asked_again, provider
from sightline.access.proving import has_proved, to_proof
from sightline.access.returns import kind_named
from sightline.access.selectors import passkeys_of

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
            return services.sign_in(request, form.cleaned_data["email"], form.cleaned_data["password"], back)
        except services.SignInRefused as refused:
            form.add_error(None, refused.sentence)
    # 422 where the form was sent and not taken, so that no cache or client mistakes it for success.
    status = REFUSED if form.is_bound else 200
    return render(
        request,
        "access/sign_in.html",
        {"page": sign_in_page(form, back), "form": form},
        status=status,
    )


@needs(PUBLIC)
@never_cache
@require_safe
def at_provider(request: HttpRequest) -> HttpResponse:
    """To the provider of single sign-on, and from there back to the page asked for.

    Whoever is signed in goes there only to prove again who they are.
    """
    back, to = own_address(request, request.GET.get("next", "")), provider()
    again = request.user.is_authenticated and "again" in request.GET
    if (request.user.is_authenticated and not again) or to is None:
        return _elsewhere(request, back)
    try:
        return HttpResponseRedirect(begin(request, to, back, again=again))
    except NotBelieved as fault:
        return _not_signed_in(request, fault)


@needs(PUBLIC)
@never_cache
@require_safe
def back_from_provider(request: HttpRequest) -> HttpResponse:
    """Back from the provider with what it says of whoever it is: signed in, or told why not."""
    to, again = provider(), request.user.is_authenticated and is_asked_again(request)
    if (request.user.is_authenticated and not again) or to is None:
        return _elsewhere(request, own_address(request, ""))
    try:
        told = finish(request, to)
        if again:
            return services.prove_by_provider(request, own_user(request), to, told)
        return services.sign_in_by_provider(request, to, told, timezone.now())
    except NotBelieved as fault:
        return _not_signed_in(request, fault)
    except services.SignInRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("access:sign_in")


def _elsewhere(request: HttpRequest, back: str) -> HttpResponse:
    return HttpResponseRedirect(back if request.user.is_authenticated else resolve_url(settings.LOGIN_URL))


def _not_signed_in(request: HttpRequest, fault: NotBelieved) -> HttpResponse:
    services.note_not_believed(request, fault)
    messages.error(request, fault.sentence)
    return redirect("access:sign_in")


@needs(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session, and let the browser forget what it kept for our pages."""
    services.sign_out(request)
    left = HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL or settings.LOGIN_URL))
    left.headers["Clear-Site-Data"] = '"storage"'
    return left


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


@needs(SIGNED_IN)
@never_cache
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: where one is signed in."""
    page = account_page(own_user(request), request.session.session_key or "")
    return render(request, "access/account.html", {"page": page})


@needs(SIGNED_IN)
@require_POST
def session_end(request: HttpRequest, mark: str) -> HttpResponse:
    """End one of one's own sessions."""
    if services.end_own_session(own_user(request), mark):
        messages.success(request, "That browser is signed out.")
    else:
        messages.info(request, "That browser was signed out already.")
    return redirect("access:account")


@needs(SIGNED_IN)
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End all of one's own sessions but this one."""
    user, own = own_user(request), request.session.session_key or ""
    ended = services.end_sessions_of(user, services.ENDED_BY_PERSON, but=own, by=user.actor)
    messages.success(
        request, f"Signed out everywhere else ({ended})." if ended else "You are signed in here only."
    )
    return redirect("access:account")


@needs(SIGNED_IN)
@never_cache
@require_safe
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own personal tokens, by which programs ask the API."""
    return render(request, "access/tokens.html", {"page": tokens_page(own_user(request))})


@needs(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request: HttpRequest) -> HttpResponse:
    """Make a token, after proving once more who one is; its secret is shown this once."""
    if not has_proved(request):
        sentence = "Prove again that it is you, then make the token."
        return to_proof(request, resolve_url("access:token_new"), sentence)
    form, user = TokenForm(request.POST if request.method == "POST" else None), own_user(request)
    if form.is_valid():
        strong = took_second_step(request)
        try:
            made, secret = services.make_token(
                user, **form.cleaned_data, strong=strong, by=user.actor, now=timezone.now()
            )
        except TokenUnfit as refused:
            for field, sentence in refused.problems.items():
                form.add_error(field or None, sentence)
        else:
            return render(request, "access/token_made.html", {"token": made, "secret": secret})
    status = REFUSED if form.is_bound else 200
    return render(request, "access/token_new.html", {"form": form}, status=status)


@needs(SIGNED_IN)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own passkeys. The library's page asks the database twenty times."""
    if not has_proved(request):
        return to_proof(request, request.path, "Prove again that it is you, then remove it.")
    passkey = get_object_or_404(passkeys_of(own_user(request)), pk=pk)
    if request.method == "POST":
        services.remove_passkey(request, passkey)
        return redirect("mfa_list_webauthn")
    return render(request, "mfa/webauthn/authenticator_confirm_delete.html", {"object": passkey})


@needs(SIGNED_IN)
@require_POST
def token_end(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own tokens."""
    user = own_user(request)
    if services.end_token(user, number, by=user.actor, now=timezone.now()):
        messages.success(request, "The token has ended. Nothing can be asked by it any more.")
    else:
        messages.info(request, "That token had ended already.")
    return redirect("access:tokens")


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Send a link for a new password. The answer is the same whether or not there is such an account."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.ask_for_link(form.cleaned_data["email"])
        return render(request, "access/forgotten_sent.html", {"email": form.cleaned_data["email"]})
    return render(request, "access/forgotten.html", {"form": form}, status=REFUSED if form.is_bound else 200)


@needs(PUBLIC)
@sensitive_post_parameters("new")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_password(request: HttpRequest, secret: str) -> HttpResponse:
    """Set the password of the account a link was sent for. Opening the page changes nothing."""
    form, now = NewPasswordForm(request.POST if request.method == "POST" else None), timezone.now()
    try:
        link = services.link_named(secret, now)
        if form.is_valid():
            services.set_password_by_link(secret, form.cleaned_data["new"], now=now)
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("access:sign_in")
    except services.LinkOver as over:
        return render(request, "access/link_over.html", {"sentence": over.sentence}, status=410)
    except ValidationError as weak:
        form.add_error("new", weak)
    context = {"form": form, "email": link.user.email}
    return render(request, "access/set_password.html", context, status=REFUSED if form.is_bound else 200)


@needs(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def return_start(request: HttpRequest, secret: str) -> HttpResponse:
    """Somebody without an account is asked for an answer: a button sends a code. Opening the page does nothing."""
    now, problem = timezone.now(), ""
    try:
        link = services.return_named(secret, now)
    except services.ReturnOver as over:
        return return_over(request, over)
    if request.method == "POST":
        try:
            token = services.send_code(link, client_address(request), now=now)
            return keep_token(redirect("access:return_code", secret), secret, token)
        except services.ReturnRefused as refused:
            problem = refused.sentence
    context = {"page": return_page(link), "problem": problem}
    status = REFUSED if problem else 200
    return render_return(request, "access/return_start.html", link, context, status)


@needs(PUBLIC)
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def return_code(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the code that was sent, and on to the return itself."""
    form, now = ReturnCodeForm(request.POST if request.method == "POST" else None), timezone.now()
    try:
        link = services.return_named(secret, now)
        if form.is_valid():
            token = services.enter_return(link, token_of(request), form.cleaned_data["code"], now=now)
            return keep_token(redirect(kind_named(link.kind).address, secret), secret, token)
    except services.ReturnOver as over:
        return return_over(request, over)
    except services.ReturnRefused as refused:
        form.add_error("code", refused.sentence)
    context = {"page": return_page(link), "form": form, "secret": secret}
    status = REFUSED if form.is_bound else 200
    return render_return(request, "access/return_code.html", link, context, status)


def own_user(request: HttpRequest) -> User:
    """The account that is signed in; the guard has seen to it that there is one."""
    return cast(User, request.user)


def own_address(request: HttpRequest, wanted: str) -> str:
    """The address asked for, where it is one of this site; the first page otherwise."""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and ours else resolve_url(settings.LOGIN_REDIRECT_URL)
