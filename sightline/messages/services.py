"""Putting mail in the outbox and sending it; keeping the work items that "what needs you" reads."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.db.models import F, Model, Q
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor, StaleRecord, Subject, Tier
from sightline.events.services import deed, record, subject_of
from sightline.messages.choices import MailState
from sightline.messages.entries import MailEntry
from sightline.messages.models import OutgoingMail, WorkItem
from sightline.messages.rules import is_given_up, wait_after
from sightline.messages.selectors import StandingItem, place_of, says_of, standing_items

# Longer than any mail server is waited for (EMAIL_TIMEOUT), so a sender that died is told from a slow one.
HOLD = timedelta(minutes=5)


@deed
def queue_mail(to: str, subject: str, text: str, *, by: Actor, key: str | None = None) -> OutgoingMail:
    """Put a mail in the outbox, within the caller's transaction. The same `key` twice gives the same mail.

    A mail holds no child's data: it says that something waits and links to it (domain.md 12.2, secure e-mail).
    """
    if key is not None and (standing := OutgoingMail.objects.filter(key=key).first()):
        return standing
    now = timezone.now()
    mail = OutgoingMail(
        key=key,
        to=to,
        subject=" ".join(subject.split())[:500],
        text=text,
        message_id=f"<{uuid.uuid4().hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('> ')}>",
        created_at=now,
        next_try_at=now,
    )
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
    item, _ = WorkItem.objects.update_or_create(
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
def keep_work_items(subjects: Collection[Subject], wanted: Collection[WorkItem], now: datetime) -> None:
    """Make what these subjects ask of people exactly what is wanted (items not saved yet), and nothing else."""
    numbers: dict[tuple[str, str], list[str]] = {}
    for subject in subjects:
        numbers.setdefault((subject.app, subject.model), []).append(subject.id)
    standing = [
        StandingItem(item.pk, place_of(item), says_of(item))
        for (app, model), ids in numbers.items()
        for item in standing_items(app, model, ids)
    ]
    replace_work_items(standing, wanted, now)


@transaction.atomic(savepoint=False)
def replace_work_items(
    standing: Collection[StandingItem], wanted: Collection[WorkItem], now: datetime
) -> None:
    """The same where all that stands of the subjects has been read in this transaction.

    Writes only what differs, many rows with one statement; an item that stays keeps its moment.
    """
    stood = {item.place: item for item in standing}
    asked = {place_of(item): item for item in wanted}
    gone = [item.row for place, item in stood.items() if place not in asked]
    if gone:
        WorkItem.objects.filter(pk__in=gone).delete()
    new = [item for place, item in asked.items() if place not in stood or stood[place].says != says_of(item)]
    for item in new:
        item.created_at = now
    WorkItem.objects.bulk_create(new, update_conflicts=True, unique_fields=_PLACE, update_fields=_SAYS)


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
    message = EmailMessage(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.to],
        headers={"Message-ID": mail.message_id},
        connection=get_connection(fail_silently=False),
    )
    if message.send() != 1:
        raise ConnectionError("The mail server took no mail.")


@deed
def _note_sent(mail: OutgoingMail) -> None:
    mail.state, mail.sent_at, mail.held_until, mail.error = MailState.SENT, timezone.now(), None, ""
    mail.save(update_fields=["state", "sent_at", "held_until", "error"])
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
