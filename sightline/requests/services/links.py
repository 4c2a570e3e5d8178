"""Personal links: sent by e-mail, opened without an account, good until they are ended or their round closes.

Opening one reads and writes nothing, because scanners of mail open links. Of its secret the digest alone is kept.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone

from sightline.access.rules import half_hidden, normal_email
from sightline.events.choices import Actor
from sightline.events.services import deed, record
from sightline.messages.selectors import came_back
from sightline.messages.services import queue_mail
from sightline.partners.choices import Unacceptable
from sightline.requests.choices import Mailed, RoundState
from sightline.requests.entries import RequestEntry
from sightline.requests.kinds import kind_named
from sightline.requests.letters import Letter, updates_letter, updates_receipt
from sightline.requests.models import Asked, Round, RoundMail
from sightline.requests.rules import may_mail, numbers
from sightline.requests.selectors import counted_mails, still_there
from sightline.screens.words import day

COMES_BACK = "E-mails to this address come back. Enter another one, or telephone them and type what they say."
MOST_LOOKED_AT = 500
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


def links_named(kinds: Collection[str], secret: str, now: datetime) -> list[RoundMail]:
    """The link of this secret, for each round that it still serves, with who was asked; reads and nothing else.

    It ends with its person: whoever has left answers for nobody.

    Raises LinkOver where it serves none.
    """
    rows = RoundMail.objects.select_related("asked", "round").filter(
        still_there("asked__person__", timezone.localdate(now)),
        digest=digest_of(secret),
        ended_at=None,
        asked__ended_at=None,
        round__kind__in=kinds,
        round__state=RoundState.OPEN,
        round__closes_on__gte=timezone.localdate(now),
    )
    found = []
    for link in rows.order_by("round"):
        if link.asked:
            link.asked.round = link.round
            found += [link] if kind_named(link.round.kind).still_asks(link.asked, now) else []
    if not found:
        raise LinkOver
    return found


def send_link(asked: Asked, found: Round, what: Mailed, *, by: Actor, now: datetime) -> RoundMail:
    """Send somebody a link of their own, in the caller's deed; those sent before go on working."""
    asked.round = found
    return send_one_link([asked], {asked.pk: what}, by=by, now=now)[0]


def send_one_link(
    asked: Sequence[Asked], whys: Mapping[int, Mailed], *, by: Actor, now: datetime
) -> list[RoundMail]:
    """The same for all of these rounds in which somebody is asked at one address; `whys` by who is asked."""
    secret, first = secrets.token_urlsafe(32), asked[0]
    kind, digest, to = kind_named(first.round.kind), digest_of(secret), first.email
    mails = RoundMail.objects.bulk_create(
        RoundMail(
            round=each.round, asked=each, what=whys[each.pk].value, email=to, digest=digest, sent_at=now
        )
        for each in asked
    )
    what = whys[first.pk] if len(set(whys.values())) == 1 else Mailed.ASKED
    address = settings.SITE_ADDRESS + reverse(kind.address, args=[secret])
    several = len(asked) > 1
    letter = updates_letter(asked, what, address) if several else kind.letter(first, what, address, now)
    queue_mail(to, letter.subject, letter.text, by=by, is_secret=True, calendar=letter.calendar)
    for each in asked:
        after = {"name": each.name, "to": to, "why": whys[each.pk].value, "closes_on": each.round.closes_on}
        record(RequestEntry.LINK_SENT, by=by, subject=each.round, after=after)
    return mails


@deed
def send_again(asked: Asked, email: str, *, by: Actor, now: datetime) -> str:
    """Send a new link, perhaps to another address, for all open rounds of theirs; those sent before stop working.

    Returns the address. Raises Unacceptable where the round is closed, where the address had an e-mail within a week,
    fails, or is another's.
    """
    rounds, to = {each.pk: each for each in open_rounds()}, normal_email(email)
    found = rounds.get(asked.round_id)
    if found is None or not kind_named(found.kind).is_wanted(found.record):
        raise Unacceptable({"": CLOSED if found is None else UNWANTED})
    together = {pk for pk, each in rounds.items() if kind_named(each.kind).is_update}
    mine = _theirs(asked, together if found.pk in together else {found.pk}, to)
    if not kind_named(found.kind).is_pressing:
        refuse_second_mail(vars(mine[0])["last"], timezone.localdate(now))
    RoundMail.objects.filter(asked__in=mine, ended_at=None).update(ended_at=now)
    Asked.objects.filter(pk__in=[each.pk for each in mine]).update(email=to, ended_at=None)
    for each in mine:
        each.round, each.email = rounds[each.round_id], to
    send_one_link(mine, {each.pk: Mailed.AGAIN for each in mine}, by=by, now=now)
    return to


def _theirs(asked: Asked, rounds: Collection[int], to: str) -> list[Asked]:
    """Somebody in all of these rounds that ask them at one address, with the last e-mail to the new one (`last`).

    Raises Unacceptable where e-mails to that come back, or somebody else is asked there.
    """
    last = counted_mails().filter(email=to).order_by("-sent_at").values("sent_at")[:1]
    rows = Asked.objects.filter(Q(email=asked.email) | Q(email=to), round__in=rounds).order_by("round", "pk")
    found = list(rows.annotate(last=Subquery(last), back=came_back(Value(to))))
    theirs = (asked.email, asked.person_id, None)
    mine: list[Asked] = [
        each for each in found if each.pk == asked.pk or (each.email, each.person_id, each.ended_at) == theirs
    ]
    own, of = {each.pk for each in mine}, {each.round_id for each in mine}
    if any(each.email == to and each.round_id in of and each.pk not in own for each in found):
        raise Unacceptable({"email": "Somebody else of this round is asked at this address."})
    if vars(mine[0])["back"] is not None:
        raise Unacceptable({"email": COMES_BACK})
    return mine


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
    """End somebody's links: nothing opens by them, and this round reminds them no more. Returns whether it did before.

    A link that serves other rounds as well ends with it: whoever ends one does not trust where it went.
    """
    ended = Asked.objects.filter(pk=asked.pk, ended_at=None).update(ended_at=now)
    if ended:
        sent = RoundMail.objects.filter(asked=asked).values("digest")
        RoundMail.objects.filter(digest__in=sent, ended_at=None).update(ended_at=now)
        record(RequestEntry.LINK_ENDED, by=by, subject=asked.round, after={"link": link_actor(asked).label})
    return bool(ended)


def note_answered(
    asked: Asked, link: RoundMail | None, *, by: Actor, now: datetime, receipt: Letter | None = None
) -> None:
    """Note that somebody answered in one round; `receipt`: its words, where they are not those of an update round.

    Raises what `note_all_answered` does.
    """
    note_all_answered([asked], [link] if link else [], by=by, now=now, receipt=receipt)


@deed
def note_all_answered(
    asked: Sequence[Asked],
    links: Sequence[RoundMail],
    *,
    by: Actor,
    now: datetime,
    receipt: Letter | None = None,
) -> None:
    """Note that somebody answered in these rounds, with one receipt where it came by their link.

    Raises LinkOver where the link was ended, or a round closed, in the meantime; Unacceptable for what is typed after
    a round was closed.
    """
    mine = Asked.objects.filter(pk__in=[each.pk for each in asked], round__state=RoundState.OPEN)
    if links:
        standing = RoundMail.objects.filter(pk__in=[link.pk for link in links], ended_at=None)
        mine = mine.filter(ended_at=None, pk__in=standing.values("asked"))
    if mine.update(answers=F("answers") + 1, answered_at=now) < len(asked):
        raise LinkOver if links else Unacceptable({"": CLOSED})
    after = {"how": "by link" if links else "typed for them"}
    for each in asked:
        record(RequestEntry.ROUND_ANSWERED, by=by, subject=each.round, after=after)
    if links:
        said = receipt or updates_receipt(asked, now)
        queue_mail(links[0].email, said.subject, said.text, by=by)


def tell_whoever_told(
    rounds: Collection[tuple[str, int]],
    label: str,
    said_by: str,
    subject: str,
    text: str,
    *,
    owners: Collection[tuple[str, int]] = (),
    by: Actor,
) -> bool:
    """Write to whoever told something in one of these rounds (kind, record), in the caller's deed. Whether it could.

    `label`: what stands as who entered it, `said_by`: whose words it is, `owners`: whose thing it is, where that is
    known. Many addresses look the same half hidden: where more than one fits, nobody is written to. An answer to what
    they told is no e-mail of a round, and waits for no week.
    """
    about = Q()
    for kind, number in rounds:
        about |= Q(round__kind=kind, round__record=number)
    rows = Asked.objects.filter(about, answers__gt=0).annotate(back=came_back(OuterRef("email")))
    found = {
        each.email: vars(each)["back"]
        for each in rows.order_by("-answered_at", "-pk")[:MOST_LOOKED_AT]
        if label == link_actor(each).label or (said_by and each.name == said_by)
        if not owners or any(tuple(party) in owners for party in each.answers_for)
    }
    [to, *others] = [*found] or [""]
    if not to or others or found[to] is not None:
        return False
    queue_mail(to, subject, text, by=by)
    return True


def open_rounds() -> QuerySet[Round]:
    """The open rounds, held in one order, so that nobody writes to an address twice at the same time."""
    return Round.objects.select_for_update(of=("self",)).filter(state=RoundState.OPEN).order_by("pk")


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
