"""Signing in by what a provider says: into an account that stands, by the identity bound to it or a verified address.

Nobody opens an account by it. What the provider calls a person is bound to the account when they first come, and from
then on that counts: an address that is given to somebody else opens nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from sightline.access.addresses import client_address
from sightline.access.choices import HOW_CHANGED, NOT_YOU
from sightline.access.entries import AccessEntry
from sightline.access.models import Identity, User
from sightline.access.provider import NotBelieved, Provider, Told
from sightline.access.rules import PROVIDER, PROVIDER_STRONG, normal_email
from sightline.access.services.signing_in import (
    NOT_NOW,
    SignInRefused,
    is_waiting,
    open_session,
    refuse_while_waiting,
    remember_failure,
)
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail

# Whose failures those are that name nobody yet. They are counted so that a flood of them does not fill the journal.
NOBODY_YET = "single sign-on"
USED_EVERY = timedelta(hours=1)
UNVERIFIED = "{name} does not say that your e-mail address is verified, so it opens no account here."
UNKNOWN = (
    "{name} knows you, but there is no account here for {email}. Ask the business unit of your partnership: they open "
    "accounts."
)
ANOTHER = "You signed in at {name} as somebody else, so nothing is proved. Sign in there as yourself."
OTHER = "The account for {email} is bound to another person at {name}. Ask the business unit to look at it."


def sign_in_by_provider(request: HttpRequest, at: Provider, told: Told, now: datetime) -> HttpResponse:
    """Sign in whoever the provider says it is, and on to where they wanted to go.

    To their second step first, where they have one here and took none there that counts.

    Raises SignInRefused; failures are journalled and counted as at the sign-in page.
    """
    address = client_address(request)
    user = _account_of(at, told, address)
    refuse_while_waiting(user.email, address)
    _bind(user, at, told, now)
    record_authentication(request, user, method=PROVIDER)
    if told.is_strong:
        open_session(request, user, PROVIDER_STRONG)
        return HttpResponseRedirect(told.back)
    answer: HttpResponse = perform_login(request, user, redirect_url=told.back)
    return answer


def prove_by_provider(request: HttpRequest, user: User, at: Provider, told: Told) -> HttpResponse:
    """Note that whoever is signed in proved again who they are, and on to where they wanted to go.

    Raises SignInRefused where somebody else did; that is journalled and counted.
    """
    if not user.identities.filter(issuer=told.issuer, subject=told.subject).exists():
        why = "the proof is of another identity"
        raise _refused(user.email, client_address(request), why, ANOTHER.format(name=at.name))
    record_authentication(request, user, method=PROVIDER, reauthenticated=True)
    return HttpResponseRedirect(told.back)


def note_not_believed(request: HttpRequest, fault: NotBelieved) -> None:
    """Journal that what came back from the provider was not believed; a flood of such tries is told once."""
    _fail(NOBODY_YET, client_address(request), fault.why)


def _account_of(at: Provider, told: Told, address: str) -> User:
    """The account bound to this identity, else the one of a verified address. Raises SignInRefused."""
    bound = Identity.objects.select_related("user").filter(issuer=told.issuer, subject=told.subject).first()
    if bound is not None:
        return _open(bound.user, address)
    email = normal_email(told.email)
    if not email or not told.email_verified:
        raise _refused(
            email or NOBODY_YET, address, "the address is not verified", UNVERIFIED.format(name=at.name)
        )
    user = User.objects.filter(email=email).first()
    if user is None:
        raise _refused(email, address, "no such account", UNKNOWN.format(name=at.name, email=email))
    _open(user, address)
    if user.identities.filter(issuer=told.issuer).exists():
        sentence = OTHER.format(name=at.name, email=email)
        raise _refused(email, address, "the account is bound to another identity", sentence)
    return user


def _open(user: User, address: str) -> User:
    if not user.is_active:
        raise _refused(user.email, address, "the account is closed", NOT_NOW)
    return user


def _refused(account: str, address: str, why: str, sentence: str) -> SignInRefused:
    _fail(account, address, why)
    return SignInRefused(sentence)


def _fail(account: str, address: str, why: str) -> None:
    if not is_waiting(account, address):
        remember_failure(account, address, reason=f"Single sign-on: {why}.")


@deed
def _bind(user: User, at: Provider, told: Told, now: datetime) -> None:
    """Bind the identity to the account where it is not yet, and tell its person; note now and then that it is used."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if user.identities.filter(issuer=told.issuer).exclude(subject=told.subject).exists():
        raise SignInRefused(OTHER.format(name=at.name, email=user.email))
    made, is_new = Identity.objects.get_or_create(
        issuer=told.issuer, subject=told.subject, user=user, defaults={"bound_at": now, "used_at": now}
    )
    if not is_new:
        if now - made.used_at > USED_EVERY:
            Identity.objects.filter(pk=made.pk).update(used_at=now)
        return
    after = {"account": user.pk, "issuer": told.issuer}
    record(AccessEntry.IDENTITY_BOUND, by=user.actor, subject=made, after=after)
    text = (
        f"Your account opens by {at.name} from now on, beside your password if you have one.\n\n{NOT_YOU}\n"
    )
    queue_mail(user.email, HOW_CHANGED, text, by=user.actor)
