"""Links by e-mail that let somebody set the password of their account: an invitation, or a new password.

Opening a link changes nothing, because mail is opened by scanners too; setting the password uses it up, and with it
every other link of the account. Whoever asks for one is told the same whether or not there is such an account.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse

from sightline.access.choices import LinkKind
from sightline.access.entries import AccessEntry
from sightline.access.models import PasswordLink, User
from sightline.access.rules import link_numbers, normal_email
from sightline.access.services.accounts import set_password
from sightline.access.services.tokens import end_tokens_of
from sightline.events.choices import SYSTEM, Actor
from sightline.events.services import deed, record
from sightline.jobs.rules import wait_in_words
from sightline.jobs.services import enqueue
from sightline.messages.services import queue_mail

HOUR = timedelta(hours=1)
SEND_LINK = "access.send_link"
SUBJECTS = {
    LinkKind.INVITATION: "Your account for Sightline",
    LinkKind.PASSWORD: "A new password for Sightline",
}
TEXTS = {
    LinkKind.INVITATION: """{by} has opened an account for you. You sign in with this e-mail address.

Choose a password here, within {life}:

{address}

If you did not expect this, do nothing: without a password nobody can sign in.
""",
    LinkKind.PASSWORD: """Somebody, probably you, asked for a new password.

Choose one here, within {life}:

{address}

If it was not you, do nothing: your password stays as it is.
""",
}


class LinkOver(Exception):
    """The link was used, has expired, or was never made; `sentence` is fit to show."""

    sentence = "This link has been used already, or its time is over. Ask for another one."


@deed
def send_link(user: User, kind: LinkKind, *, by: Actor, now: datetime) -> PasswordLink:
    """Send somebody a link to set their password, and note until when it may be used."""
    numbers, secret = link_numbers(), secrets.token_urlsafe(32)
    life = numbers.invitation if kind == LinkKind.INVITATION else numbers.password
    made = PasswordLink.objects.create(
        user=user, kind=kind, digest=_digest(secret), made_at=now, expires_at=now + life
    )
    address = settings.SITE_ADDRESS + reverse("access:set_password", args=[secret])
    text = TEXTS[kind].format(by=by.label, life=wait_in_words(life), address=address)
    queue_mail(user.email, SUBJECTS[kind], text, by=by, is_secret=True)
    after = {"kind": kind, "expires_at": made.expires_at}
    record(AccessEntry.LINK_SENT, by=by, subject=user, after=after)
    return made


@deed
def ask_for_link(email: str) -> None:
    """Let a link be sent to whoever has an account under this address.

    By a job, and also where there is no such account, so that not even the time it takes tells one from the other.
    """
    found = (
        User.objects.filter(email=normal_email(email), is_active=True).values_list("pk", flat=True).first()
    )
    enqueue(SEND_LINK, {"account": found or 0}, by=SYSTEM)


@deed
def send_link_asked_for(account: int, *, by: Actor, now: datetime) -> None:
    """Send a link for a new password to the account of this number, if there is one and not too many were sent."""
    user = User.objects.select_for_update().filter(pk=account, is_active=True).first()
    if user is None:
        return
    sent = PasswordLink.objects.filter(user=user, kind=LinkKind.PASSWORD, made_at__gt=now - HOUR).count()
    if sent < link_numbers().most_an_hour:
        send_link(user, LinkKind.PASSWORD, by=by, now=now)


def link_named(secret: str, now: datetime) -> PasswordLink:
    """The link that was sent with this secret, where it may still be used. Raises LinkOver."""
    usable = PasswordLink.objects.filter(used_at=None, expires_at__gt=now, user__is_active=True)
    found = usable.select_related("user").filter(digest=_digest(secret)).first()
    if found is None:
        raise LinkOver
    return found


@deed
def set_password_by_link(secret: str, password: str, *, now: datetime) -> User:
    """Set the password of the account that the link is for; no link of the account can be used after that.

    Raises LinkOver, django's ValidationError for a weak password.
    """
    link = link_named(secret, now)
    user, by = link.user, Actor("link", str(link.pk), f"Somebody with a link sent to {link.user.name}")
    held = PasswordLink.objects.select_for_update().filter(user=user, used_at=None)
    if not held.filter(digest=_digest(secret)).exists():
        raise LinkOver
    set_password(user, password, by=by)
    # Whoever had to come by a link may have lost more than a password.
    end_tokens_of(user, "The password was set by a link.", by=by)
    PasswordLink.objects.filter(user=user, used_at=None).update(used_at=now)
    record(AccessEntry.LINK_USED, by=by, subject=user)
    return user


@deed
def forget_old_links(now: datetime) -> int:
    """Delete links that nobody can use any more; their entries in the journal stay. Returns how many."""
    return PasswordLink.objects.filter(expires_at__lt=now - timedelta(days=1)).delete()[0]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
