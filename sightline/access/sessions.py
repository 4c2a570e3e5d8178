"""Who a request belongs to: session, account and today's memberships, read together with one query."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib import auth
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError, IntegrityError
from django.db.models import F, FilteredRelation
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import SimpleLazyObject

from sightline.access.entries import AccessEntry
from sightline.access.models import Session, User, is_current
from sightline.access.rules import session_limits, why_over
from sightline.access.scope import scope_of_rows
from sightline.events.choices import SYSTEM, Actor
from sightline.events.services import deed, record

SEEN_EVERY = timedelta(minutes=2)


class SessionStore(DatabaseStore):
    """Sessions in the database, each knowing whose it is."""

    # The account that was read with the session; None where nobody is signed in.
    account: User | None = None
    # When it last asked for anything, as the row says; and why it was over, in a sentence, where it was.
    seen_at: datetime | None = None
    why_over = ""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our own table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to save, with the account that the session is of."""
        made = cast(Session, super().create_model_instance(data))
        made.user_id = data.get(auth.SESSION_KEY)
        return made

    def _get_session_from_db(self) -> Session | None:
        """The session with its account and their memberships of today: a row for each of these."""
        held = FilteredRelation(
            "user__memberships", condition=is_current(timezone.localdate(), "user__memberships__")
        )
        rows = list(
            Session.objects.filter(session_key=self.session_key, expire_date__gt=timezone.now())
            .select_related("user")
            .annotate(
                held=held,
                held_role=F("held__role"),
                held_kind=F("held__scope_kind"),
                held_key=F("held__scope_key"),
                held_for=F("held__lent_from__user__name"),
            )
            .order_by("held__id")
        )
        if not rows:
            self._session_key: str | None = None
            return None
        self.account = rows[0].user
        if self.account:
            given = [
                (r.held_role, r.held_kind, r.held_key, r.held_for)
                for r in rows
                if r.held_role and self.account.is_active
            ]
            self.account.scope = scope_of_rows(self.account.pk, given)
        self.seen_at = rows[0].seen_at
        return rows[0]

    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it has lasted too long, which its person is then told."""
        data: dict[str, Any] = super().load()
        if self.account is None or self.seen_at is None:
            return data
        limits, now = session_limits()[self.account.scope.reads], timezone.now()
        began = datetime.fromisoformat(data["began"]) if "began" in data else self.seen_at
        self.why_over = why_over(began, self.seen_at, now, limits)
        if not self.why_over:
            return data
        end_session(cast(str, self.session_key), self.account, self.why_over, by=SYSTEM)
        self.account, self._session_key = None, None
        return {}

    def note_seen(self, now: datetime) -> None:
        """Keep the moment of the last request, to within some minutes: one statement now and then."""
        if self.account is not None and self.seen_at is not None and now - self.seen_at > SEEN_EVERY:
            Session.objects.filter(session_key=self.session_key).update(seen_at=now)
            self.seen_at = now

    def save(self, must_create: bool = False) -> None:
        """Write the row: one statement, which needs no transaction of its own. Raises CreateError, UpdateError."""
        if self.session_key is None:
            return self.create()
        row = self.create_model_instance(cast(Any, self)._get_session(no_load=must_create))
        try:
            if must_create:
                return row.save(force_insert=True)
            return row.save(force_update=True, update_fields=["session_data", "expire_date", "user"])
        except IntegrityError as taken:
            raise (CreateError if must_create else UpdateError) from taken
        except DatabaseError as gone:
            raise (gone if must_create else UpdateError()) from gone

    def delete(self, session_key: str | None = None) -> None:
        """Take the row away without looking at it first."""
        Session.objects.filter(session_key=session_key or self.session_key).delete()

    def _get_new_session_key(self) -> str:
        """A key of chance. That nobody has it is seen when the row is made, which then tries another."""
        return get_random_string(32, VALID_KEY_CHARS)


@deed
def end_session(session_key: str, user: User, reason: str, *, by: Actor) -> bool:
    """End one session of an account. Returns whether there was one; nothing is written where there was not."""
    ended, _ = Session.objects.filter(session_key=session_key, user=user).delete()
    if ended:
        record(AccessEntry.SESSION_ENDED, by=by, subject=user, after={"sessions": 1}, reason=reason)
    return bool(ended)


_account: ContextVar[User | None] = ContextVar("account read with the session", default=None)


class AccountBackend(ModelBackend):
    """Signs in by e-mail and password; does not read an account again that came with its session."""

    def get_user(self, user_id: Any) -> User | None:
        """The account, if it may sign in."""
        known = _account.get()
        if known is None or str(known.pk) != str(user_id):
            return super().get_user(user_id)
        return known if self.user_can_authenticate(known) else None


class AccountMiddleware(AuthenticationMiddleware):
    """`request.user`, from what was read with the session. Django's own checks of it are all made."""

    def process_request(self, request: HttpRequest) -> None:
        """Look when somebody asks, not before."""
        super().process_request(request)
        request.user = cast(Any, SimpleLazyObject(lambda: user_of(request)))


def user_of(request: HttpRequest) -> Any:
    """The account signed in, or nobody; looked up once for a request."""
    if not hasattr(request, "_cached_user"):
        request.session.get(auth.SESSION_KEY)  # reads the session
        token = _account.set(getattr(request.session, "account", None))
        try:
            request._cached_user = auth.get_user(request)  # type: ignore[attr-defined]  # Django keeps it on the request
            cast(Any, request.session).note_seen(timezone.now())
        finally:
            _account.reset(token)
    return request._cached_user  # type: ignore[attr-defined]  # Django keeps it on the request
