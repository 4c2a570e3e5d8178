"""What mail servers send back: an address that does not work is written to no more until somebody looked at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from sightline.events.choices import Actor, StaleRecord, Tier
from sightline.events.disposing import Doing
from sightline.events.services import deed, record
from sightline.messages.choices import MailState
from sightline.messages.entries import MailEntry
from sightline.messages.models import Bounce, OutgoingMail
from sightline.messages.rules.bounces import Report, reports_in
from sightline.messages.rules.notices import numbers
from sightline.messages.services.outbox import drop_work_items, put_work_item

KIND = "address_failing"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one message: failures of mails of ours; those that name none; whatever is no failure."""

    failures: int = 0
    unknown: int = 0
    others: int = 0
    is_report: bool = False


@deed
def take_reports(content: bytes, *, by: Actor, now: datetime) -> Taken:
    """Take in one message from the mailbox that bounces come to. The same message twice changes nothing more.

    What names no mail that we sent marks no address: anybody can write to a mailbox.
    """
    found = reports_in(content)
    failures = [report for report in found if report.is_failure]
    known = sum(_take(report, by, now) for report in failures)
    return Taken(known, len(failures) - known, len(found) - len(failures), bool(found))


def _take(report: Report, by: Actor, now: datetime) -> int:
    mail = OutgoingMail.objects.filter(message_id__in=report.about).order_by("pk").first()
    if mail is None:
        return 0
    address = mail.to.lower()
    standing = {"message_id": mail.message_id, "address": address, "status": report.status}
    if Bounce.objects.filter(**standing).exists():
        return 1
    failing = Bounce.objects.filter(address=address, is_hard=True, ended_at=None).exists()
    made = Bounce.objects.create(
        mail=mail,
        said=report.said,
        is_hard=report.is_hard or _is_often(address, now),
        came_at=now,
        **standing,
    )
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENT).update(
        state=MailState.RETURNED, error=f"{report.status} {report.said}".strip()[:500]
    )
    after = {"to": address, "title": mail.subject, "status": report.status}
    record(MailEntry.MAIL_RETURNED, by=by, subject=mail, after=after)
    if made.is_hard and not failing:
        _mark_failing(made, by)
    return 1


def _is_often(address: str, now: datetime) -> bool:
    """Whether failures that are not about the address have come so often that this one counts as one that is."""
    counted = numbers()
    since = now - timedelta(days=counted.soft_within_days)
    before = Bounce.objects.filter(address=address, ended_at=None, came_at__gte=since)
    return before.values("message_id").distinct().count() + 1 >= counted.soft_failures


def _mark_failing(bounce: Bounce, by: Actor) -> None:
    record(
        MailEntry.ADDRESS_FAILING, by=by, subject=bounce, after={"to": bounce.address, "why": bounce.status}
    )
    put_work_item(
        "unit",
        KIND,
        bounce,
        "An e-mail address does not work",
        f"E-mails to {bounce.address} come back. Ask for the right address; until then nothing is gathered for it.",
        reverse("outbox:failing"),
        tier=Tier.T2,
    )


@deed
def try_address_again(bounce: Bounce, *, by: Actor, now: datetime) -> None:
    """Write to an address again. Raises StaleRecord where it is written to already."""
    standing = list(Bounce.objects.select_for_update().filter(address=bounce.address, ended_at=None))
    if not any(each.is_hard for each in standing):
        raise StaleRecord("This address is written to already.")
    for each in standing:
        each.ended_at, each.ended_by_id, each.ended_by_label = now, by.user_id, by.label[:200]
    Bounce.objects.bulk_update(standing, ["ended_at", "ended_by", "ended_by_label"])
    for each in standing:
        if each.is_hard:
            drop_work_items(each, KIND)
    record(MailEntry.ADDRESS_TRIED, by=by, subject=bounce, after={"to": bounce.address})


@transaction.atomic(savepoint=False)
def address_left(address: str) -> None:
    """Nobody has this address any more: its right one is asked for no longer. It stays one that is not written to."""
    for each in Bounce.objects.filter(address=address.lower(), is_hard=True, ended_at=None):
        drop_work_items(each, KIND)


@deed
def dispose_of_bounces(numbers_of: Sequence[int], doing: Doing) -> int:
    """Delete what came back long ago, but for addresses that still fail. Returns how many."""
    return Bounce.objects.filter(pk__in=numbers_of).exclude(is_hard=True, ended_at=None).delete()[0]
