"""Reading accounts and memberships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import DateField, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from sightline.access.choices import Permission, ScopeKind
from sightline.access.models import Membership, Session, Token, User, is_current
from sightline.access.permissions import can_manage_access
from sightline.access.roles import roles
from sightline.access.rules import normal_email, session_limits
from sightline.access.scope import COMMAND_LINE_SCOPE, Scope
from sightline.events.choices import COMMAND_LINE, Actor
from sightline.events.disposing import end_of

# The end of an address that leads nowhere: of an account whose person was taken out of it.
NOWHERE = "@anonymised.invalid"


@dataclass(frozen=True)
class CommandLineUser:
    """Stands where a signed-in person would, when nobody is named with --as: the unit's scope, no T3 or T4."""

    actor: Actor = COMMAND_LINE
    scope: Scope = COMMAND_LINE_SCOPE
    is_authenticated: bool = True
    pk: int | None = None
    name: str = COMMAND_LINE.label


def command_line_user() -> CommandLineUser:
    """The account of the command line."""
    return CommandLineUser()


def user_by_email(email: str) -> User | None:
    """The account that signs in with this address; None where there is none, or it may not sign in."""
    return User.objects.filter(email=normal_email(email), is_active=True).first()


def holders(role: str, scope_kind: str, scope_key: str, on: date) -> QuerySet[User]:
    """People who hold the role over this partnership (empty key), group or agency on the day."""
    over = Membership.objects.filter(is_current(on), role=role, scope_kind=scope_kind, scope_key=scope_key)
    return User.objects.filter(is_active=True, pk__in=over.values("user_id")).order_by("name", "pk")


def not_anonymised() -> QuerySet[User]:
    """The accounts that still bear the name of their person."""
    return User.objects.exclude(email__endswith=NOWHERE)


def closed_accounts(day: date) -> QuerySet[User]:
    """Closed accounts whose person was last there on this day or before, with `since`: their last sign-in or the end of
    their last role, whichever is later. One with a role that still holds is not among them.
    """
    roles_held = Membership.objects.filter(user=OuterRef("pk"))
    last = roles_held.order_by("-ends_on").values("ends_on")[:1]
    closed = not_anonymised().filter(is_active=False, created_at__lt=end_of(day))
    gone = closed.exclude(last_login__gte=end_of(day)).exclude(
        Exists(roles_held.filter(Q(ends_on=None) | Q(ends_on__gt=day)))
    )
    signed_in = TruncDate(Coalesce("last_login", "created_at"))
    return gone.annotate(
        since=Greatest(Coalesce(Subquery(last), signed_in), signed_in, output_field=DateField())
    )


def memberships_of(user_id: int) -> QuerySet[Membership]:
    """Every role that an account holds or has held, with whose it is where it was lent; the last to end first."""
    held = Membership.objects.filter(user_id=user_id).select_related("lent_from__user")
    return held.order_by("-ends_on", "starts_on", "id")


def current_memberships(on: date) -> QuerySet[Membership]:
    """Every membership that holds on the day, of people who may sign in: by name, each person's together."""
    held = Membership.objects.filter(is_current(on), user__is_active=True)
    return held.select_related("user", "lent_from__user").order_by("user__name", "user_id", "id")


def lent_by(user_id: int) -> QuerySet[Membership]:
    """What an account has handed to deputies, with these; the last to end first."""
    lent = Membership.objects.filter(lent_from__user=user_id).select_related("user__person")
    return lent.order_by("-ends_on", "starts_on", "id")


def lendings_concerning(user: User) -> QuerySet[Membership]:
    """What was handed to deputies, as far as the person may know of it: theirs, or anybody's for who manages access."""
    lent = Membership.objects.filter(lent_from__isnull=False).select_related("lent_from__user", "user")
    if can_manage_access(user):
        return lent
    return lent.filter(Q(user=user) | Q(lent_from__user=user))


def memberships_with(permission: Permission, on: date) -> QuerySet[Membership]:
    """The memberships of people who may sign in that give the permission over what they name, on the day."""
    keys = [key for key, role in roles().items() if permission in role.permissions]
    held = Membership.objects.filter(is_current(on), role__in=keys, user__is_active=True)
    return held.select_related("user").order_by("user__name", "pk")


def those_over(
    permission: Permission, kind: ScopeKind, keys: Iterable[str], on: date
) -> dict[str, list[Membership]]:
    """Who holds the permission over these groups or agencies themselves, by key, and not over the whole partnership.

    So whoever chairs a group is found (who keeps its meetings), or leads an agency (who hears of its silence), whatever
    the role is called; one query.
    """
    found: dict[str, list[Membership]] = {}
    for held in memberships_with(permission, on).filter(scope_kind=kind, scope_key__in=list(keys)):
        found.setdefault(held.scope_key, []).append(held)
    return found


def tokens_of(user: User) -> QuerySet[Token]:
    """The personal tokens of somebody that still count, the newest first."""
    today = timezone.localdate()
    return Token.objects.filter(user=user, ended_at=None, expires_on__gte=today).order_by("-made_at", "-pk")


def sessions_of(user: User) -> QuerySet[Session]:
    """Where somebody is signed in, the latest seen first; not where nothing was done for too long."""
    now = timezone.now()
    lasting = Session.objects.filter(
        expire_date__gt=now, seen_at__gt=now - session_limits()[user.scope.reads].idle
    )
    return lasting.filter(user=user).order_by("-seen_at", "session_key")


def passkeys_of(user: User) -> QuerySet[Authenticator]:
    """A person's own passkeys, each with the person."""
    own: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return own.select_related("user")
