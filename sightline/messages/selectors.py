"""Reading the outbox and the work items."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from sightline.events.choices import Tier
from sightline.messages.choices import MailState
from sightline.messages.models import Bounce, Notice, OutgoingMail, Preference, WorkItem

OPEN_TIERS = (Tier.T0.value, Tier.T1.value, Tier.T2.value)


def work_items(work_keys: Collection[str]) -> QuerySet[WorkItem]:
    """What needs the holder of these keys (`Scope.work_keys`), soonest due first, undated last; else the newest first.

    Child-level and restricted items (T3, T4) are never among them: they stand on their record's own page.
    """
    found = WorkItem.objects.filter(for_scope__in=work_keys, tier__in=OPEN_TIERS)
    return found.order_by(F("due_on").asc(nulls_last=True), "-id")


# Whose an item is, of which kind, and about what.
Place = tuple[str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class StandingItem:
    """A work item that stands: its place, what it says and until when, and since when it does."""

    place: Place
    says: tuple[str, date | None]
    since: datetime


# Between the parts of what an item says, so that two items never say the same in different parts.
BETWEEN = "\n"


def standing_items(app: str, model: str, ids: Collection[int | str]) -> QuerySet[WorkItem]:
    """The items about these records of one kind, each with all it `says` in one text."""
    about = WorkItem.objects.filter(
        subject_app=app, subject_model=model, subject_id__in=[str(pk) for pk in ids]
    )
    joined = [part for column in ("title", "sentence", "url", "tier") for part in (F(column), Value(BETWEEN))]
    return about.annotate(says=Concat(*joined))


def says_of(item: WorkItem) -> tuple[str, date | None]:
    """The same of an item in hand."""
    parts = (item.title, item.sentence, item.url, str(item.tier))
    return "".join(f"{part}{BETWEEN}" for part in parts), item.due_on


def place_of(item: WorkItem) -> Place:
    """Whose it is, of which kind, and about what."""
    return (item.for_scope, str(item.kind), item.subject_app, item.subject_model, item.subject_id)


def mail() -> QuerySet[OutgoingMail]:
    """Every mail, newest first. For the unit alone: views ask for JOBS_VIEW."""
    return OutgoingMail.objects.order_by("-id")


def unsent_mail() -> QuerySet[OutgoingMail]:
    """Mail that no server has taken yet, given up or not."""
    return OutgoingMail.objects.exclude(state=MailState.SENT)


def notices_of(user_id: int) -> QuerySet[Notice]:
    """What one person was told of, the newest first."""
    return Notice.objects.filter(user_id=user_id).order_by("-made_at", "-id")


def unread_count(user_id: int) -> Coalesce:
    """How many notifications somebody has not read and that still need them, to be asked beside something else."""
    waiting = notices_of(user_id).filter(read_at=None, over_at=None).order_by()
    counted = waiting.values("user").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def preference_of(user_id: int) -> Preference:
    """How often somebody is written to; the usual (version 0, not saved) for whoever never chose."""
    return Preference.objects.filter(user_id=user_id).first() or Preference(user_id=user_id, version=0)


def failing_addresses() -> frozenset[str]:
    """Addresses that nothing is gathered for."""
    standing = Bounce.objects.filter(is_hard=True, ended_at=None)
    return frozenset(standing.values_list("address", flat=True))


def bounces() -> QuerySet[Bounce]:
    """What came back, the newest first. For the unit alone: views ask for JOBS_VIEW."""
    return Bounce.objects.order_by("-id")


def failing(address: str) -> bool:
    """Whether e-mails to this address come back."""
    return Bounce.objects.filter(address=address.lower(), is_hard=True, ended_at=None).exists()


def came_back(address: OuterRef | Value) -> Subquery:
    """For rows of any kind: what the server said of the last e-mail to an address, while it fails; else None."""
    standing = Bounce.objects.filter(address=address, is_hard=True, ended_at=None)
    return Subquery(standing.order_by("-pk").values("said")[:1])
