"""Signing in and out, and one's own password."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sightline.access.addresses import client_address
from sightline.access.entries import AccessEntry
from sightline.access.models import SignInFailure, User
from sightline.access.rules import normal_email, wait_left
from sightline.access.services.accounts import set_password
from sightline.events.choices import Actor
from sightline.events.selectors import told_since
from sightline.events.services import deed, record
from sightline.jobs.rules import wait_in_words

AT_THE_DOOR = Actor("system", "sign-in page", "Somebody at the sign-in page")
WRONG = "The e-mail address or the password is not right. Check both and try again."
NOT_NOW = "This account cannot sign in now. Ask the business unit of your partnership."
WRONG_PRESENT = "This is not your present password."
KEEP_FAILURES = timedelta(days=1)
REFUSED_EVERY = timedelta(minutes=5)
# Where wrong codes are counted whatever the address they come from: whoever tries them has the password already, so
# nobody can make somebody else wait who has not.
ANYWHERE = "second step"


class SignInRefused(Exception):
    """The sign-in did not succeed; `sentence` is fit to show and tells nothing about which accounts exist."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def change_own_password(request: HttpRequest, present: str, new: str) -> None:
    """Change the password of whoever is signed in; this session goes on, others end.

    Raises SignInRefused for a wrong present password, which is journalled and counted as at the sign-in page; django's
    ValidationError for a weak new one.
    """
    user = request.user
    if not isinstance(user, User):
        raise SignInRefused(WRONG_PRESENT)
    address = client_address(request)
    refuse_while_waiting(user.email, address)
    if not user.check_password(present):
        _note_wrong_password(user, address)
        raise SignInRefused(WRONG_PRESENT)
    _change_password(request, user, new)


@deed
def _note_wrong_password(user: User, address: str) -> None:
    count_failure(user.email, address)
    record(AccessEntry.PASSWORD_REFUSED, by=user.actor, subject=user)


@deed
def _change_password(request: HttpRequest, user: User, new: str) -> None:
    set_password(user, new, but=request.session.session_key or "", by=user.actor)
    update_session_auth_hash(request, user)


def sign_in(request: HttpRequest, email: str, password: str, back: str) -> HttpResponse:
    """Take e-mail and password: on to the second step where there is one, else signed in and to `back`.

    Raises SignInRefused; failures are journalled and counted.
    """
    account, address = normal_email(email), client_address(request)
    refuse_while_waiting(account, address)
    user = authenticate(request, username=account, password=password)
    if not isinstance(user, User):
        remember_failure(account, address)
        raise SignInRefused(WRONG)
    if hash_is_weak(user.password):
        _renew_hash(user, password)
    record_authentication(request, user, method="password")
    answer: HttpResponse = perform_login(request, user, redirect_url=back)
    return answer


def hash_is_weak(encoded: str) -> bool:
    """Whether a password is kept with less strength than the settings ask for by now."""
    wanted = get_hasher("default")
    return identify_hasher(encoded).algorithm != wanted.algorithm or wanted.must_update(encoded)


@deed
def _renew_hash(user: User, password: str) -> None:
    """Keep the same password with the strength asked for now."""
    user.set_password(password)
    user.save(update_fields=["password"])
    record(AccessEntry.PASSWORD_RENEWED, by=user.actor, subject=user)


@deed
def open_session(request: HttpRequest, user: User, how: str) -> None:
    """Begin a session for somebody whose identity `how` has proved (rules.py has the ways; demo)."""
    address = client_address(request)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    agent = request.headers.get("User-Agent", "")[:300]
    request.session.update(
        {"began": timezone.now().isoformat(), "address": address, "agent": agent, "how": how}
    )
    SignInFailure.objects.filter(account=_digest(user.email), address__in=[address, ANYWHERE]).delete()
    record(AccessEntry.SIGNED_IN, by=user.actor, after={"how": how}, personal={"address": address})


@deed
def note_refused(user: User, path: str, *, by: Actor | None = None) -> None:
    """Journal that somebody was refused a page, by its address without what was asked of it; once in a while for each
    person and page, however often they ask. `by`: a token of theirs.
    """
    after, since = {"page": path[:200]}, timezone.now() - REFUSED_EVERY
    if not told_since(since, AccessEntry.REFUSED, after, by=user.pk):
        record(AccessEntry.REFUSED, by=by or user.actor, after=after)


@deed
def sign_out(request: HttpRequest) -> None:
    """End the session; harmless where there is none."""
    if isinstance(request.user, User):
        record(AccessEntry.SIGNED_OUT, by=request.user.actor)
    logout(request)


@deed
def forget_old_failures(now: datetime) -> int:
    """Delete failures that no throttle reads any more; their journal entries stay. Returns how many."""
    return SignInFailure.objects.filter(moment__lt=now - KEEP_FAILURES).delete()[0]


def _wait_left(account: str, address: str, now: datetime) -> timedelta:
    failures = SignInFailure.objects.filter(account=_digest(account), address=address)
    return wait_left(list(failures.values_list("moment", flat=True)), now)


def is_waiting(account: str, address: str) -> bool:
    """Whether too many tries failed for this account from here."""
    return bool(_wait_left(account, address, timezone.now()))


def refuse_while_waiting(account: str, address: str) -> None:
    """Raises SignInRefused where too many tries failed for this account from here.

    Without a look at the password, and without an entry: a flood of tries must not fill the journal.
    """
    left = _wait_left(account, address, timezone.now())
    if not left:
        return
    minutes = timedelta(minutes=max(1, -(-int(left.total_seconds()) // 60)))
    raise SignInRefused(
        f"There were too many failed tries for this account from here. Try again in {wait_in_words(minutes)}."
    )


@deed
def remember_failure(account: str, address: str, reason: str = "") -> None:
    """Count and journal a failure."""
    whose = {"email": account, "address": address}
    record(AccessEntry.SIGN_IN_FAILED, by=AT_THE_DOOR, reason=reason, personal=whose)
    count_failure(account, address)


@deed
def count_failure(account: str, address: str) -> None:
    """Count a failure that is journalled elsewhere, and journal the wait that begins where it was one too many."""
    now = timezone.now()
    SignInFailure.objects.create(account=_digest(account), address=address, moment=now)
    if _wait_left(account, address, now):
        whose = {"email": account, "address": address}
        record(AccessEntry.SIGN_IN_SLOWED, by=AT_THE_DOOR, personal=whose)


def _digest(account: str) -> str:
    return hashlib.sha256(account.encode()).hexdigest()
