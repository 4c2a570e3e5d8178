"""Telling people what needs them and what happened: a row for each in their list, and e-mails that gather them.

Mail that answers somebody (a link, a receipt, a warning) goes at once through `queue_mail` and is none of this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import reduce
from itertools import groupby
from operator import or_

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from sightline.events.choices import SYSTEM, Actor, Subject, Tier
from sightline.events.disposing import Doing
from sightline.events.services import deed
from sightline.messages.choices import HowOften, Sort
from sightline.messages.models import News, Notice, Preference, ToldItem, WorkItem
from sightline.messages.readers import Reader, readers
from sightline.messages.rules.notices import is_due, is_news, is_quiet, kind_named, may_be_named, numbers
from sightline.messages.selectors import OPEN_TIERS, failing_addresses
from sightline.messages.services.digests import Digest, digest_mail
from sightline.messages.services.outbox import queue_mail

HOME = "/"
CHUNK = 1000


@deed
def tell_news(
    scopes: Collection[str],
    kind: str,
    title: str,
    url: str,
    *,
    tier: str,
    by: Actor,
    now: datetime,
    on: date | None = None,
) -> None:
    """Let those who read these groups and agencies ("group:KEY", "agency:KEY") hear of something, in the caller's deed.

    Whoever did it is not told. Child-level and restricted records (T3, T4) are told of to nobody. `on`: the day it
    happened; what is entered from paper long afterwards is no news.
    """
    if Tier.named(tier) not in OPEN_TIERS or (on is not None and not is_news(on, timezone.localdate(now))):
        return
    News.objects.bulk_create(
        News(
            for_scope=scope,
            kind=kind,
            title=title[:500],
            url=url,
            tier=tier,
            by_id=by.user_id,
            created_at=now,
        )
        for scope in sorted(set(scopes))
    )


@transaction.atomic
def make_notices(now: datetime) -> int:
    """Tell everybody of what needs them or happened since the last time; in the list at once. Returns how many rows.

    Run again it tells nothing twice. What needs nobody any more is marked so, and written to nobody about.
    """
    told = ToldItem.objects.filter(item=OuterRef("pk"), since=OuterRef("created_at"))
    items = list(WorkItem.objects.filter(~Exists(told), tier__in=OPEN_TIERS))
    news = list(News.objects.filter(told_at=None))
    fresh = [each for each in news if is_news(timezone.localdate(each.created_at), timezone.localdate(now))]
    found = list(readers(timezone.localdate(now))) if items or fresh else []
    rows = [row for reader in found for row in (*_duties(reader, items, now), *_heard(reader, fresh, now))]
    Notice.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
    ToldItem.objects.bulk_create(
        [ToldItem(item=item.pk, since=item.created_at) for item in items],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["since"],
    )
    News.objects.filter(pk__in=[each.pk for each in news]).update(told_at=now)
    standing = WorkItem.objects.filter(pk=OuterRef("item"), created_at=OuterRef("begun_at"))
    Notice.objects.filter(over_at=None, item__isnull=False).exclude(Exists(standing)).update(over_at=now)
    return len(rows)


def _duties(reader: Reader, items: Sequence[WorkItem], now: datetime) -> Iterator[Notice]:
    """What is asked of one person: each by itself, or, where many of a kind come at once, in one line."""
    mine = sorted(
        (item for item in items if item.for_scope in reader.asked), key=lambda item: (item.kind, item.pk)
    )
    for kind, several in groupby(mine, key=lambda item: item.kind):
        of_kind = list({_about(item): item for item in several}.values())
        if len(of_kind) > numbers().most_apart:
            yield Notice(
                user_id=reader.user_id,
                kind=kind,
                is_duty=True,
                about=f"many {kind}",
                begun_at=now,
                url=HOME,
                stands_for=len(of_kind),
                made_at=now,
            )
        else:
            yield from (_duty(reader, item, now) for item in of_kind)


def _about(item: WorkItem) -> str:
    return f"{item.kind} {item.subject_app}.{item.subject_model} {item.subject_id}"[:200]


def _duty(reader: Reader, item: WorkItem, now: datetime) -> Notice:
    return Notice(
        user_id=reader.user_id,
        kind=item.kind,
        is_duty=True,
        for_scope=item.for_scope,
        about=_about(item),
        item=item.pk,
        begun_at=item.created_at,
        title=item.title if may_be_named(item.tier, item.title, now.year) else "",
        url=item.url,
        due_on=item.due_on,
        made_at=now,
    )


def _heard(reader: Reader, news: Iterable[News], now: datetime) -> Iterator[Notice]:
    for each in news:
        if each.for_scope in reader.hears and each.by_id != reader.user_id:
            yield Notice(
                user_id=reader.user_id,
                kind=each.kind,
                is_duty=kind_named(each.kind).sort == Sort.DUTY,
                for_scope=each.for_scope,
                about=f"{each.kind} {each.url}"[:200],
                begun_at=each.created_at,
                title=each.title if may_be_named(each.tier, each.title, now.year) else "",
                url=each.url,
                made_at=now,
            )


def send_digests(now: datetime) -> int:
    """Write to everybody whose time has come, one e-mail each: nobody in quiet hours, nobody at an address that fails.

    Returns how many e-mails were put in the outbox.
    """
    if is_quiet(timezone.localtime(now), numbers()):
        return 0
    since = now - timedelta(days=numbers().mail_within_days)
    waiting = Notice.objects.filter(mailed_at=None, read_at=None, over_at=None, made_at__gte=since)
    by_user = {reader.user_id: reader for reader in readers(timezone.localdate(now))}
    chosen = {each.user_id: each for each in Preference.objects.all()}
    failing = failing_addresses()
    sent = 0
    for user_id, rows in groupby(waiting.order_by("user_id", "made_at", "pk").iterator(), key=_whose):
        reader, theirs = by_user.get(user_id), list(rows)
        if reader is not None and reader.email.lower() not in failing:
            sent += _write(reader, theirs, chosen.get(user_id) or Preference(user_id=user_id), now)
    return sent


def _whose(notice: Notice) -> int:
    return int(notice.user_id)


def _write(reader: Reader, theirs: Sequence[Notice], chosen: Preference, now: datetime) -> int:
    """One e-mail of all whose time has come; of records whose group or agency is theirs no more nothing is said."""
    at, mine = timezone.localtime(now), [n for n in theirs if not n.for_scope or n.for_scope in reader.hears]
    due: list[Notice] = []
    for is_duty, how in ((True, HowOften(chosen.duty)), (False, HowOften(chosen.news))):
        of_sort = [notice for notice in mine if notice.is_duty == is_duty]
        oldest = timezone.localtime(of_sort[0].made_at) if of_sort else None
        if is_due(how, oldest, at, numbers()):
            due += of_sort
    if due:
        _queue(reader, due, now)
    return 1 if due else 0


@deed
def _queue(reader: Reader, due: Sequence[Notice], now: datetime) -> None:
    numbers_of = [notice.pk for notice in due]
    mail = digest_mail(Digest(reader.user_id, reader.name, tuple(due)))
    queue_mail(
        reader.email,
        mail.subject,
        mail.text,
        by=SYSTEM,
        key=f"digest-{reader.user_id}-{max(numbers_of)}",
        html=mail.html,
        stop_address=mail.stop_address,
    )
    for start in range(0, len(numbers_of), CHUNK):
        Notice.objects.filter(pk__in=numbers_of[start : start + CHUNK]).update(mailed_at=now)


@transaction.atomic
def mark_read(user_id: int, now: datetime, *, number: int | None = None, up_to: int | None = None) -> int:
    """Mark one of a person's notifications as read, or all up to a number: what came meanwhile stays unread.

    Returns how many. Whoever reads a list is no story for the journal.
    """
    unread = Notice.objects.filter(user_id=user_id, read_at=None)
    chosen = unread.filter(pk=number) if number is not None else unread.filter(pk__lte=up_to or 0)
    return chosen.update(read_at=now)


@transaction.atomic(savepoint=False)
def hide_titles(subjects: Collection[Subject]) -> int:
    """Take the titles off what people were told of these records, which may be named in no list any more: how many."""
    told = [Q(about__endswith=f" {each.app}.{each.model} {each.id}") for each in subjects]
    return Notice.objects.filter(reduce(or_, told)).exclude(title="").update(title="") if told else 0


@deed
def dispose_of_notices(numbers_of: Sequence[int], doing: Doing) -> int:
    """Delete notifications that were kept long enough. Returns how many."""
    return Notice.objects.filter(pk__in=numbers_of).delete()[0]


@transaction.atomic(savepoint=False)
def forget_reader(user_id: int, doing: Doing) -> int:
    """Delete what somebody was told and chose, whose account is anonymised. Returns how many rows."""
    chosen = Preference.objects.filter(user_id=user_id).delete()[0]
    return chosen + Notice.objects.filter(user_id=user_id).delete()[0]


@transaction.atomic
def clear_told_news(now: datetime) -> int:
    """Delete news that everybody was told of a month ago: it stands in their lists; and marks of items that are gone.

    Returns how many.
    """
    ToldItem.objects.filter(~Exists(WorkItem.everything.filter(pk=OuterRef("item")))).delete()
    return News.objects.filter(told_at__lt=now - timedelta(days=30)).delete()[0]
