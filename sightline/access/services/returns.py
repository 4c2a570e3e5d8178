"""Returns by link: somebody without an account is asked for one thing by e-mail, and answers it on one page.

Opening the link sends nothing and spends nothing, because scanners of mail open links. A button sends a code of six
figures to the same address; it lets in the browser that asked for it, to that return alone, for a while.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, F, Max, Model, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone

from sightline.access.entries import AccessEntry
from sightline.access.models import ReturnEntry, ReturnLink
from sightline.access.returns import kind_named
from sightline.access.rules import half_hidden, may_send_code, normal_email, return_numbers
from sightline.access.sessions import SEEN_EVERY
from sightline.events.choices import Actor, Subject, Tier
from sightline.events.services import deed, record
from sightline.jobs.rules import wait_in_words
from sightline.messages.services import queue_mail

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEEP_LINKS = timedelta(days=365)
ASKED = """{by} asks you for an answer{about}.

Open this page by {until}. It needs no account: a code is sent to this address when you ask for it there.

{address}

The link is meant for you. If you did not expect it, do nothing, or tell {by}.
"""
CODE = """Your code is {code}

Enter it within {life}, in the browser in which you asked for it. If you did not ask for it, do nothing.
"""
RECEIPT = """Thank you. Your answer{about} came in on {moment}.

You may change or add to it by the same link until {until}. If it was not you who answered, tell {by} at once.
"""
OVER = "This link has been ended, or its time is over, or the answer is no longer wanted."
WRONG_CODE = "The code is not right. Check the newest e-mail and enter its code."
NO_CODE = "This code is over, or was asked for in another browser. Send a new one."


class ReturnOver(Exception):
    """The link was ended, has expired, was never made, or asks for nothing any more; `sentence` is fit to show."""

    sentence = OVER


class ReturnRefused(Exception):
    """No code is sent, or the code is not taken; `sentence` is fit to show."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def link_actor(link: ReturnLink) -> Actor:
    """Who the journal says answered: nobody knows more than which address the link and the code went to.

    The whole address and the name stand in RETURN_ASKED alone, where they can be shredded.
    """
    return Actor("link", f"return {link.pk}", f"the link sent to {half_hidden(link.email)}")


@deed
def ask_for_return(
    kind: str,
    about: Model,
    record_number: int,
    *,
    email: str,
    name: str,
    words: str,
    tier: Tier,
    by: Actor,
    now: datetime,
) -> ReturnLink:
    """Ask somebody for a return about a record, by a link sent to their address; an earlier one of theirs ends.

    `about` is what the journal tells it of; `words` say in the e-mail what it is about, and stay empty where that is
    confidential.
    """
    kind_named(kind)
    to, secret = normal_email(email), secrets.token_urlsafe(32)
    for standing in standing_links(kind, [record_number], now).filter(email=to):
        end_return(standing, by=by, now=now)
    made = ReturnLink.objects.create(
        kind=kind,
        record=record_number,
        name=name.strip()[:200],
        email=to,
        tier=tier,
        digest=_digest(secret),
        asked_by_label=by.label[:200],
        made_at=now,
        expires_at=now + return_numbers().link,
    )
    address = settings.SITE_ADDRESS + reverse("access:return_start", args=[secret])
    text = ASKED.format(by=by.label, about=_about(words), until=_day(made.expires_at), address=address)
    queue_mail(to, "An answer is asked of you", text, by=by, is_secret=True)
    told = {"kind": kind, "expires_at": made.expires_at, "name": made.name, "email": to}
    record(AccessEntry.RETURN_ASKED, by=by, subject=about, after=told, tier=tier)
    return made


@deed
def end_return(link: ReturnLink, *, by: Actor, now: datetime) -> bool:
    """End a link: nobody answers by it any more, also who is in already. Returns whether it was open."""
    ended = ReturnLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=now)
    if ended:
        record(AccessEntry.RETURN_ENDED, by=by, subject=_subject(link), tier=Tier(link.tier))
    return bool(ended)


def standing_links(kind: str, records: list[int], now: datetime) -> QuerySet[ReturnLink]:
    """The links of this kind by which something may still be answered."""
    return ReturnLink.objects.filter(kind=kind, record__in=records, ended_at=None, expires_at__gt=now)


def return_named(secret: str, now: datetime) -> ReturnLink:
    """The link sent with this secret, where it may still be used. Raises ReturnOver."""
    found = ReturnLink.objects.filter(digest=_digest(secret), ended_at=None, expires_at__gt=now).first()
    if found is None or not kind_named(found.kind).is_wanted(found.record):
        raise ReturnOver
    return found


@deed
def send_code(link: ReturnLink, address: str, *, now: datetime) -> str:
    """Send a code to the address the link went to. Returns the token that the browser which asked must bring.

    Raises ReturnRefused where too many were sent or tried.
    """
    ReturnLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    numbers, recent = return_numbers(), Q(made_at__gt=now - HOUR)
    counted = link.entries.filter(made_at__gt=now - DAY).aggregate(
        own=Count("pk", filter=recent & Q(address=address)),
        all=Count("pk", filter=recent),
        wrong=Sum("tries"),
    )
    if why := may_send_code(counted["own"], counted["all"], counted["wrong"] or 0, numbers):
        raise ReturnRefused(why)
    code, token = f"{secrets.randbelow(1_000_000):06}", secrets.token_urlsafe(32)
    ReturnEntry.objects.create(
        link=link, token=_digest(token), code=_code_digest(link, token, code), address=address, made_at=now
    )
    text = CODE.format(code=code, life=wait_in_words(numbers.code))
    queue_mail(link.email, "Your code", text, by=link_actor(link), is_secret=True)
    record(AccessEntry.RETURN_CODE_SENT, by=link_actor(link), subject=_subject(link), tier=Tier(link.tier))
    return token


def enter_return(link: ReturnLink, token: str, code: str, *, now: datetime) -> str:
    """Let a browser in that brings its token and the code. Returns its token from now on.

    Raises ReturnRefused; wrong codes are counted and journalled.
    """
    opened = _try_code(link, token, "".join(code.split()), now)
    if opened is None:
        raise ReturnRefused(WRONG_CODE)
    return opened


@deed
def _try_code(link: ReturnLink, token: str, code: str, now: datetime) -> str | None:
    """The new token where the code is right; None where it is wrong, which must be counted and so cannot raise."""
    held = ReturnEntry.objects.select_for_update().filter(link=link, token=_digest(token), opened_at=None)
    entry, numbers = held.filter(made_at__gt=now - return_numbers().code).first(), return_numbers()
    if entry is None or entry.tries >= numbers.tries:
        raise ReturnRefused(NO_CODE)
    about, by = _subject(link), link_actor(link)
    if not secrets.compare_digest(entry.code, _code_digest(link, token, code)):
        ReturnEntry.objects.filter(pk=entry.pk).update(tries=F("tries") + 1)
        record(AccessEntry.RETURN_CODE_FAILED, by=by, subject=about, tier=Tier(link.tier))
        return None
    fresh = secrets.token_urlsafe(32)
    ReturnEntry.objects.filter(pk=entry.pk).update(token=_digest(fresh), opened_at=now)
    record(AccessEntry.RETURN_OPENED, by=by, subject=about, tier=Tier(link.tier))
    return fresh


def opened_return(kind: str, secret: str, token: str, now: datetime) -> ReturnLink | None:
    """The link of this secret, where this browser entered its code and did something not long ago; None where it has
    yet to. That it did something now is kept, to within some minutes.

    Raises ReturnOver where the link may not be used any more, or is of another kind.
    """
    since, own = now - return_numbers().open, _digest(token)
    mine = Q(entries__token=own, entries__opened_at__gt=since, entries__made_at__gt=now - DAY)
    found = (
        ReturnLink.objects.filter(digest=_digest(secret), kind=kind, ended_at=None, expires_at__gt=now)
        .annotate(seen=Max("entries__opened_at", filter=mine))
        .first()
    )
    if found is None:
        raise ReturnOver
    if found.seen and now - found.seen >= SEEN_EVERY:
        ReturnEntry.objects.filter(link=found, token=own).update(opened_at=now)
    return found if found.seen else None


@deed
def note_answered(link: ReturnLink, words: str, tier: Tier, *, now: datetime) -> None:
    """Note that an answer about something of this tier came in by the link, and send a receipt.

    Raises ReturnOver where the link ended meanwhile.
    """
    if not ReturnLink.objects.filter(pk=link.pk, ended_at=None).update(answered_at=now):
        raise ReturnOver
    text = RECEIPT.format(
        about=_about(words), moment=_moment(now), until=_day(link.expires_at), by=link.asked_by_label
    )
    by = link_actor(link)
    queue_mail(link.email, "Your answer came in", text, by=by)
    record(AccessEntry.RETURN_ANSWERED, by=by, subject=_subject(link), tier=tier)


@deed
def forget_old_returns(now: datetime) -> int:
    """Delete entries that let nobody in any more, and links a year after their end. Returns how many."""
    gone, _ = ReturnEntry.objects.filter(made_at__lt=now - DAY).delete()
    links, _ = ReturnLink.objects.filter(expires_at__lt=now - KEEP_LINKS).delete()
    return gone + links


def _subject(link: ReturnLink) -> Subject:
    return Subject("access", "returnlink", str(link.pk), str(link))


def _about(words: str) -> str:
    return f" about {words}" if words else ""


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y}"


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _code_digest(link: ReturnLink, token: str, code: str) -> str:
    """Six figures are soon tried through: the token, which is not kept, goes into their digest."""
    return _digest(f"{link.pk} {token} {code}")
