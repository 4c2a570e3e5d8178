"""Personal tokens: made, shown once, recognised, counted, ended. Only a digest of each is kept."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from sightline.access.choices import NO_MEMBERSHIP, NOT_TO_PROGRAMS, TokenScope, TokenUnfit
from sightline.access.entries import AccessEntry
from sightline.access.models import SignInFailure, Token, User
from sightline.access.permissions import Refused
from sightline.access.rules import WINDOW, token_numbers, why_no_token
from sightline.access.selectors import tokens_of
from sightline.access.services.memberships import check_roles_of
from sightline.events.choices import Actor, Subject
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.events.services.forgetting import shred_about
from sightline.messages.services import queue_mail

PREFIX = "sightline_"
BYTES = 32
A_MINUTE, A_YEAR = timedelta(minutes=1), timedelta(days=365)
# Under which wrong tokens are counted, where sign-ins are counted under the account.
WRONG = hashlib.sha256(b"personal token").hexdigest()
AT_THE_API = Actor("system", "api", "Somebody at the API")
NOT_KNOWN = "This token is not known here. Make one under Your account, Personal tokens."
OVER = "This token has ended. Make a new one under Your account, Personal tokens."
SECOND_STEP = "Your roles ask for a second step of signing in by now. Take it, and make a new token."
TOO_MANY = "More was asked for than one token is answered in a minute. Go on in a minute."
TOO_MANY_WRONG = "Too many wrong tokens came from this address. Try again in a quarter of an hour."
ENDED_BY_PERSON = "Ended by its own person."
LONG_OVER = "It ended a year ago: deleted."


class TokenRefused(Exception):
    """A token opens nothing: `status` as of HTTP, `sentence` fit to show."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status, self.sentence = status, sentence


@deed
def make_token(
    user: User,
    name: str,
    scopes: Collection[str],
    expires_on: date,
    *,
    strong: bool,
    by: Actor,
    now: datetime,
) -> tuple[Token, str]:
    """Make a token for a person, and tell them by e-mail. Returns it with its secret, which nobody sees again.

    Raises TokenUnfit; ValueError for a scope that does not exist; Refused for an account of the supplier's.
    """
    if user.is_supplier:
        raise Refused(NOT_TO_PROGRAMS)
    User.objects.select_for_update().get(pk=user.pk)  # so that two at once count each other
    today = timezone.localdate(now)
    problems = why_no_token(name, list(scopes), expires_on, today, tokens_of(user).count())
    if problems:
        raise TokenUnfit(problems)
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    made = Token.objects.create(
        user=user,
        name=name.strip()[:60],
        scopes=sorted({TokenScope(scope).value for scope in scopes}),
        digest=digest_of(secret),
        strong=strong,
        made_at=now,
        expires_on=expires_on,
    )
    after = {"account": user.pk, "scopes": made.scopes, "expires_on": expires_on}
    record(AccessEntry.TOKEN_MADE, by=by, subject=made, after=after)
    queue_mail(user.email, "A personal token was made for you in Sightline", _mail(made), by=by)
    return made, secret


def _mail(made: Token) -> str:
    address = f"{settings.SITE_ADDRESS}{reverse('access:tokens')}"
    return (
        f"The token “{made.name}” lets a program ask Sightline in your name until {made.expires_on:%d.%m.%Y}.\n\n"
        f"If it was not you who made it, end it at once, and tell the business unit of your partnership:\n{address}\n"
    )


def digest_of(secret: str) -> str:
    """What is kept of a secret. It has 256 bits of chance, so that a plain digest is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@deed
def end_token(user: User, number: int, *, by: Actor, now: datetime) -> bool:
    """End one of one's own tokens. Returns whether there was one that still counted."""
    return bool(_end(Token.objects.filter(user=user, pk=number), ENDED_BY_PERSON, by, now))


@deed
def take_tokens_away(user: User, *, by: Actor) -> int:
    """End every token of somebody else. Raises Refused where `by` could not end each of their roles."""
    check_roles_of(user, by=by)
    return end_tokens_of(user, "Ended by somebody who looks after accounts.", by=by)


@deed
def end_tokens_of(user: User, reason: str, *, by: Actor) -> int:
    """End every token of a person. Returns how many there were."""
    return _end(Token.objects.filter(user=user), reason, by, timezone.now())


def _end(tokens: QuerySet[Token], reason: str, by: Actor, now: datetime) -> int:
    standing = list(tokens.filter(ended_at=None).select_for_update())
    Token.objects.filter(pk__in=[each.pk for each in standing]).update(ended_at=now)
    for each in standing:
        record(AccessEntry.TOKEN_ENDED, by=by, subject=each, after={"account": each.user_id}, reason=reason)
    return len(standing)


@deed
def forget_old_tokens(now: datetime) -> int:
    """Delete tokens that ended a year ago, with what the journal keeps of their names. Returns how many."""
    old = Q(ended_at__lt=now - A_YEAR) | Q(expires_on__lt=timezone.localdate(now - A_YEAR))
    return forget_tokens(Token.objects.filter(old), Doing(AT_THE_API, LONG_OVER, now))


@deed
def forget_tokens(tokens: QuerySet[Token], doing: Doing) -> int:
    """Delete tokens that count no more, with what the journal keeps of their names. Returns how many."""
    gone = list(tokens)
    for each in gone:
        about, before = Subject("access", "token", str(each.pk), ""), {"account": each.user_id}
        record(AccessEntry.TOKEN_ENDED, by=doing.by, subject=about, before=before, reason=doing.reason)
    rows = Token.objects.filter(pk__in=[each.pk for each in gone])
    shred_about(rows, doing)
    rows.delete()
    return len(gone)


def recognise(secret: str, address: str, now: datetime) -> Token:
    """The token with this secret, one request of its allowance taken. Raises TokenRefused.

    Its account comes with it; what that may do is read anew with every request.
    """
    found = Token.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if found is None:
        raise _not_known(address, now)
    is_over = found.ended_at is not None or found.expires_on < timezone.localdate(now)
    if is_over or not found.user.is_active or found.user.is_supplier:
        raise TokenRefused(401, OVER)
    if not found.user.scope.is_member:
        raise TokenRefused(403, NO_MEMBERSHIP)
    if settings.SECOND_STEP_REQUIRED and found.user.scope.needs_second_step and not found.strong:
        raise TokenRefused(401, SECOND_STEP)
    if not _allowances.take(found, now):
        raise TokenRefused(429, TOO_MANY)
    return found


def _not_known(address: str, now: datetime) -> TokenRefused:
    """The refusal of a wrong token: told of and counted, until there were too many from here."""
    failures = SignInFailure.objects.filter(account=WRONG, address=address[:64], moment__gt=now - WINDOW)
    if failures.count() >= token_numbers().wrong_from_one_address:
        return TokenRefused(429, TOO_MANY_WRONG)
    _count_wrong(address[:64], now)
    return TokenRefused(401, NOT_KNOWN)


@deed
def _count_wrong(address: str, now: datetime) -> None:
    SignInFailure.objects.create(account=WRONG, address=address, moment=now)
    record(AccessEntry.TOKEN_REFUSED, by=AT_THE_API, personal={"address": address})


class Allowances:
    """How many requests this process may still answer to a token in a minute, before it asks the database for more.

    All processes draw from one number in the token's row, several at once: a request writes nothing as a rule, and
    what is answered in a minute never goes beyond the setting.
    """

    MOST_KNOWN = 10_000
    EMPTY = -1  # no more are to be had of this minute: nothing is asked of the database again

    def __init__(self) -> None:
        self._left: dict[tuple[int, datetime], int] = {}
        self._lock = threading.Lock()

    def take(self, token: Token, now: datetime) -> bool:
        """Take one request; whether there was one."""
        minute = now.replace(second=0, microsecond=0)
        key = (token.pk, minute)
        with self._lock:
            left = self._left.get(key, 0)
            if left:
                self._left[key] = max(left - 1, self.EMPTY)
                return left > 0
        drawn = _draw(token, minute, now)
        with self._lock:
            if len(self._left) > self.MOST_KNOWN:
                self._left.clear()
            self._left = {k: n for k, n in self._left.items() if k[1] >= minute - A_MINUTE}
            # Another request of this process may have drawn meanwhile.
            left = max(self._left.get(key, 0), 0)
            self._left[key] = left + drawn - 1 if drawn else left or self.EMPTY
        return drawn > 0

    def forget(self) -> None:
        """Know of nothing drawn; for tests, whose database forgets as well."""
        with self._lock:
            self._left.clear()


_allowances = Allowances()
forget_allowances = _allowances.forget


def _draw(token: Token, minute: datetime, now: datetime) -> int:
    """Draw some requests of a minute from the token's row; how many. Two processes never draw the same ones."""
    numbers = token_numbers()
    each = min(numbers.at_once, numbers.requests_a_minute)
    rows = Token.objects.filter(pk=token.pk)
    begun = rows.filter(Q(minute=None) | Q(minute__lt=minute))
    draw = partial(_drawn, token, now)
    if draw(begun, minute=minute, taken=each):
        return each
    fits = rows.filter(minute=minute, taken__lte=numbers.requests_a_minute - each)
    return each if draw(fits, taken=F("taken") + each) else 0


@deed
def _drawn(token: Token, now: datetime, rows: QuerySet[Token], **columns: object) -> bool:
    """Whether it could be drawn; that a token is used is told of once a day."""
    if not rows.update(used_at=now, **columns):
        return False
    if token.used_at is None or timezone.localdate(token.used_at) < timezone.localdate(now):
        record(AccessEntry.TOKEN_USED, by=token.actor, subject=token)
    return True
