"""Accounts, memberships, sessions, links that set a password, and failed sign-ins."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from sightline.access.choices import LINK_LABELS, SCOPE_LABELS, LinkKind, ScopeKind, TokenScope
from sightline.access.roles import role
from sightline.access.scope import Scope, scope_of_rows
from sightline.events.choices import Actor, Tier


class UserManager(BaseUserManager["User"]):
    """Finds accounts by e-mail, whatever the case it is typed in."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of this e-mail address. Raises User.DoesNotExist."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from memberships alone: there are no superusers."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    # Of whoever supplies Sightline: holds no standing role, only what a support session gives for some hours.
    is_supplier = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="access_user_email_lower_case")
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def scope(self) -> Scope:
        """What today's memberships allow: one query, once per loaded account."""
        today = timezone.localdate()
        current = self.memberships.filter(is_current(today), user__is_active=True).order_by("id")
        return scope_of_rows(self.pk, current.values_list(*SCOPE_COLUMNS))

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the password. Writes nothing: a hash of former strength is made anew by signing in."""
        return check_password(raw_password, self.password)

    @property
    def actor(self) -> Actor:
        """Who the journal says did it, with the roles held at this moment."""
        return Actor("user", str(self.pk), self.name, ", ".join(self.scope.role_labels), self.pk)


def is_current(today: object, of: str = "") -> Q:
    """Memberships that hold on the day: begun, and not ended before it (the last day counts). `of`: the way to them."""
    return Q(**{f"{of}starts_on__lte": today}) & lasts(today, of)


def lasts(on: object, of: str = "") -> Q:
    """Memberships that hold on the day or will hold. `of`: the way to them."""
    ends = Q(**{f"{of}ends_on__isnull": True}) | Q(**{f"{of}ends_on__gte": on})
    return ends & (Q(**{f"{of}until__isnull": True}) | Q(**{f"{of}until__gt": timezone.now()}))


# What a scope is made of: a membership's role, what it is over, and whose it is where it was lent by somebody else.
SCOPE_COLUMNS = ("role", "scope_kind", "scope_key", "lent_from__user__name")


class Membership(models.Model):
    """A role given to a person over the partnership, a group or an agency, between two dates (both count).

    One that was handed to a deputy for a time is `lent_from` the membership it came from. Ended before it began, it
    never held: its last day then lies before its first.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=50)
    scope_kind = models.CharField(
        max_length=20, choices=[(kind.value, label) for kind, label in SCOPE_LABELS.items()]
    )
    scope_key = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    lent_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="lent"
    )
    # Of a support session: the moment from which it holds no more, whatever its days say.
    until = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("user", "starts_on", "id")
        indexes = [models.Index(fields=["scope_kind", "scope_key"], name="access_membership_scope")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True, lent_from__isnull=True)
                | (Q(ends_on__isnull=False) & Q(ends_on__gte=F("starts_on")))
                | Q(ends_on__isnull=False, lent_from__isnull=False),
                name="access_membership_dates",
            ),
            models.CheckConstraint(
                condition=Q(scope_kind=ScopeKind.PARTNERSHIP.value, scope_key="")
                | (Q(scope_kind__in=[ScopeKind.GROUP.value, ScopeKind.AGENCY.value]) & ~Q(scope_key="")),
                name="access_membership_scope_has_key",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "scope_kind", "scope_key", "starts_on"],
                condition=Q(lent_from__isnull=True, until__isnull=True),
                name="access_membership_once",
            ),
        ]

    def __str__(self) -> str:
        over = self.scope_key or "the partnership"
        return f"{self.user}: {role(self.role).name} over {over}"

    @property
    def label(self) -> str:
        """The role's name, and for whom it is held where it is lent."""
        name = role(self.role).name
        return f"{name} on behalf of {self.lent_from.user.name}" if self.lent_from else name


class Session(AbstractBaseSession):
    """A browser that is signed in, or about to be, and whose it is. `seen_at`: when it last asked for anything."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    seen_at = models.DateTimeField(default=timezone.now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that reads and writes these rows."""
        from sightline.access.sessions import SessionStore

        return SessionStore


class PasswordLink(models.Model):
    """A link that lets somebody set the password of one account, once, until a moment. Only its digest is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="password_links")
    kind = models.CharField(
        max_length=12, choices=[(kind.value, label) for kind, label in LINK_LABELS.items()]
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("user", "made_at", "id")
        indexes = [models.Index(fields=["user", "made_at"], name="access_link_of_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_link_ends_after_it_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"{LINK_LABELS[LinkKind(self.kind)]} for {self.user}"


class Token(models.Model):
    """A secret by which a person's own program asks the API in their name, until a day. Only its digest is kept.

    `strong`: made in a session that was signed in with a second step. `used_at` is coarse: kept as often as requests
    are taken from the allowance of a minute (`minute`, of which `taken` are given out).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=60)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    strong = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_on = models.DateField(help_text="The last day on which it counts.")
    ended_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    minute = models.DateTimeField(null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("user", "made_at", "id")
        indexes = [models.Index(fields=["user", "ended_at"], name="access_token_of_user")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="a_token_has_a_name"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                name="a_token_ends_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"Token “{self.name}”"

    @property
    def actor(self) -> Actor:
        """Who the journal says did it: its person, by the token of this number. What the person calls it is free text,
        which could not be taken out again.
        """
        own = self.user.actor
        return Actor("user", own.id, f"{own.label[:120]} by token {self.pk}", own.role, own.user_id)

    def allows(self, scope: TokenScope) -> bool:
        """Whether it was made for this."""
        return scope.value in self.scopes


class Identity(models.Model):
    """Who a person is at the provider of single sign-on: bound to their account when they first come by it.

    The provider's own number counts from then on, not the address: an address may be given to somebody else.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    bound_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        ordering = ("user", "bound_at")
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="an_identity_opens_one_account"),
            models.UniqueConstraint(fields=["user", "issuer"], name="an_account_has_one_identity_there"),
        ]

    def __str__(self) -> str:
        return "Single sign-on of an account"


class SignInFailure(models.Model):
    """A failed sign-in, kept for the throttle alone and cleared after a day. The account is stored as a digest."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    moment = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "address", "moment"], name="access_failure_pair")]

    def __str__(self) -> str:
        return f"failed sign-in at {self.moment:%Y-%m-%d %H:%M}"


class ReturnLink(models.Model):
    """A link by which somebody without an account answers one thing. Only the digest of its secret is kept.

    `kind` is what an app offers (returns.py), `record` the number of the record it is about. It opens nothing by
    itself: a code sent to the same address does (ReturnEntry).
    """

    kind = models.CharField(max_length=60)
    record = models.BigIntegerField()
    name = models.CharField(max_length=200)
    email = models.EmailField()
    tier = models.CharField(max_length=2, choices=[(tier.value, tier.label) for tier in Tier])
    digest = models.CharField(max_length=64, unique=True)
    asked_by_label = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-made_at", "-id")
        indexes = [models.Index(fields=["kind", "record", "made_at"], name="access_return_of_record")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="a_return_link_ends_after_it_was_made"
            )
        ]

    def __str__(self) -> str:
        return f"Link sent to {self.email}"


class ReturnEntry(models.Model):
    """A browser at the door of a return: the code it was sent, and when it was let in or last did something
    (`opened_at`). Secrets as digests alone.

    The browser holds a token in a cookie of its own; another browser's code does not fit it. `address`: where it asked
    from, for the limits.
    """

    link = models.ForeignKey(ReturnLink, on_delete=models.CASCADE, related_name="entries")
    token = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("link", "made_at", "id")
        verbose_name_plural = "return entries"
        indexes = [models.Index(fields=["link", "made_at"], name="access_entry_of_return")]

    def __str__(self) -> str:
        return f"entry by {self.link_id} at {self.made_at:%Y-%m-%d %H:%M}"
