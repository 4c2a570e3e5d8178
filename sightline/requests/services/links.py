"""Personal links: sent by e-mail, opened without an account, good until they are ended or their round closes.

Opening one reads and writes nothing, because scanners of mail open links. Of its secret the digest alone is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from sightline.access.rules import half_hidden, normal_email
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.messages.services import queue_mail
from sightline.partners.choices import Unacceptable
from sightline.requests.choices import Mailed, RoundState
from sightline.requests.entries import RequestEntry
from sightline.requests.kinds import kind_named
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.rules import may_mail, numbers
from sightline.requests.selectors import counted_mails
from sightline.screens.words import day

CLOSED = "The round is closed: nobody is asked any more."
UNWANTED = "Nobody is written to about this any more: it is over, or not every member reads it."
OVER = "This link has been ended, or its time is over, or it never was one."


class LinkOver(Exception):
    """The link was guessed, ended, or its round is closed: all the same to whoever asks. `sentence` is fit to show."""

    sentence = OVER


def link_actor(asked: Asked) -> Actor:
    """Who the journal says answered: nobody knows more than to which address the link went.

    The whole address stands in LINK_SENT alone, where it can be shredded.
    """
    return Actor("link", f"round link {asked.pk}", f"the link sent to {half_hidden(asked.email)}")


def link_named(kinds: Collection[str], secret: str, now: datetime) -> RoundMail:
    """The link of this secret, with who was asked and the round; reads and nothing else. Raises LinkOver."""
    today = timezone.localdate(now)
    rows = RoundMail.objects.select_related("asked", "round").filter(
        digest=digest_of(secret),
        ended_at=None,
        asked__ended_at=None,
        round__kind__in=kinds,
        round__state=RoundState.OPEN,
        round__closes_on__gte=today,
    )
    found = rows.first()
    if found is None or found.asked is None:
        raise LinkOver
    found.asked.round = found.round
    if not kind_named(found.round.kind).still_asks(found.asked, now):
        raise LinkOver
    return found


def send_link(asked: Asked, found: Round, what: Mailed, *, by: Actor, now: datetime) -> RoundMail:
    """Send somebody a link of their own, in the caller's deed; those sent before go on working."""
    secret = secrets.token_urlsafe(32)
    mail = RoundMail.objects.create(
        round=found, asked=asked, what=what.value, email=asked.email, digest=digest_of(secret), sent_at=now
    )
    kind, asked.round = kind_named(found.kind), found
    letter = kind.letter(asked, what, settings.SITE_ADDRESS + reverse(kind.address, args=[secret]), now)
    queue_mail(asked.email, letter.subject, letter.text, by=by, is_secret=True, calendar=letter.calendar)
    after = {"name": asked.name, "to": asked.email, "why": what.value, "closes_on": found.closes_on}
    record(RequestEntry.LINK_SENT, by=by, subject=found, after=after)
    return mail


@deed
def send_again(asked: Asked, email: str, *, by: Actor, now: datetime) -> RoundMail:
    """Send a new link, perhaps to another address; those sent before stop working.

    Raises Unacceptable where the round is closed, where the address had an e-mail within a week, or is another's.
    """
    found, to = open_rounds().filter(pk=asked.round_id).first(), normal_email(email)
    if found is None or not kind_named(found.kind).is_wanted(found.record):
        raise Unacceptable({"": CLOSED if found is None else UNWANTED})
    if Asked.objects.filter(round=found, email=to).exclude(pk=asked.pk).exists():
        raise Unacceptable({"email": "Somebody else of this round is asked at this address."})
    if not kind_named(found.kind).is_pressing:
        last = counted_mails().filter(email=to).aggregate(last=Max("sent_at"))["last"]
        refuse_second_mail(last, timezone.localdate(now))
    RoundMail.objects.filter(asked=asked, ended_at=None).update(ended_at=now)
    asked.email, asked.ended_at = to, None
    asked.save(update_fields=["email", "ended_at"])
    return send_link(asked, found, Mailed.AGAIN, by=by, now=now)


def refuse_second_mail(last: datetime | None, on: date) -> None:
    """Raises Unacceptable where the address had its last e-mail less than a week ago."""
    sent_on = timezone.localdate(last) if last else None
    if sent_on and not may_mail(sent_on, on, numbers()):
        next_on = sent_on + timedelta(days=numbers().days_between_mails)
        sentence = (
            f"This address had an e-mail on {day(sent_on)}. The next may go on {day(next_on)}: never more than one a "
            "week. Telephone them, and type what they say."
        )
        raise Unacceptable({"email": sentence})


@deed
def end_link(asked: Asked, *, by: Actor, now: datetime) -> bool:
    """End somebody's links: nobody answers by them, and no reminder goes out. Returns whether one was open."""
    ended = Asked.objects.filter(pk=asked.pk, ended_at=None).update(ended_at=now)
    if ended:
        record(RequestEntry.LINK_ENDED, by=by, subject=asked.round, after={"link": link_actor(asked).label})
    return bool(ended)


@deed
def note_answered(asked: Asked, link: RoundMail | None, *, by: Actor, now: datetime) -> None:
    """Note that somebody answered, and send a receipt where it came by their link. Nothing is overwritten.

    Raises LinkOver where the link was ended, or the round closed, in the meantime; Unacceptable for one typed after
    the round was closed.
    """
    mine = Asked.objects.filter(pk=asked.pk, round__state=RoundState.OPEN)
    if link is not None:
        mine = mine.filter(ended_at=None, mails__pk=link.pk, mails__ended_at=None)
    if not mine.update(answers=F("answers") + 1, answered_at=now):
        raise LinkOver if link is not None else Unacceptable({"": CLOSED})
    found = asked.round
    after = {"how": "by link" if link is not None else "typed for them"}
    record(RequestEntry.ROUND_ANSWERED, by=by, subject=found, after=after)
    if link is not None:
        receipt = kind_named(found.kind).receipt(asked, now)
        queue_mail(link.email, receipt.subject, receipt.text, by=by)


def open_rounds() -> QuerySet[Round]:
    """The open rounds, held in one order, so that nobody writes to an address twice at the same time."""
    return Round.objects.select_for_update(of=("self",)).filter(state=RoundState.OPEN).order_by("pk")


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
