"""Putting mail in the outbox and sending it; keeping the work items that "what needs you" reads."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor, StaleRecord, Subject, Tier
from sightline.events.disposing import Doing
from sightline.events.services import deed, record, subject_of
from sightline.messages.choices import MailState
from sightline.messages.entries import MailEntry
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.rules import FORGOTTEN, is_given_up, wait_after
from sightline.messages.selectors import Place, StandingItem, place_of, says_of
from sightline.messages.written import as_html

# Longer than any mail server is waited for (EMAIL_TIMEOUT), so a sender that died is told from a slow one.
HOLD = timedelta(minutes=5)


@deed
def queue_mail(
    to: str,
    subject: str,
    text: str,
    *,
    by: Actor,
    key: str | None = None,
    is_secret: bool = False,
    html: str = "",
    stop_address: str = "",
    calendar: str = "",
) -> OutgoingMail:
    """Put a mail in the outbox, within the caller's transaction. The same `key` twice gives the same mail.

    A mail holds no child's data: it says that something waits and links to it (domain.md 12.2, secure e-mail). The text
    of a secret one is forgotten once it is sent. `html`: the same in HTML, where it is more than the text with its
    links. `stop_address`: where a mail program posts to stop news (RFC 8058). `calendar`: an invitation that goes
    along (RFC 5546).
    """
    if key is not None and (standing := OutgoingMail.objects.filter(key=key).first()):
        return standing
    now = timezone.now()
    mail = OutgoingMail(
        key=key,
        to=to,
        subject=" ".join(subject.split())[:500],
        text=text,
        html=html,
        stop_address=stop_address,
        calendar=calendar,
        is_secret=is_secret,
        message_id=f"<{uuid.uuid4().hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('> ')}>",
        created_at=now,
        next_try_at=now,
    )
    if key is None:
        mail.save(force_insert=True)
    else:
        try:
            with transaction.atomic():
                mail.save(force_insert=True)
        except IntegrityError:
            return OutgoingMail.objects.get(key=key)
    _journal(MailEntry.MAIL_QUEUED, mail, by)
    return mail


def deliver_due(now: datetime, limit: int = 100) -> int:
    """Send what is due; a mail the server does not take is tried again later. Returns how many were sent.

    A sender that dies between the server's yes and our note of it sends again, with the same Message-ID.
    """
    due = OutgoingMail.objects.filter(_due(now)).order_by("next_try_at", "id").values_list("pk", flat=True)
    return sum(_deliver(pk, now) for pk in list(due[:limit]))


@deed
def try_again(mail: OutgoingMail, *, by: Actor) -> OutgoingMail:
    """Give a mail that was given up on another round of tries. Raises StaleRecord where it is not given up."""
    now = timezone.now()
    moved = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.FAILED).update(
        state=MailState.WAITING, attempts=0, next_try_at=now, error=""
    )
    if not moved:
        raise StaleRecord("This mail is already on its way.")
    mail.refresh_from_db()
    _journal(MailEntry.MAIL_RETRIED, mail, by)
    return mail


@deed
def put_work_item(
    for_scope: str,
    kind: str,
    subject: Model | Subject,
    title: str,
    sentence: str,
    url: str,
    due_on: date | None = None,
    tier: Tier = Tier.T1,
) -> WorkItem:
    """Say that something needs somebody ("unit", "group:KEY", "agency:KEY", "user:ID"), or say it anew.

    Called by the services of the record it is about, in their transaction. Work items can be made again from the
    records, so they have no journal entries of their own.
    """
    about = subject_of(subject)
    item, _ = WorkItem.everything.update_or_create(
        for_scope=for_scope,
        kind=kind,
        subject_app=about.app,
        subject_model=about.model,
        subject_id=about.id,
        defaults={
            "title": title[:500],
            "sentence": sentence[:500],
            "url": url,
            "due_on": due_on,
            "tier": tier.value,
            "ended": False,
        },
        create_defaults={
            "title": title[:500],
            "sentence": sentence[:500],
            "url": url,
            "due_on": due_on,
            "tier": tier.value,
            "created_at": timezone.now(),
        },
    )
    return item


@deed
def drop_work_items(subject: Model | Subject, kind: str | None = None) -> int:
    """Take away what the subject asked of people, of one kind or all. Returns how many."""
    about = subject_of(subject)
    items = WorkItem.objects.filter(subject_app=about.app, subject_model=about.model, subject_id=about.id)
    return (items if kind is None else items.filter(kind=kind)).delete()[0]


@transaction.atomic(savepoint=False)
def replace_work_items(
    standing: Collection[StandingItem], wanted: Collection[WorkItem], now: datetime
) -> None:
    """Make what some records ask of people exactly what is wanted (items not saved yet), and nothing else.

    `standing`: all that stands of them, read in this transaction. Writes only what differs, in one statement; an item
    that stays keeps its moment.
    """
    stood = {item.place: item for item in standing}
    asked = {place_of(item): item for item in wanted}
    rows = [_ended(place, now) for place in stood if place not in asked]
    for place, item in asked.items():
        old = stood.get(place)
        item.created_at = old.since if old else now
        if old is None or old.says != says_of(item):
            rows.append(item)
    WorkItem.everything.bulk_create(
        rows, update_conflicts=True, unique_fields=_PLACE, update_fields=(*_SAYS, "created_at", "ended")
    )


def _ended(place: Place, now: datetime) -> WorkItem:
    """The item at this place as one that asks nothing of anybody any more."""
    return WorkItem(**dict(zip(_PLACE, place, strict=True)), created_at=now, ended=True)


@transaction.atomic
def clear_ended_items() -> int:
    """Delete the items that ask nothing of anybody any more. Returns how many."""
    return WorkItem.everything.filter(ended=True).delete()[0]


@deed
def dispose_of_mail(numbers: Sequence[int], doing: Doing) -> int:
    """Delete mails that wait for nothing any more; the journal keeps that they were sent. Returns how many."""
    return OutgoingMail.objects.filter(pk__in=numbers).exclude(state=MailState.WAITING).delete()[0]


_PLACE = ("for_scope", "kind", "subject_app", "subject_model", "subject_id")
_SAYS = ("title", "sentence", "url", "due_on", "tier")


def _due(now: datetime) -> Q:
    free = Q(held_until__isnull=True) | Q(held_until__lt=now)
    return free & Q(state=MailState.WAITING, next_try_at__lte=now)


def _deliver(pk: int, now: datetime) -> bool:
    """Send one mail if nobody else is sending it. The hold is taken and committed before the server is called."""
    held = OutgoingMail.objects.filter(_due(now), pk=pk).update(
        held_until=timezone.now() + HOLD, attempts=F("attempts") + 1
    )
    if not held:
        return False
    mail = OutgoingMail.objects.get(pk=pk)
    try:
        _send(mail)
    except Exception as error:
        _note_failure(mail, error, now)
        return False
    _note_sent(mail)
    return True


def _send(mail: OutgoingMail) -> None:
    headers = {"Message-ID": mail.message_id}
    if mail.stop_address:
        headers |= {
            "List-Unsubscribe": f"<{mail.stop_address}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        headers=headers,
        connection=get_connection(fail_silently=False),
    )
    # Made here and kept nowhere: what is forgotten of a text is forgotten of this, too.
    message.attach_alternative(mail.html or as_html(mail.subject, mail.text), "text/html")
    if mail.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in mail.calendar else "REQUEST"
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
    if message.send() != 1:
        raise ConnectionError("The mail server took no mail.")


@deed
def _note_sent(mail: OutgoingMail) -> None:
    mail.state, mail.sent_at, mail.held_until, mail.error = MailState.SENT, timezone.now(), None, ""
    if mail.is_secret:
        mail.text, mail.html = FORGOTTEN, ""
    mail.save(update_fields=["state", "sent_at", "held_until", "error", "text", "html"])
    _journal(MailEntry.MAIL_SENT, mail, SYSTEM)


@deed
def _note_failure(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    mail.error = f"{type(error).__name__}: {error}"[:500]
    mail.held_until = None
    mail.next_try_at = now + wait_after(mail.attempts)
    if is_given_up(mail.attempts):
        mail.state = MailState.FAILED
        _journal(MailEntry.MAIL_GIVEN_UP, mail, SYSTEM)
    mail.save(update_fields=["state", "error", "held_until", "next_try_at"])


def _journal(entry_type: MailEntry, mail: OutgoingMail, by: Actor) -> None:
    after = {"to": mail.to, "title": mail.subject, "state": mail.state, "attempts": mail.attempts}
    record(entry_type, by=by, subject=mail, after=after)
